// A timeline of more events than one page has: its other periods load as a reader comes near, and its list changes in parts.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { temporaryFolder } from "../lib/files.mjs";
import { manyEvents } from "../lib/many_events.mjs";
import { serve } from "../lib/server.mjs";
import { visit } from "../lib/visit.mjs";

const BASE = "https://example.org/long";
const EVENTS = 700;

let folder, server, browser;
before(async () => {
  const program = process.env.BACKGROUNDER_PROGRAM;
  assert.ok(program, "set BACKGROUNDER_PROGRAM to the program that built the site");
  folder = temporaryFolder(manyEvents(EVENTS));
  const out = join(folder.path, "out");
  execFileSync(program, ["build", folder.path, "-d", out, "--base-url", BASE], { stdio: ["ignore", "ignore", "inherit"] });
  server = await serve(out, { baseUrl: BASE });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  folder?.remove();
});

/** Opens the timeline with the processor `rate` times slower, and fails if anything went wrong by the end of `use`. */
async function on(use, rate = 1) {
  const visited = await visit(browser, `${server.base}timeline/`, { viewport: { width: 1280, height: 900 } });
  await (await visited.page.context().newCDPSession(visited.page)).send("Emulation.setCPUThrottlingRate", { rate });
  await use(visited.page);
  assert.deepEqual(await visited.faults(), []);
  await visited.close();
}

/** The events that are shown, in their order. */
const shown = (page) => page.evaluate(() => [...document.querySelectorAll(".spine .event")].filter((row) => !row.closest("[hidden]")).map((row) => ({ id: row.id, days: row.dataset.days, marks: row.className })));
const status = (page) => page.locator("[data-part=status]").innerText();

/** Goes to the places of periods that have something to show but aren't there, until `check` holds for the events shown. */
async function eventually(page, check) {
  for (const end = Date.now() + 30_000; ; ) {
    const isWaiting = await page.evaluate(() => {
      const place = document.querySelector(".period-more:not([hidden])");
      place?.scrollIntoView({ behavior: "instant" });
      return place !== null;
    });
    try {
      assert.ok(!isWaiting, "a period has not loaded");
      return await check(await shown(page));
    } catch (fault) {
      if (Date.now() > end) throw fault;
      await page.waitForTimeout(100);
    }
  }
}

const days = (rows) => rows.map((row) => row.days);
const ids = (rows) => rows.map((row) => row.id);

test("a filter shows what it counts, from every period, in order; cleared, the page is as it came", () =>
  on(async (page) => {
    const first = ids(await shown(page));
    assert.ok(first.length > 0 && first.length < EVENTS, `${first.length} events`);
    // A long timeline comes with its major events only.
    await page.locator("input[name=major]").uncheck();
    const input = page.locator("input[name=section]").first();
    const n = Number(await input.evaluate((input) => input.parentElement.querySelector(".n").textContent));
    await input.check();
    const rows = await eventually(page, (rows) => {
      assert.equal(rows.length, n);
      assert.deepEqual(days(rows), days(rows).toSorted());
      assert.equal(new Set(rows.map((row) => /\bs\d\b/.exec(row.marks)[0])).size, 1, "only one section's events");
      return rows;
    });
    assert.equal(await status(page), `${n} of ${EVENTS} events`);
    await page.selectOption("select[name=order]", "newest");
    await eventually(page, (newest) => {
      assert.deepEqual(days(newest), days(rows).toReversed());
      assert.deepEqual(ids(newest).toSorted(), ids(rows).toSorted());
    });
    await page.selectOption("select[name=order]", "");
    await page.locator("[data-part=clear]").click();
    await eventually(page, (rows) => assert.deepEqual(ids(rows), first));
    assert.equal(await page.locator(".periods").isVisible(), true);
  }));

test("whoever asks for something else before the list is done gets what was asked last", () =>
  on(async (page) => {
    await page.locator("input[name=major]").uncheck();
    await page.locator("input[name=section]").first().check();
    for (const wait of [0, 20, 40, 80]) {
      await page.locator("input[name=major]").check();
      await page.waitForTimeout(wait);
      await page.locator("input[name=section]").nth(1).check();
      await page.waitForTimeout(wait);
      await page.locator("input[name=major]").uncheck();
      await page.waitForTimeout(wait);
      await page.locator("input[name=section]").nth(1).uncheck();
    }
    await page.locator("input[name=major]").check();
    await eventually(page, async (rows) => {
      assert.equal(await status(page), `${rows.length} of ${EVENTS} events`);
      assert.ok(rows.length > 0 && rows.every((row) => /\bmajor\b/.test(row.marks)));
    });
  }));

test("what was chosen is seen before the list follows", () =>
  on(async (page) => {
    // The first frame after the click has the number; the list changes in a later one.
    const seen = await page.evaluate(async () => {
      const rows = () => [...document.querySelectorAll(".spine .event")].filter((row) => !row.closest("[hidden]")).length;
      const before = rows();
      document.querySelector("input[name=section]").click();
      await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => setTimeout(done));
      return { before, now: rows(), status: document.querySelector("[data-part=status]").textContent };
    });
    assert.match(seen.status, /^\d+ of 700 events$/);
    assert.equal(seen.now, seen.before);
    await page.waitForFunction((before) => [...document.querySelectorAll(".spine .event")].filter((row) => !row.closest("[hidden]")).length !== before, seen.before);
  }, 4));
