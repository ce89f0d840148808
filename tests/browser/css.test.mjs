// Mistakes of a minifier must be noticed; what it may do must not.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { compare, joined } from "./css.mjs";
import { launch } from "./lib/browser.mjs";
import { temporaryFolder } from "./lib/files.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const SOURCE = `
  /* a comment */ :root { --gap: calc(1px + 2px); --stack: "A", serif; color: red; }
  main :focus { margin: 0 0 0 0.5em }
  @font-face { font-family: A; src: url("../fonts/a.woff2") format("woff2") }
  @media (min-width: 40em) { a:hover, b { width: calc(100% - 2rem) } }`;
const SMALL = ':root{--gap:calc(1px + 2px);--stack:"A",serif;color:red}main :focus{margin:0 0 0 .5em}' +
  '@font-face{font-family:A;src:url(fonts/a.0123456789.woff2)format("woff2")}@media (min-width:40em){a:hover,b{width:calc(100% - 2rem)}}';

test("a small style sheet that means the same is the same", async () => {
  assert.deepEqual(await compare(browser, SOURCE, SMALL), { count: 4, differences: [] });
});

const FAULTS = {
  "a space that was a combinator": ["main :focus", "main:focus"],
  "spaces of a sum": ["calc(100% - 2rem)", "calc(100%-2rem)"],
  "spaces of a sum in a custom property": ["calc(1px + 2px)", "calc(1px+2px)"],
  "a color": ["color:red", "color:#f01"],
  "a rule less": ["main :focus{margin:0 0 0 .5em}", ""],
  "another order": [SMALL, SMALL.replace("main :focus{margin:0 0 0 .5em}", "") + "main :focus{margin:0 0 0 .5em}"],
  "another file": ["a.0123456789.woff2", "b.0123456789.woff2"],
};
for (const [name, [from, to]] of Object.entries(FAULTS)) {
  test(`${name} is a difference`, async () => {
    assert.ok(SMALL.includes(from));
    assert.notEqual((await compare(browser, SOURCE, SMALL.replace(from, to))).differences.length, 0);
  });
}

test("imports are put in their place, from where each file stands, and not inside comments", () => {
  const folder = temporaryFolder({ "a.css": '/* @import "no.css"; */@import "css/b.css"; @import url("css/c.css"); d {}', "css/b.css": '@import "c.css"; b {}', "css/c.css": "c {}", "bad.css": '@import "a.css" print;' });
  assert.equal(joined(join(folder.path, "a.css")).replace(/\s+/g, ""), "c{}b{}c{}d{}");
  assert.throws(() => joined(join(folder.path, "bad.css")), /conditions/);
  folder.remove();
});
