// The browser: the system's own Chromium, found by its path and never downloaded.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "google-chrome-stable", "google-chrome", "chromium-browser"];

/** Where Chromium is: what `CHROMIUM` names, or the first of its usual names on the path. */
export function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not in this folder: the next one is tried.
      }
    }
  }
  throw new Error(`no Chromium found: install it (on Debian: apt-get install chromium), or set CHROMIUM to its path`);
}

/** The arguments that Chromium always gets: no sandbox (it may run as root), and no requests of its own. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    // This way text looks the same on every machine that has the same fonts.
    args: [...CHROMIUM_FLAGS, "--font-render-hinting=none", "--hide-scrollbars"],
  });
}
