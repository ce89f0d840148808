// Runs the Nu HTML checker on every page of a built site; an error or a warning fails.
//
//     node html.mjs FOLDER

import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import vnu from "vnu-jar";
import { listFiles } from "./links.mjs";

export function checkHtml(folder) {
  // The checker passes an empty folder, so the pages are counted here.
  const pages = listFiles(folder).filter((name) => /\.html?$/.test(name)).length;
  if (pages === 0) return { pages, passed: false, messages: `${folder}: no page found` };
  // `--skip-info-messages` hides mere hints; warnings stay, and `--Werror` makes them fail.
  // Pages are read from disk here, where the policy's 'self' matches nothing. A test in a browser, over HTTP, checks
  // that the policy allows the site's files and nothing else.
  const fromDisk = "Resource violates Content Security Policy.*(theme/[\\w-]+\\.[0-9a-f]+\\.(css|js)|timeline/events\\.js|media/[\\w./-]+)";
  // A policy applies to scripts that run. JSON-LD is data in a script element, which no browser runs or blocks (HTML,
  // "prepare the script element", asks for the type before it asks the policy), but the checker treats it as a script.
  const data = "Inline script violates Content Security Policy";
  const known = `.*(${fromDisk}|${data}).*`;
  const args = ["-jar", vnu, "--Werror", "--filterpattern", known, "--skip-info-messages", "--skip-non-html", "--stdout", folder];
  const run = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  const messages = (run.stdout + run.stderr).trim();
  return { pages, passed: run.status === 0 && messages === "", messages };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { pages, passed, messages } = checkHtml(process.argv[2]);
  if (messages) console.log(messages);
  console.log(`${pages} pages checked, ${passed ? "no error and no warning" : "with faults"}`);
  process.exitCode = passed ? 0 : 1;
}
