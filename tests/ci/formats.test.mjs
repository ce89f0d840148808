// What programs read of a run is what its schema says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import Ajv04 from "ajv-draft-04";
import formats from "ajv-formats";
import { PROGRAM, ROOT, copy } from "./copy.mjs";

/** What the program prints of the demonstration: as it is, with faults in its files, and with one that has no place in them. */
function printed(t, format) {
  const [fine, faulty, placeless] = [1, 2, 3].map(() => copy(t, ["content/", "book.toml"]));
  appendFileSync(join(faulty, "content/about.md"), "\n[[nobody]], TK, ä [x](nowhere.md), [y](#nowhere).[@nothing]\n");
  appendFileSync(join(faulty, "content/events/2025.yaml"), "\n- {id: fine, date: 2025-13-41, titel: X}\n");
  writeFileSync(join(faulty, "content/zz broken, %.md"), "---\ntitle: 1\n  x\n---\n");
  mkdirSync(join(placeless, "templates"));
  writeFileSync(join(placeless, "templates/404.html"), '<a href="nowhere/">x</a>');
  return [fine, faulty, placeless].map((folder) => {
    const { stdout, stderr } = spawnSync(PROGRAM, ["check", "--format", format], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
    assert.ok(stdout.startsWith("{"), stdout + stderr);
    return JSON.parse(stdout);
  });
}

test("JSON is what the guide's schema says", (t) => {
  const schema = JSON.parse(readFileSync(join(ROOT, "src/diagnostics/emit/findings.schema.json"), "utf8"));
  const valid = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(schema);
  const [fine, faulty, placeless] = printed(t, "json");
  assert.equal(fine.findings.length, 0);
  assert.ok(faulty.findings.length >= 6, JSON.stringify(faulty.findings, null, 1));
  assert.deepEqual(placeless.findings.map(({ place }) => place), [null]);
  for (const document of [fine, faulty, placeless]) {
    assert.ok(valid(document), JSON.stringify(valid.errors, null, 1));
  }
  faulty.findings[0].place.start.line = 0;
  assert.ok(!valid(faulty), "and it would find a fault");
});

test("SARIF is what its published schema says", (t) => {
  const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/package.json");
  const schema = JSON.parse(readFileSync(join(path, "../lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
  const ajv = formats(new Ajv04({ allErrors: true, strict: false, unicodeRegExp: false }));
  const valid = ajv.compile(schema);
  for (const document of printed(t, "sarif")) {
    assert.ok(valid(document), JSON.stringify(valid.errors, null, 1));
    const { results, tool } = document.runs[0];
    for (const { ruleIndex, ruleId, locations } of results) {
      assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
      assert.equal(locations.length, 1, "code scanning refuses a result without a place");
    }
  }
  const [, faulty] = printed(t, "sarif");
  faulty.runs[0].results[0].level = "fatal";
  assert.ok(!valid(faulty), "and it would find a fault");
});
