// Cards: what links to records and citations open, by mouse, touch and keyboard, and how they close.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { coveredFaults, layoutFaults, shiftFaults } from "../lib/checks.mjs";
import { firstSection } from "../lib/pages.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { INSIDE, axeFaults, settle, visit } from "../lib/visit.mjs";

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const { folder } = siteFolder();
const section = firstSection(folder).path;
const EVENT = ".text .ref-event", CITE = ".text p .cite a";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Opens a page, and fails if anything went wrong by the end of `use`. */
async function on(options, use, path = section) {
  const visited = await visit(site.browser, site.base + path, options);
  await use(visited.page, visited);
  assert.deepEqual(await visited.faults(), []);
  await visited.close();
}

const isOpen = (page) => page.evaluate(() => document.getElementById("page--card").matches(":popover-open"));
/** Waits until the card is open, or closed, and everything that follows has happened. */
async function waitFor(page, open) {
  await page.waitForFunction((open) => document.getElementById("page--card").matches(":popover-open") === open && (open || !history.state?.card), open);
  await settle(page);
}
const opened = (page) => waitFor(page, true);
const closed = (page) => waitFor(page, false);
const part = (page, name) => page.locator(`#page--card [data-part=${name}]`);
/** Whether the focus is on the link. */
const hasFocus = (link) => link.evaluate((link) => document.activeElement === link);

test("a click opens the card of a record: what it is, when, two sentences, sources, two links, and no other page", () =>
  on(DESK, async (page) => {
    const link = page.locator(EVENT).first();
    const url = page.url();
    await link.click();
    await opened(page);
    assert.equal(page.url(), url);
    assert.match(await part(page, "kind").innerText(), /^Event/);
    assert.ok((await part(page, "name").innerText()).length > 5);
    assert.equal(await part(page, "when").locator("time").count(), 1);
    assert.ok((await part(page, "texts").innerText()).length > 20);
    assert.ok((await part(page, "entries").locator("li").count()) > 0);
    assert.equal(await part(page, "links").locator("a").count(), 2);
    assert.ok(await part(page, "name").evaluate((name) => document.activeElement === name), "the focus is on its heading");
    // It stands beside its link, within the window.
    const [box, at] = [await page.locator("#page--card").boundingBox(), await link.boundingBox()];
    assert.ok(box.x >= 0 && box.x + box.width <= 1280 && box.width < 500);
    const gap = box.y > at.y ? box.y - at.y - at.height : at.y - box.y - box.height;
    assert.ok(gap >= 0 && gap < 40, `${gap} px from its link`);
    assert.ok(box.y >= 0 && box.y + box.height <= 900, "all of it is in the window");
  }));

test("every kind of record has a card, and each is fetched once", () =>
  on(DESK, async (page, visited) => {
    const kinds = await page.evaluate(() => [...new Set([...document.querySelectorAll("main .ref")].filter((link) => link.checkVisibility()).map((link) => /ref-(\w+)/.exec(link.className)[1]))]);
    const carded = kinds.filter((kind) => ["event", "entity", "claim", "term", "source"].includes(kind));
    assert.ok(carded.length >= 2, kinds.join());
    for (const kind of [...carded, carded[0]]) {
      const link = page.locator(`main .ref-${kind}:visible`).first();
      await link.focus();
      await page.keyboard.press("Enter");
      await opened(page);
      assert.ok((await part(page, "name").innerText()).length > 0, kind);
      await page.keyboard.press("Escape");
      await closed(page);
      assert.ok(await hasFocus(link), `${kind}: the focus returns`);
    }
    const fetched = (await visited.transfers()).map(({ url }) => url).filter((url) => url.endsWith("card.js"));
    assert.equal(fetched.length, carded.length);
  }));

describe("a card closes, and the focus returns to its link", () => {
  const ways = {
    "by Escape": (page) => page.keyboard.press("Escape"),
    // Without the click that Playwright makes, which first scrolls what is near the window's edge.
    "by its button": (page) => page.locator("#page--card .card-close").evaluate((button) => button.click()),
    "by a click elsewhere": (page) => page.locator("h1").click(),
    "by “back”, which stays on the page": (page) => page.goBack(),
    "by its link": (page) => page.locator(EVENT).first().click(),
  };
  for (const [name, close] of Object.entries(ways)) {
    for (const [where, options] of [["on a desk", DESK], ["on a phone", PHONE]]) {
      test(`${name}, ${where}`, () =>
        on(options, async (page) => {
          const link = page.locator(EVENT).first(), url = page.url();
          const length = await page.evaluate(() => history.length);
          await link.click();
          await opened(page);
          const at = await page.evaluate(() => scrollY);
          await close(page);
          await closed(page);
          assert.ok(await hasFocus(link));
          assert.equal(page.url(), url);
          if (!/elsewhere/.test(name)) assert.ok(Math.abs((await page.evaluate(() => scrollY)) - at) <= 1, "the page stays where it is");
          // And it opens again.
          await link.click();
          await opened(page);
          assert.ok((await page.evaluate(() => history.length)) <= length + 1, "cards don't pile up in the history");
        }));
    }
  }
});

test("a link in a card takes its place in the history: “back” leads to the text, where no card is left", () =>
  on(DESK, async (page) => {
    const url = page.url();
    await page.locator(EVENT).first().click();
    await opened(page);
    await part(page, "links").locator("a").last().click();
    await page.waitForURL(/\/events\//);
    await page.goBack();
    await page.waitForURL(url);
    await settle(page);
    assert.equal(await isOpen(page), false);
    assert.equal(await page.evaluate(() => Boolean(history.state?.card)), false);
  }));

test("a link in a card to a place on the same page closes it and goes there", () =>
  on(DESK, async (page) => {
    const cite = page.locator(CITE).first();
    await cite.click();
    await opened(page);
    // As if a source's entry led to this page.
    await page.evaluate(() => { document.querySelector("#page--card .about").setAttribute("href", "#page--main"); });
    await page.locator("#page--card .about").first().click();
    await closed(page);
    assert.match(page.url(), /#page--main$/);
  }));

test("one card gives way to the next", () =>
  on(DESK, async (page) => {
    await page.locator(EVENT).first().click();
    await opened(page);
    const name = await part(page, "name").innerText();
    await page.locator(".text .ref-entity:visible").first().evaluate((link) => link.click());
    await page.waitForFunction((name) => document.querySelector("#page--card [data-part=name]").innerText !== name, name);
    await opened(page);
    await page.keyboard.press("Escape");
    await closed(page);
  }));

test("modified clicks and other buttons do what they always did, and hovering does nothing", () =>
  on(DESK, async (page) => {
    const link = page.locator(EVENT).first();
    await link.hover();
    await page.waitForTimeout(300);
    assert.equal(await isOpen(page), false);
    for (const init of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }]) {
      // The browser's own answer would be another tab; what counts is that the script leaves it alone.
      const left = await link.evaluate((link, init) => {
        let left;
        addEventListener("click", (click) => { left = !click.defaultPrevented; click.preventDefault(); }, { once: true });
        link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...init }));
        return left;
      }, init);
      assert.ok(left, JSON.stringify(init));
    }
    assert.equal(await isOpen(page), false);
    // A long press opens the browser's own menu.
    const menu = await link.evaluate((link) => link.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true })));
    assert.ok(menu);
  }));

test("a group of citations is one target of 24 px, and its card has their sources", () =>
  on(DESK, async (page) => {
    const groups = page.locator(".text .cite a:has(span[id])");
    const cite = (await groups.count()) > 0 ? groups.first() : page.locator(CITE).first();
    const numbers = (await cite.innerText()).match(/^\d+(, \d+)*/)[0].split(", ");
    const size = await cite.evaluate((link) => { const { width, height } = getComputedStyle(link, "::after"); return [parseFloat(width), parseFloat(height)]; });
    assert.ok(size.every((side) => side >= 24), size.join());
    await cite.click();
    await opened(page);
    assert.match(await part(page, "name").innerText(), numbers.length > 1 ? /^Sources \d/ : /^Source \d/);
    const shown = await part(page, "entries").locator("li").evaluateAll((items) => items.map((item) => String(item.value)));
    assert.deepEqual(shown, numbers);
    const wanted = await page.evaluate((n) => document.querySelector(`#page--sources li[value="${n}"] a[rel]`)?.href, numbers[0]);
    if (wanted) assert.equal(await part(page, "entries").locator("a[rel]").first().evaluate((a) => a.href), wanted);
    assert.equal(await page.locator("#page--card .back").count(), 0);
    await page.keyboard.press("Escape");
    await closed(page);
    assert.ok(await hasFocus(cite));
  }));

test("a card of citations leaves folded sources folded, even if the address names one of them", async () => {
  const visited = await visit(site.browser, site.base + section, DESK);
  const page = visited.page, fold = page.locator("details.sources");
  const id = await page.locator("#page--sources li").first().getAttribute("id");
  await page.evaluate((id) => { location.hash = id; }, id);
  await page.waitForFunction(() => document.querySelector("details.sources").open);
  await fold.evaluate((details) => { details.open = false; });
  await page.locator(CITE).first().click();
  await opened(page);
  await settle(page);
  assert.equal(await fold.evaluate((details) => details.open), false);
  assert.deepEqual(await visited.faults(), []);
  await visited.close();
});

test("with the keyboard alone: arrows to a link, Enter, Tab through the card, Escape, and arrows again", () =>
  on(DESK, async (page) => {
    const group = page.locator(".text > p:has(.ref-event)").first();
    await group.locator("a").first().focus();
    // links.js: arrow keys go through the links of a paragraph.
    for (let n = 0; n < 30 && !(await page.evaluate(() => document.activeElement.matches(".ref-event"))); n += 1) await page.keyboard.press("ArrowRight");
    const link = await page.evaluateHandle(() => document.activeElement);
    assert.ok(await link.evaluate((link) => link.matches(".ref-event")));
    await page.keyboard.press("Enter");
    await opened(page);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.getElementById("page--card").contains(document.activeElement)));
    await page.keyboard.press("Escape");
    await closed(page);
    assert.ok(await link.evaluate((link) => document.activeElement === link));
    await page.keyboard.press("ArrowLeft");
    assert.ok(await link.evaluate((link) => document.activeElement !== link && document.activeElement.matches("a")));
  }));

test("on a phone it is a sheet, and the line that was tapped stays above it", () =>
  on(PHONE, async (page) => {
    const link = page.locator(EVENT).first();
    // The line is where the sheet will be.
    await link.evaluate((link) => scrollBy({ top: link.getBoundingClientRect().bottom - innerHeight + 90, behavior: "instant" }));
    await link.tap();
    await opened(page);
    const [box, at] = [await page.locator("#page--card").boundingBox(), await link.boundingBox()];
    assert.equal(Math.round(box.x), 0);
    assert.equal(Math.round(box.width), 360);
    assert.equal(Math.round(box.y + box.height), 740);
    assert.ok(box.height <= 740 * 0.7 + 1, `${box.height} px high`);
    assert.ok(at.y + at.height <= box.y, "the line is hidden by the sheet");
    for (const target of await page.locator("#page--card :is(button, .card-links a)").all()) {
      const { height } = await target.boundingBox();
      assert.ok(height >= 24, `${height} px`);
    }
  }));

describe("an open card is sound", { concurrency: 2 }, () => {
  for (const width of [320, 360, 768, 1280, 1680]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`at ${width} px, ${colorScheme}`, () =>
        on({ viewport: { width, height: 800 }, colorScheme, hasTouch: width < 768 }, async (page) => {
          for (const which of [EVENT, ".text .ref-entity:visible", CITE]) {
            await page.locator(which).first().click();
            await opened(page);
            const faults = [...(await layoutFaults(page)), ...(await axeFaults(page, { root: "#page--card" }))];
            const hidden = await page.evaluate(() => window.reader.covered(document.getElementById("page--card")));
            assert.deepEqual([...faults, ...hidden], [], which);
            await page.keyboard.press("Escape");
            await closed(page);
          }
          assert.deepEqual(await shiftFaults(page), []);
        }));
    }
  }
});

test("without JavaScript, links lead where they always did", async () => {
  const bare = await visit(site.browser, site.base + section, { ...DESK, javaScriptEnabled: false, reducedMotion: "reduce" });
  await bare.page.evaluate(INSIDE);
  assert.deepEqual(await coveredFaults(bare.page), []);
  await bare.page.locator(CITE).first().click();
  assert.match(bare.page.url(), /#source--/);
  await bare.page.locator(EVENT).first().click();
  await bare.page.waitForURL(/\/events\/[^/]+\/$/);
  assert.deepEqual(await bare.faults(), []);
  await bare.close();
});

test("where a card can't be fetched, its link leads to the page", async () => {
  const context = await site.browser.newContext(DESK);
  const page = await context.newPage();
  await page.route("**/card.js", (route) => route.abort());
  await page.goto(site.base + section);
  await page.locator(EVENT).first().click();
  await page.waitForURL(/\/events\/[^/]+\/$/);
  await context.close();
});

test("from a disk, cards and citations open too", async () => {
  const context = await site.browser.newContext(DESK);
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, section, "index.html")).href);
  for (const which of [EVENT, CITE]) {
    await page.locator(which).first().click();
    await opened(page);
    assert.ok((await part(page, "name").innerText()).length > 0);
    await page.keyboard.press("Escape");
    await closed(page);
  }
  await context.close();
});
