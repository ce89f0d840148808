// What readers are told who come back: on the front page, in the margin of a section, and how they make it forget.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { layoutFaults, shiftFaults } from "../lib/checks.mjs";
import { firstSection } from "../lib/pages.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { axeFaults, emulate, settle, visit } from "../lib/visit.mjs";

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const FIRST = new Date("2026-04-14T12:00:00"), LATER = new Date("2026-05-02T12:00:00");
const section = firstSection(siteFolder().folder).path;

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const since = (page) => page.locator("#page--since");
const said = (page) => page.locator("#page--since [data-part=said]");
const noted = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("backgrounder-memory")));
/** Opens the page again on another day. */
async function again(page, day = LATER) {
  await page.clock.setFixedTime(day);
  await page.reload();
  await settle(page);
}

/** The manifest as it would be after a few changes. */
async function withChanges(page) {
  await page.route("**/changes/memory.json", async (route) => {
    const answer = await route.fetch();
    const all = await answer.json();
    const of = (kind) => all.things.find((thing) => thing.kind === kind);
    of(0).says = "changed";
    of(1).is = "another";
    all.things.push({ kind: 5, is: "correction", says: "x", title: "A <em>correction</em>", url: "../changes/", date: "May 1, 2026" });
    await route.fulfill({ response: answer, json: all });
  });
}

/** The section as it would be with two paragraphs changed, in a row or not, and with other numbers of citations. */
async function withNewWords(page) {
  await page.route(`**/${section}`, async (route) => {
    const answer = await route.fetch();
    let html = await answer.text();
    html = html.replace(/data-state="[^"]*"/, 'data-state="changed"').replace(/(<sup class="cite">.*?)>(\d+)</g, "$1>9$2<");
    const [head, text] = html.split('<div class="text">');
    let n = 0;
    const changed = text.replace(/<p>/g, (tag) => ([2, 3, 5].includes((n += 1)) ? `${tag}Something new. ` : tag));
    await route.fulfill({ response: answer, body: `${head}<div class="text">${changed}` });
  });
}

/** Opens a page for the first time, and fails if anything went wrong by the end of `use`. */
async function on(options, path, use) {
  const visited = await visit(site.browser, site.base + path, { ...options, before: (page) => page.clock.setFixedTime(FIRST) });
  await visited.page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("backgrounder-memory")));
  await use(visited.page);
  assert.deepEqual(await visited.faults(), []);
  await visited.close();
}

test("a first visit shows nothing, and neither does a second one on the same day", () =>
  on(DESK, "", async (page) => {
    assert.equal(await since(page).isVisible(), false);
    assert.equal((await noted(page)).length, 1);
    await withChanges(page);
    await again(page, new Date("2026-04-14T20:00:00"));
    assert.equal(await since(page).isVisible(), false);
  }));

test("a later visit lists what is new, changed and corrected since, with the day of the last one", () =>
  on(DESK, "", async (page) => {
    await withChanges(page);
    await again(page);
    const summary = page.locator("#page--since summary");
    await page.waitForFunction(() => document.querySelector("#page--since summary").checkVisibility());
    assert.equal(await summary.innerText(), "3 things changed since you were here on April 14");
    await summary.press("Enter");
    const lines = await page.locator("#page--since li").allInnerTexts();
    assert.equal(lines.length, 3);
    for (const label of ["Changed section", "New event", "Correction"]) assert.ok(lines.some((line) => line.includes(label)), `${label} in ${lines.join(" | ")}`);
    const links = await page.locator("#page--since li a").evaluateAll((links) => links.map((link) => link.href));
    for (const link of links) assert.equal((await page.request.get(link)).status(), 200, link);
    // The same on another page view of that day, and nothing on the next.
    await page.reload();
    await page.waitForFunction(() => document.querySelector("#page--since summary").checkVisibility());
    await again(page, new Date("2026-05-09T12:00:00"));
    await page.waitForFunction(() => /^Nothing/.test(document.querySelector("#page--since [data-part=said]").textContent));
    assert.equal(await said(page).innerText(), "Nothing has changed since you were here on May 2.");
  }));

test("one thing is told in the singular, and a year that isn't this one is named", () =>
  on(DESK, "", async (page) => {
    await page.route("**/changes/memory.json", async (route) => {
      const answer = await route.fetch();
      const all = await answer.json();
      all.things[0].says = "changed";
      await route.fulfill({ response: answer, json: all });
    });
    await again(page, new Date("2027-01-03T12:00:00"));
    await page.waitForFunction(() => document.querySelector("#page--since summary").checkVisibility());
    assert.equal(await page.locator("#page--since summary").innerText(), "1 thing changed since you were here on April 14, 2026");
  }));

test("a section that was read on its own page since then is no news", () =>
  on(DESK, "", async (page) => {
    const front = page.url();
    await page.clock.setFixedTime(new Date("2026-04-20T12:00:00"));
    await page.goto(site.base + section);
    const state = await since(page).getAttribute("data-state");
    await page.goto(front);
    await page.route("**/changes/memory.json", async (route) => {
      const answer = await route.fetch();
      const all = await answer.json();
      // What it said on April 14 was something else.
      await route.fulfill({ response: answer, json: all });
    });
    await page.evaluate((state) => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("backgrounder-memory"));
      const notes = JSON.parse(localStorage.getItem(key));
      for (const visit of [notes.now, notes.before]) for (const id of Object.keys(visit.seen)) if (visit.seen[id] === state) visit.seen[id] = "older";
      localStorage.setItem(key, JSON.stringify(notes));
    }, state);
    await again(page);
    await page.waitForFunction(() => /^Nothing/.test(document.querySelector("#page--since [data-part=said]").textContent));
  }));

test("a section marks what is new in the margin, whatever its citations are numbered", () =>
  on(DESK, section, async (page) => {
    assert.equal(await since(page).isVisible(), false);
    await withNewWords(page);
    await again(page);
    assert.match(await said(page).innerText(), /^This page has changed since you were here on April 14\./);
    const marked = await page.locator(".new-part").allInnerTexts();
    assert.equal(marked.length, 3, marked.join("\n"));
    for (const text of marked) assert.match(text, /Something new\./);
    const before = await page.locator(".new-part").evaluateAll((parts) => parts.map((part) => part.previousElementSibling.className));
    assert.ok(before.every((name) => /\bnew-(note|part)\b/.test(name)), before.join());
    assert.equal(await page.locator(".new-note").count(), before.filter((name) => /\bnew-note\b/.test(name)).length, "one note for parts in a row");
    assert.equal(await page.locator(".new-note").first().innerText(), "New since April 14");
    const bar = await page.locator(".new-part").first().evaluate((part) => getComputedStyle(part).boxShadow);
    assert.notEqual(bar, "none");
    // Links and arrow keys inside still work.
    await page.locator(".new-part a").first().focus();
    await page.keyboard.press("ArrowRight");
    // In forced colors, words stand in for the bar.
    await emulate(page, { forcedColors: "active" });
    assert.ok((await page.locator(".new-note").first().boundingBox()).height > 10);
    await emulate(page, { forcedColors: "none" });
    // Unchanged on the next visit, it says nothing.
    await again(page, new Date("2026-05-09T12:00:00"));
    assert.equal(await since(page).isVisible(), false);
    assert.equal(await page.locator(".new-part").count(), 0);
  }));

test("“Forget my visits” forgets them, on the spot", () =>
  on(DESK, section, async (page) => {
    await withNewWords(page);
    await again(page);
    const button = page.locator("#page--since [data-part=forget]");
    assert.equal(await button.innerText(), "Forget my visits");
    await button.press("Enter");
    assert.deepEqual(await noted(page), []);
    assert.equal(await said(page).innerText(), "Your visits are forgotten.");
    assert.equal(await button.isVisible(), false);
    assert.equal(await page.locator(".new-part, .new-note").count(), 0);
    await again(page, new Date("2026-05-09T12:00:00"));
    assert.equal(await since(page).isVisible(), false);
  }));

describe("the line is sound, and nothing moves", { concurrency: 2 }, () => {
  for (const [name, options] of [["on a desk", DESK], ["on a phone", PHONE]]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const [which, path, change] of [["the front page", "", withChanges], ["a section", section, withNewWords], ["the front page without news", "", async () => {}]]) {
        test(`${which} ${name}, ${colorScheme}`, () =>
          on({ ...options, colorScheme }, path, async (page) => {
            await change(page);
            await again(page);
            await page.waitForLoadState("networkidle");
            await settle(page);
            assert.ok(await since(page).isVisible());
            assert.deepEqual(await shiftFaults(page), []);
            if (await page.locator("#page--since summary").isVisible()) await page.locator("#page--since summary").click();
            assert.deepEqual([...(await layoutFaults(page)), ...(await axeFaults(page, { root: "#page--since" }))], []);
          }));
      }
    }
  }
});

test("blocked storage breaks nothing", async () => {
  for (const path of ["", section]) {
    const visited = await visit(site.browser, site.base + path, {
      ...DESK,
      before: (page) => page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } })),
    });
    await visited.page.waitForLoadState("networkidle");
    assert.equal(await since(visited.page).isVisible(), false);
    assert.deepEqual(await visited.faults(), []);
    await visited.close();
  }
});

test("notes that nobody can read count as none", () =>
  on(DESK, "", async (page) => {
    for (const text of ["{", "null", "{\"pages\": 1}", "[]"]) {
      await page.evaluate((text) => localStorage.setItem(Object.keys(localStorage).find((key) => key.startsWith("backgrounder-memory")), text), text);
      await again(page);
      await page.waitForLoadState("networkidle");
      assert.equal(await since(page).isVisible(), false, text);
    }
  }));

test("without JavaScript there is the page of corrections and updates", async () => {
  const bare = await visit(site.browser, site.base, { ...DESK, javaScriptEnabled: false });
  assert.equal(await since(bare.page).isVisible(), false);
  await bare.page.locator(".site-lists a[href$='changes/']").click();
  assert.match(bare.page.url(), /\/changes\/$/);
  await bare.close();
});
