// The circumstances that readers read in: no JavaScript, small windows, large letters, forced colors, paper.

import { after, before, describe, test } from "node:test";
import * as check from "../lib/checks.mjs";
import { choosePages, firstSection } from "../lib/pages.mjs";
import { paperFaults, printStyleFaults } from "../lib/print.mjs";
import { Faults, openSite, siteFolder } from "../lib/site.mjs";
import { INSIDE, emulate, resize, visit } from "../lib/visit.mjs";

const { folder } = siteFolder();
const pages = choosePages(folder);
const some = (...names) => [...pages.filter((page) => names.includes(page.name)), { ...firstSection(folder), name: "the first section" }];

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** One test for each page: opens it with `options`, passes it to `use`, and reports what that finds and what went wrong. */
function each(list, options, use) {
  for (const { name, path, kind } of list) {
    test(`${name} (/${path})`, async () => {
      const faults = new Faults();
      const visited = await visit(site.browser, site.base + path, { status: kind === "404" ? 404 : 200, ...options });
      await use(visited.page, (found) => faults.add(`/${path}`, found), visited);
      faults.add(`/${path}`, await visited.faults());
      await visited.close();
      faults.none();
    });
  }
}

const WIDE = { viewport: { width: 1280, height: 900 } };

// 1280 by 1024 at 400 % is a window of 320 by 256, at four times the density.
describe("320 px wide, which is 400 % zoom, with more space between letters, and with large letters", { concurrency: 3, timeout: 600_000 }, () => {
  each(pages, { ...WIDE, deviceScaleFactor: 4 }, async (page, found) => {
    const wide = await page.evaluate(() => window.reader.words());
    await resize(page, 320, 256);
    found(await check.layoutFaults(page));
    found(await check.barFaults(page));
    found(check.missingWords(wide, await page.evaluate(() => window.reader.words()), "cannot be read at 320 px"));
    found(await check.spacingFaults(page));
    await resize(page, 1280, 900);
    found(await check.letterFaults(page));
  });
});

describe("without JavaScript", { concurrency: 3, timeout: 600_000 }, () => {
  each(some("index", "timeline", "event", "entity: Person", "claim", "sources", "404"), WIDE, async (page, found) => {
    const say = (page) => page.evaluate(() => ({ words: window.reader.words(), links: [...document.querySelectorAll("a[href]:not([data-scripted] *)")].map((a) => a.href.baseVal ?? a.href) }));
    const scripted = await say(page);
    const url = page.url();
    const bare = await visit(site.browser, url, { ...WIDE, status: url.includes("no/such") ? 404 : 200, javaScriptEnabled: false });
    await bare.page.evaluate(INSIDE);
    const plain = await say(bare.page);
    found(check.missingWords(scripted.words, plain.words, "is only there with JavaScript"));
    found(check.missingWords(scripted.links, plain.links, "leads there only with JavaScript"));
    found(await check.layoutFaults(bare.page));
    found(await check.deadFaults(bare.page));
    found((await bare.faults()).map((fault) => `without JavaScript: ${fault}`));
    await bare.close();
  });
});

describe("forced colors and reduced motion", { concurrency: 3, timeout: 600_000 }, () => {
  each(some("index", "timeline", "event", "entity: Person", "claim", "claims", "glossary"), WIDE, async (page, found) => {
    await emulate(page, { reducedMotion: "reduce" });
    found(await check.motionFaults(page));
    found(await check.markFaults(page, () => emulate(page, { forcedColors: "active" })));
  });
});

describe("paper", { concurrency: 2, timeout: 600_000 }, () => {
  each(some("index", "timeline", "event", "entity: Person", "claim"), { ...WIDE, colorScheme: "dark" }, async (page, found) => {
    found(await printStyleFaults(page));
    await emulate(page, { media: "print" });
    // A4 without its margins, at 96 dots an inch.
    await resize(page, 718, 1000);
    found((await check.layoutFaults(page)).map((fault) => `on paper: ${fault}`));
    await emulate(page, { media: null });
    await resize(page, 1280, 900);
    found(await paperFaults(page));
  });
});
