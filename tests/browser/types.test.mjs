// The theme's scripts are plain JavaScript whose types, in JSDoc, are right.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The scripts that say so in their first line. */
const SCRIPTS = ["timeline.js", "compare.js", "embeds.js", "cards.js", "memory.js", "search.js", "search-open.js"].map((name) => here(`../../static/theme/${name}`));

test("types of the theme's scripts", () => {
  const options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--lib", "es2023,dom,dom.iterable"];
  const run = spawnSync(process.execPath, [here("node_modules/typescript/bin/tsc"), ...options, ...SCRIPTS], { encoding: "utf8" });
  assert.equal(run.stdout + run.stderr, "");
  assert.equal(run.status, 0);
});
