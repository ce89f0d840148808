// Small folders of files for tests.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A new folder with `files` (path to text) in it: its `path`, how to `add` more, and how to `remove` it. */
export function temporaryFolder(files = {}) {
  const path = mkdtempSync(join(tmpdir(), "backgrounder-test-"));
  const add = (files) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
  };
  add(files);
  return { path, add, remove: () => rmSync(path, { recursive: true }) };
}
