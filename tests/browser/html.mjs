// Runs the Nu HTML checker over every page of a built site; an error or a warning fails.
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
  // Pages are read from a disk here, where the policy's 'self' is nobody; that it allows the site's files and nothing else is
  // tested in a browser, over HTTP.
  const fromDisk = ".*Resource violates Content Security Policy.*theme/theme\\.[0-9a-f]+\\.css.*";
  const args = ["-jar", vnu, "--Werror", "--filterpattern", fromDisk, "--skip-info-messages", "--skip-non-html", "--stdout", folder];
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
