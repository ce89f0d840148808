// What a page costs, and what it looks like while it loads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { shiftFaults, weightFaults } from "../lib/checks.mjs";
import { choosePages, firstSection } from "../lib/pages.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { visit } from "../lib/visit.mjs";

const KB = 1000;
const { folder } = siteFolder();
// With gzip only, which every host has: a page that is light enough with it is light enough anywhere.
const options = {
  encodings: ["gzip"],
  delay: (path) => (path.endsWith(".woff2") ? slowFonts : 0),
  pause: (path) => (path.endsWith("/") ? slowPages : 0),
};
let slowFonts = 0;
let slowPages = 0;
let site;
before(async () => (site = await openSite(options)));
after(() => site?.close());

test("the first section weighs at most 100 KB over the wire, of which 12 KB are JavaScript", async (t) => {
  for (const width of [360, 1280]) {
    const visited = await visit(site.browser, site.base + firstSection(folder).path, { viewport: { width, height: 900 }, lateFonts: true });
    // Scroll to the end, so that nothing is left to load later.
    await visited.page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
    await visited.page.waitForLoadState("networkidle");
    const transfers = await visited.transfers();
    await visited.close();
    assert.ok(transfers.length > 0 && transfers.every(({ bytes }) => bytes > 0));
    assert.deepEqual(weightFaults(transfers, 100 * KB, 12 * KB), [], `at ${width} px`);
    t.diagnostic(`${width} px: ${transfers.length} files, ${transfers.reduce((total, { bytes, headers }) => total + bytes + headers, 0)} bytes`);
  }
});

test("nothing moves when the fonts come late", async () => {
  slowFonts = 400;
  const faults = await shifts(slowFonts);
  slowFonts = 0;
  assert.deepEqual(faults, []);
});

// If the head's script changed the end of the page, that would come after the first paint, and push content aside.
test("nothing moves when half of the page comes late", async () => {
  slowPages = 400;
  const faults = await shifts(0);
  slowPages = 0;
  assert.deepEqual(faults, []);
});

/** What moves on some pages, on a phone and on a screen, up to `rest` milliseconds after everything has loaded. */
async function shifts(rest) {
  const faults = [];
  const pages = choosePages(folder).filter(({ name }) => name === "index" || name === "event");
  for (const { path, name } of [...pages, { ...firstSection(folder), name: "section" }]) {
    for (const width of [360, 1280]) {
      const visited = await visit(site.browser, site.base + path, { viewport: { width, height: 800 }, lateFonts: true });
      await visited.page.waitForTimeout(rest + 200);
      faults.push(...(await shiftFaults(visited.page)).map((fault) => `${name} at ${width} px: ${fault}`));
      await visited.close();
    }
  }
  return faults;
}
