// The site under test: built beforehand, named by the environment, and served under its sub-path.

import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";

/** The folder where `./test` has built the site, and the address that it was built for. */
export function siteFolder() {
  const folder = process.env.BACKGROUNDER_SITE, baseUrl = process.env.BACKGROUNDER_BASE;
  if (!folder || !baseUrl) {
    throw new Error("set BACKGROUNDER_SITE to the folder of a built site and BACKGROUNDER_BASE to the --base-url it was built with");
  }
  return { folder, baseUrl };
}

/** Serves the site and opens a browser: `{ base, browser, log, close }`. */
export async function openSite(options = {}) {
  const { folder, baseUrl } = siteFolder();
  const [server, browser] = await Promise.all([serve(folder, { baseUrl, ...options }), launch()]);
  return {
    ...server,
    browser,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Faults, each with the states in which it was found. */
export class Faults {
  #found = new Map();

  add(state, faults) {
    for (const fault of faults) this.#found.set(fault, [...(this.#found.get(fault) ?? []), state]);
  }

  /** Throws if there are any, with one line each. */
  none() {
    if (this.#found.size === 0) return;
    const lines = [...this.#found].map(([fault, states]) => `${fault}  [${[...new Set(states)].join(", ")}]`);
    const error = new Error(`${lines.length} ${lines.length === 1 ? "fault" : "faults"}\n  ${lines.join("\n  ")}`);
    error.stack = error.message; // Where in the tests it was thrown helps nobody.
    throw error;
  }
}
