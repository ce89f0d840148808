// How long pages are: on a phone, for the keyboard, on paper.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { allPages } from "../lib/pages.mjs";
import { sheetCount } from "../lib/print.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { visit } from "../lib/visit.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const DESK = { viewport: { width: 1280, height: 900 } };
const sections = allPages(siteFolder().folder).filter((page) => page.kind === "section");

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

test("there are sections to measure", () => assert.ok(sections.length > 0));

describe("a section", { concurrency: 2, timeout: 300_000 }, () => {
  for (const { path } of sections) {
    test(`/${path} takes at most 16 screens of a phone, 120 stops of the keyboard and 8 sheets`, async (t) => {
      const phone = await visit(site.browser, site.base + path, PHONE);
      const screens = await phone.page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
      await phone.close();
      const desk = await visit(site.browser, site.base + path, DESK);
      const stops = await desk.page.evaluate(() => window.reader.stops().length);
      const sheets = sheetCount(await desk.page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: false }));
      await desk.close();
      t.diagnostic(`${screens.toFixed(1)} screens, ${stops} stops, ${sheets} sheets`);
      assert.ok(screens <= 16, `${screens.toFixed(1)} screens`);
      assert.ok(stops <= 120, `${stops} stops`);
      assert.ok(sheets <= 8, `${sheets} sheets`);
    });
  }
});

test("the front page reaches the end of the sections within six screens of a phone", async (t) => {
  const phone = await visit(site.browser, site.base, PHONE);
  const screens = await phone.page.evaluate(() => (document.querySelector(".front-sections").getBoundingClientRect().bottom + scrollY) / innerHeight);
  await phone.close();
  t.diagnostic(`${screens.toFixed(1)} screens`);
  assert.ok(screens <= 6, `${screens.toFixed(1)} screens`);
});
