// Small folders of files for tests.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A new folder with `files` (path to text) in it: its `path`, and how to `remove` it. */
export function temporaryFolder(files = {}) {
  const path = mkdtempSync(join(tmpdir(), "backgrounder-test-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true }) };
}
