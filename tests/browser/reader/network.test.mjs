// What a page costs, and what it looks like while it comes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { shiftFaults, weightFaults } from "../lib/checks.mjs";
import { choosePages, firstSection } from "../lib/pages.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { visit } from "../lib/visit.mjs";

const KB = 1000;
const { folder } = siteFolder();
// With gzip alone, which every host has: what is light enough then is so everywhere.
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
    const visited = await visit(site.browser, site.base + firstSection(folder).path, { viewport: { width, height: 900 } });
    // Down to the end, so that nothing is left to be loaded later.
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

// What the head's script shows at the end of the page would come after the first paint, and push what is there aside.
test("nothing moves when half of the page comes late", async () => {
  slowPages = 400;
  const faults = await shifts(0);
  slowPages = 0;
  assert.deepEqual(faults, []);
});

/** What moves on some pages, on a phone and on a screen, up to `rest` milliseconds after all has come. */
async function shifts(rest) {
  const faults = [];
  const pages = choosePages(folder).filter(({ name }) => name === "index" || name === "event");
  for (const { path, name } of [...pages, { ...firstSection(folder), name: "section" }]) {
    for (const width of [360, 1280]) {
      const visited = await visit(site.browser, site.base + path, { viewport: { width, height: 800 } });
      await visited.page.waitForTimeout(rest + 200);
      faults.push(...(await shiftFaults(visited.page)).map((fault) => `${name} at ${width} px: ${fault}`));
      await visited.close();
    }
  }
  return faults;
}
