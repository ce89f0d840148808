// Light and dark: the switch, and the script behind it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { firstSection } from "../lib/pages.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { themeFaults } from "../lib/theme.mjs";

const { folder } = siteFolder();
let site;
before(async () => (site = await openSite()));
after(() => site?.close());

test("the switch between light and dark", { timeout: 600_000 }, async () => {
  assert.deepEqual(await themeFaults(site.browser, site.base, ["", firstSection(folder).path]), []);
});

test("the only script is under 1 KB", () => {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const scripts = [...html.matchAll(/<script(?![^>]*type="application\/ld\+json")([^>]*)>([^]*?)<\/script>/g)].filter(([, attributes]) => !/\bsrc=/.test(attributes));
  assert.equal(scripts.length, 1);
  const bytes = Buffer.byteLength(scripts[0][2]);
  assert.ok(bytes < 1024, `${bytes} bytes`);
});
