// The theme's scripts are plain JavaScript whose types, in JSDoc, are right.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("types of the theme's scripts", () => {
  const options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--lib", "es2023,dom,dom.iterable"];
  const scripts = ["timeline.js", "search.js", "search-open.js"];
  const run = spawnSync(process.execPath, [here("node_modules/typescript/bin/tsc"), ...options, ...scripts.map((name) => here(`../../static/theme/${name}`))], { encoding: "utf8" });
  assert.equal(run.stdout + run.stderr, "");
  assert.equal(run.status, 0);
});
