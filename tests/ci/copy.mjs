// A copy of the working tree, as a clone would have it: what is committed or could be, and nothing that was built.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");

/** Where cargo puts what it makes, for the tree and its copies, so that crates are compiled once. */
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");

/** The program, compiled by whoever runs these tests. */
export const PROGRAM = join(TARGET, "debug", process.platform === "win32" ? "backgrounder.exe" : "backgrounder");

/** A new folder that is gone when the test ends. */
export function folder(test) {
  const made = mkdtempSync(join(tmpdir(), "backgrounder-ci-"));
  test.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** The working tree, or what of it begins with one of `only`, in a new folder. */
export function copy(test, only = [""]) {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" });
  const to = folder(test);
  for (const path of list.split("\0").filter((path) => path && only.some((start) => path.startsWith(start)))) {
    // A file that was removed and is not committed yet is still listed.
    if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(to, path));
  }
  return to;
}

/** A host that shows the files of a folder below `path`; gives its address. What the folder holds is read when asked for. */
export async function host(test, files, path = "") {
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const bytes = asked.startsWith(path) ? await readFile(join(files, asked.slice(path.length))).catch(() => null) : null;
    response.writeHead(bytes ? 200 : 404).end(bytes ?? "not found");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  test.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}${path}`;
}
