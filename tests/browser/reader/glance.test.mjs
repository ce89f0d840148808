// The front page's strip, timelines that open at a period, and the scripts of a section that is read from a disk.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { shiftFaults } from "../lib/checks.mjs";
import { firstSection } from "../lib/pages.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { emulate, settle, visit } from "../lib/visit.mjs";

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const { folder } = siteFolder();
const PROGRAM = process.env.BACKGROUNDER_PROGRAM;

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** What a column is about, and where it leads. */
const columns = (page) => page.locator(".strip-drawing a:has(title)").evaluateAll((links) => links.map((link) => ({ title: link.querySelector("title").textContent, hash: new URL(link.href.baseVal, location.href).hash })));

test("on a phone, the bar says where in time the text is, and nothing moves when it says something else", async () => {
  const visited = await visit(site.browser, site.base + firstSection(folder).path, PHONE);
  const { page } = visited;
  const said = new Set();
  // A script scrolls, so nothing that moves can be put down to the reader's hand.
  for (let isEnd = false; !isEnd; ) {
    isEnd = await page.evaluate(() => {
      const before = scrollY;
      scrollBy({ top: innerHeight / 2, behavior: "instant" });
      return scrollY === before;
    });
    await settle(page);
    said.add(await page.locator(".bar-here").innerText());
  }
  assert.ok(said.size > 3, [...said].join(", "));
  assert.deepEqual(await shiftFaults(page), []);
  assert.deepEqual(await visited.faults(), []);
  await visited.close();
});

for (const [name, options] of [["on a desk", DESK], ["on a phone", PHONE], ["without a script", { ...DESK, javaScriptEnabled: false }]]) {
  test(`a column of the strip leads to its month ${name}`, async () => {
    const visited = await visit(site.browser, site.base, options);
    const { page } = visited;
    const busiest = page.locator(".strip-said a");
    const month = await busiest.innerText();
    if (options.javaScriptEnabled !== false) {
      const { title, hash } = (await columns(page)).find(({ title }) => title.startsWith(month));
      assert.match(title, /^\w+ \d{4}: \d+ events?$/);
      assert.equal(await page.evaluate(() => document.querySelectorAll(".strip-drawing a:not([tabindex='-1'])").length), 0);
      // The month has a column in the drawing of each section that has events in it.
      const column = page.locator(`.strip-drawing a[href$="${hash}"]:has(title)`).first();
      const box = await column.boundingBox();
      await column.scrollIntoViewIfNeeded();
      await column.click();
      assert.ok(box.height > 40, "easy to hit");
    } else {
      await busiest.click();
    }
    await page.waitForURL(/timeline\/#month--/);
    const heading = page.locator(":target");
    assert.equal(await heading.innerText(), month);
    await page.waitForLoadState();
    // The browser scrolls once it has laid out the page.
    let top = Infinity;
    for (let tries = 0; tries < 30 && !(top < 60); tries += 1) {
      await page.waitForTimeout(50);
      top = (await heading.boundingBox()).y;
    }
    assert.ok(top >= -1 && top < 60, `${top} px from the top`);
    assert.deepEqual(await visited.faults(), []);
    await visited.close();
  });
}

test("in forced colors the strip's bars are in the reader's own color", async () => {
  const visited = await visit(site.browser, site.base, PHONE);
  await emulate(visited.page, { forcedColors: "active" });
  const fills = await visited.page.locator(".strip-drawing g").evaluateAll((rows) => rows.map((row) => getComputedStyle(row).fill));
  const ink = await visited.page.evaluate(() => getComputedStyle(document.querySelector(".strip-said")).color);
  assert.ok(fills.length > 1 && fills.every((fill) => fill === ink), `${fills} on ${ink}`);
  await visited.close();
});

test("a timeline that opens at a period shows it, and what is folded opens for a link and on paper", async () => {
  assert.ok(PROGRAM, "set BACKGROUNDER_PROGRAM to the program that built the site");
  const own = mkdtempSync(join(tmpdir(), "backgrounder-opens-"));
  cpSync(new URL("../../../content", import.meta.url), join(own, "content"), { recursive: true });
  writeFileSync(join(own, "book.toml"), readFileSync(new URL("../../../book.toml", import.meta.url)));
  const path = join(own, "content/cecot.md");
  writeFileSync(path, readFileSync(path, "utf8").replace("\n---\n", "\ntimeline: {opens: 2025-11}\n---\n"));
  execFileSync(resolve(PROGRAM), ["build", "-q", "-d", join(own, "site"), "--file-links"], { cwd: own });
  const url = pathToFileURL(join(own, "site/cecot/index.html")).href;
  for (const javaScriptEnabled of [true, false]) {
    const context = await site.browser.newContext({ ...DESK, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(url);
    const shown = page.locator(".beside .event:visible");
    const first = await shown.first().getAttribute("id");
    assert.match(await page.locator(`[id="${first}"] .event-date`).innerText(), /^November/);
    const folded = await page.locator(".earlier .event").last().getAttribute("id");
    assert.match(await page.locator(".earlier > summary").innerText(), /^\d+ earlier events/);
    await page.goto(`${url}#${folded}`);
    assert.ok(await page.locator(`[id="${folded}"]`).isVisible(), `scripts: ${javaScriptEnabled}`);
    await page.goto(url);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(`[id="${folded}"] .event-title`).isVisible(), "on paper");
    await context.close();
  }
  rmSync(own, { recursive: true });
});

test("from a disk, folds open for links, arrow keys go through a paragraph, and the contents follow the reading", async () => {
  const context = await site.browser.newContext(DESK);
  const page = await context.newPage();
  const failed = [];
  page.on("console", (message) => message.type() === "error" && failed.push(message.text()));
  await page.goto(`${pathToFileURL(resolve(folder, firstSection(folder).path, "index.html")).href}#page--sources`);
  await drawn(page);
  assert.ok(await page.locator("#page--sources").isVisible(), "the fold is open");
  const group = page.locator(".text > p").filter({ has: page.locator("a >> nth=1") }).first();
  await group.locator("a").first().focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(await group.locator("a").nth(1).evaluate((link) => link === document.activeElement));
  await page.locator(".toc a").nth(1).click();
  await page.waitForFunction(() => document.querySelector(".toc a[aria-current]"));
  // Chromium takes no fonts from a disk, and says so.
  assert.deepEqual(failed.filter((text) => !/font|woff2|net::ERR_FAILED/.test(text)), []);
  await context.close();
});

/** Waits for two frames. */
const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
