// The configurations of editing tools are what the tools take: Sveltia's package has a schema, and its widgets are those of Decap.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv from "ajv";
import formats from "ajv-formats";
import { parse } from "yaml";
import { PROGRAM, copy } from "./copy.mjs";

// The package exports no path to it.
const schema = JSON.parse(readFileSync(new URL("node_modules/@sveltia/cms/schema/sveltia-cms.json", import.meta.url), "utf8"));

/** What the program prints for a tool and the demonstration. */
function printed(t, tool) {
  const folder = copy(t, ["content/", "book.toml"]);
  const { stdout, stderr, status } = spawnSync(PROGRAM, ["cms", tool], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr);
  // YAML 1.1, which older readers take files for, says the same as 1.2.
  assert.deepEqual(parse(stdout, { version: "1.1" }), parse(stdout));
  return parse(stdout);
}

for (const tool of ["sveltia", "decap"]) {
  test(`the configuration for ${tool} is what the schema of Sveltia's package says`, (t) => {
    const valid = formats(new Ajv({ allErrors: false, strict: false })).compile(schema);
    const config = printed(t, tool);
    // Sveltia wants an address from the root of the site; Decap takes what the format takes.
    if (tool === "decap") config.public_folder = `/${config.public_folder}`;
    assert.ok(valid(config), JSON.stringify(valid.errors?.slice(0, 4), null, 1));
    config.collections[1].fields[1].widget = "nothing";
    config.collections[1].fields[2].name = 3;
    assert.ok(!valid(config), "and it would find a fault");
  });
}
