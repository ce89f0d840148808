// The interactive timeline: the filter, the strip, keys, the address, phones.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { coveredFaults, layoutFaults, motionFaults, shiftFaults } from "../lib/checks.mjs";
import { Faults, openSite, siteFolder } from "../lib/site.mjs";
import { INSIDE, axeFaults, emulate, settle, visit } from "../lib/visit.mjs";

const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Opens the timeline, and fails if anything went wrong by the end of `use`. */
async function on(options, query, use) {
  const visited = await visit(site.browser, `${site.base}timeline/${query}`, options);
  await use(visited.page);
  assert.deepEqual(await visited.faults(), []);
  await visited.close();
}

/** The ids of the events that are shown, in order. */
const shown = (page) => page.evaluate(() => [...document.querySelectorAll(".spine .event")].filter((row) => row.checkVisibility()).map((row) => row.id));
const all = (page) => page.evaluate(() => document.querySelectorAll(".spine .event").length);
const statusOf = (page) => page.locator("[data-part=status]").innerText();
/** Waits until the view is in the address. */
const written = async (page) => {
  await page.waitForTimeout(400);
  return page.evaluate(() => location.search);
};
/** Waits until the list has followed a handle, which it does once the handle rests. */
const rested = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 80))));
/** A box, the number behind it, and what it is called in the address. */
async function box(page, name) {
  const input = page.locator(`.timeline-filter input[name=${name}]`).first();
  const n = Number(await input.evaluate((input) => input.parentElement.querySelector(".n").textContent));
  return { input, n, value: await input.getAttribute("value") };
}

test("a box of the key shows its section's events, says how many, and is in the address", () =>
  on(DESK, "", async (page) => {
    const total = await all(page);
    const { input, n, value } = await box(page, "section");
    await input.check();
    await settle(page);
    assert.equal((await shown(page)).length, n);
    assert.ok(n > 0 && n < total);
    assert.equal(await statusOf(page), `${n} of ${total} events`);
    assert.equal(await written(page), `?section=${value}`);
    const rows = await shown(page);
    await page.reload();
    await settle(page);
    assert.deepEqual(await shown(page), rows, "the address opens the same view");
    await page.locator("[data-part=clear]").click();
    await settle(page);
    assert.equal((await shown(page)).length, total);
    assert.equal(await written(page), "");
    assert.equal(await statusOf(page), "");
  }));

test("boxes of one group add up, and those of another narrow down", () =>
  on(DESK, "", async (page) => {
    const total = await all(page);
    const sections = page.locator(".timeline-filter input[name=section]");
    await sections.nth(0).check();
    await settle(page);
    const one = await shown(page);
    await sections.nth(1).check();
    await settle(page);
    const two = await shown(page);
    assert.ok(two.length >= one.length && one.every((id) => two.includes(id)));
    await page.locator(".timeline-filter input[name=major]").check();
    await settle(page);
    const majors = await shown(page);
    assert.ok(majors.length < two.length && majors.every((id) => two.includes(id)));
    assert.equal(await statusOf(page), `${majors.length} of ${total} events`);
    const areMajor = await page.evaluate(() => [...document.querySelectorAll(".spine .event")].filter((row) => row.checkVisibility()).every((row) => row.classList.contains("major")));
    assert.ok(areMajor);
    // No heading is left without an event.
    const empty = await page.evaluate(() => {
      const seen = [...document.querySelectorAll(".spine :is(.year, .month, .event)")].filter((one) => one.checkVisibility());
      const level = (one) => (one === undefined || one.matches(".year") ? 0 : one.matches(".month") ? 1 : 2);
      return seen.filter((one, at) => level(one) < 2 && level(seen[at + 1]) <= level(one)).length;
    });
    assert.equal(empty, 0);
  }));

test("a person and a month in the address are the whole view", () =>
  on(DESK, "?who=nayib-bukele&from=2025-04&to=2025-04", async (page) => {
    const rows = await page.evaluate(() => [...document.querySelectorAll(".spine .event")].filter((row) => row.checkVisibility()).map((row) => row.dataset.days));
    assert.ok(rows.length > 0);
    for (const days of rows) assert.match(days, /2025-04/);
    assert.ok(await page.locator("input[name=who][value=nayib-bukele]").isChecked());
    assert.match(await page.locator("[data-part=from]").getAttribute("aria-valuetext"), new RegExp(`^From April 2025, ${rows.length} events?$`));
    assert.match(await page.locator("[data-part=link]").getAttribute("href"), /\?who=nayib-bukele&from=2025-04&to=2025-04$/);
  }));

test("the handles are sliders: arrows move a month, Shift a year, Home and End to the ends", () =>
  on(DESK, "", async (page) => {
    const [from, to] = [page.locator("[data-part=from]"), page.locator("[data-part=to]")];
    const now = async (handle) => Number(await handle.getAttribute("aria-valuenow"));
    const [min, max] = [await now(from), await now(to)];
    const press = async (handle, key) => {
      await handle.press(key);
      await rested(page);
    };
    await press(from, "ArrowRight");
    assert.equal(await now(from), min + 1);
    await press(from, "Shift+ArrowRight");
    assert.equal(await now(from), min + 13);
    await press(from, "Shift+ArrowLeft");
    await press(from, "ArrowLeft");
    await press(from, "ArrowLeft");
    assert.equal(await now(from), min, "no further than the first month");
    await press(from, "End");
    assert.equal(await now(from), max);
    assert.equal(await to.getAttribute("aria-valuemin"), String(max), "each handle is the other's end");
    await press(from, "Home");
    await press(to, "ArrowLeft");
    assert.equal(await now(to), max - 1);
    const n = (await shown(page)).length;
    assert.match(await to.getAttribute("aria-valuetext"), new RegExp(`^To \\w+ \\d{4}, ${n} events$`));
    await press(to, "End");
    assert.equal((await shown(page)).length, await all(page));
  }));

test("a handle can be dragged, and a column taken", () =>
  on(DESK, "", async (page) => {
    const total = await all(page);
    const strip = await page.locator(".strip").boundingBox();
    const handle = await page.locator("[data-part=from]").boundingBox();
    await page.mouse.move(handle.x + handle.width / 2, handle.y + 40);
    await page.mouse.down();
    await page.mouse.move(strip.x + strip.width * 0.9, handle.y + 40, { steps: 6 });
    await page.mouse.up();
    await rested(page);
    const some = (await shown(page)).length;
    assert.ok(some > 0 && some < total, `${some} of ${total}`);
    await page.locator("[data-part=clear]").click();
    await settle(page);
    await page.mouse.click(strip.x + strip.width - 3, strip.y + 30);
    await settle(page);
    const query = new URLSearchParams(await written(page));
    assert.equal(query.get("from"), query.get("to"));
  }));

test("the newest come first on demand", () =>
  on(DESK, "", async (page) => {
    const rows = await shown(page);
    await page.selectOption("select[name=order]", "newest");
    await settle(page);
    assert.deepEqual(await shown(page), rows.toReversed());
    assert.equal(await written(page), "?order=newest");
    await page.selectOption("select[name=order]", "");
    await settle(page);
    assert.deepEqual(await shown(page), rows);
  }));

test("/ leads to the text filter, which knows no accents; j and k move between events; both can be switched off", () =>
  on(DESK, "", async (page) => {
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("name")), "q");
    const word = await page.evaluate(() => document.querySelector(".spine .event-title").textContent.split(" ").find((word) => /^\w{5,}$/.test(word)));
    await page.keyboard.type(word.toUpperCase());
    await settle(page);
    const titles = await page.evaluate(() => [...document.querySelectorAll(".spine .event")].filter((row) => row.checkVisibility()).map((row) => row.querySelector(".event-title").textContent));
    assert.ok(titles.length > 0 && titles.every((title) => title.toLowerCase().includes(word.toLowerCase())), titles.join("; "));
    await page.keyboard.type("/");
    assert.equal(await page.locator("[name=q]").inputValue(), `${word.toUpperCase()}/`, "in a field, / is a letter");
    assert.equal(await statusOf(page).then(() => settle(page)).then(() => statusOf(page)), "No events match.");
    await page.locator("[data-part=clear]").click();
    await page.evaluate(() => document.activeElement.blur());
    const at = () => page.evaluate(() => document.activeElement.closest(".event")?.id ?? null);
    const rows = await shown(page);
    await page.keyboard.press("j");
    const first = rows.indexOf(await at());
    assert.ok(first >= 0);
    await page.keyboard.press("j");
    assert.equal(await at(), rows[first + 1]);
    await page.keyboard.press("k");
    assert.equal(await at(), rows[first]);
    await page.locator(".keys input").uncheck();
    await page.keyboard.press("j");
    assert.equal(await at(), null);
    await page.reload();
    assert.equal(await page.locator(".keys input").isChecked(), false, "the choice is remembered");
  }));

test("in a frame that may not change its address, the view is in the fragment", async () => {
  // Not with `visit`: in such a frame, fonts are those of strangers, and browsers say so.
  const context = await site.browser.newContext(DESK);
  const page = await context.newPage();
  await page.route("**/frame-for-test", (route) => route.fulfill({ contentType: "text/html", body: `<iframe sandbox="allow-scripts" width="900" height="700" src="${site.base}timeline/?major=1"></iframe>` }));
  await page.goto(new URL("/frame-for-test", site.base).href);
  const frame = page.frames()[1];
  await frame.waitForSelector(".timeline-filter.ready", { state: "attached" });
  const rows = () => frame.evaluate(() => [...document.querySelectorAll(".spine .event")].filter((row) => !row.hidden).map((row) => row.id));
  const majors = await rows();
  assert.ok(majors.length > 0 && majors.length < (await frame.evaluate(() => document.querySelectorAll(".spine .event").length)));
  await frame.locator("input[name=section]").first().check();
  await page.waitForTimeout(500);
  const view = await frame.evaluate(() => location.hash || location.search);
  assert.match(view, /^#?\?section=[\w-]+&major=1$|^#?\?major=1&section=[\w-]+$/);
  assert.ok((await rows()).every((id) => majors.includes(id)));
  await context.close();
});

test("works from a disk, where the view is in the address too", async () => {
  const context = await site.browser.newContext(DESK);
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto(pathToFileURL(join(siteFolder().folder, "timeline/index.html")).href);
  await page.waitForSelector(".timeline-filter.ready");
  const { input, n, value } = await box(page, "section");
  await input.check();
  await page.waitForTimeout(500);
  assert.equal((await shown(page)).length, n);
  assert.ok(page.url().includes(`?section=${value}`), page.url());
  const rows = await shown(page);
  await page.reload();
  await page.waitForSelector(".timeline-filter.ready");
  assert.deepEqual(await shown(page), rows);
  assert.deepEqual(wrong, []);
  await context.close();
});

describe("on a phone", () => {
  test("a bar opens the filter as a sheet, which says how many events it shows", () =>
    on(PHONE, "", async (page) => {
      const total = await all(page);
      assert.match(await page.locator("[data-part=count]").innerText(), new RegExp(`^${total} events$`));
      await page.locator(".timeline-bar button").first().tap();
      await settle(page);
      const sheet = await page.locator(".timeline-filter").boundingBox();
      assert.ok(sheet.height <= 740 * 0.7 + 1, `${sheet.height} px`);
      const { input, n } = await box(page, "section");
      await input.tap();
      await settle(page);
      const show = page.locator("[data-part=show]");
      assert.equal(await show.innerText(), `Show ${n} events`);
      const { y, height } = await show.boundingBox();
      assert.ok(y + height <= 740 && height >= 44, "the button is at the thumb");
      await show.tap();
      assert.equal(await page.locator(".timeline-filter").isVisible(), false);
      assert.equal((await shown(page)).length, n);
    }));

  test("the year being read is in the bar, and leads to others by stops of 44 px", () =>
    on(PHONE, "", async (page) => {
      await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
      await settle(page);
      const last = await page.evaluate(() => [...document.querySelectorAll(".spine .year")].at(-1).textContent);
      assert.equal((await page.locator("button[data-part=now]").innerText()).replace(/\s*▾$/, ""), last);
      await page.locator("button[data-part=now]").tap();
      const stops = page.locator("[data-part=jump] a");
      for (const stop of await stops.all()) {
        const { width, height } = await stop.boundingBox();
        assert.ok(width >= 44 && height >= 44, `${await stop.innerText()}: ${width} by ${height}`);
      }
      const name = await stops.nth(1).innerText();
      await stops.nth(1).tap();
      await settle(page);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
    }));

  test("the month stays at the top, and nothing is open that was not asked for", () =>
    on(PHONE, "", async (page) => {
      assert.equal(await page.locator(".event-more[open]").count(), 0);
      await page.evaluate(() => document.querySelectorAll(".spine .event")[12].scrollIntoView({ block: "start", behavior: "instant" }));
      await settle(page);
      const top = await page.evaluate(() => {
        const hit = document.elementFromPoint(180, 12);
        return hit.closest(".month")?.textContent ?? window.reader.describe(hit);
      });
      const month = await page.evaluate(() => {
        let heading = document.querySelectorAll(".spine .event")[12].parentElement.previousElementSibling;
        return heading.textContent;
      });
      assert.equal(top, month);
    }));
});

test("major events are open on a desk", () =>
  on(DESK, "", async (page) => {
    const [open, major] = await page.evaluate(() => [document.querySelectorAll(".event.major .event-more[open]").length, document.querySelectorAll(".event.major .event-more").length]);
    assert.ok(major > 0);
    assert.equal(open, major);
    assert.equal(await page.locator(".event.minor .event-more[open]").count(), 0);
  }));

test("nothing moves while it loads, on a phone or a desk", async () => {
  for (const options of [PHONE, DESK]) {
    await on(options, "", async (page) => {
      await page.waitForTimeout(300);
      assert.deepEqual(await shiftFaults(page), []);
    });
  }
});

test("with the filter in use, it passes axe and nothing is covered, at every width and in both themes", { timeout: 300_000 }, async () => {
  const faults = new Faults();
  for (const [width, height] of [[360, 740], [768, 900], [1280, 900], [1680, 1000]]) {
    for (const colorScheme of ["light", "dark"]) {
      await on({ viewport: { width, height }, colorScheme, hasTouch: width < 500 }, "?major=1", async (page) => {
        const state = `${width} ${colorScheme}`;
        await page.evaluate(() => document.querySelectorAll(".groups details").forEach((one) => (one.open = true)));
        faults.add(state, await layoutFaults(page));
        faults.add(state, await axeFaults(page));
        if (width >= 768) faults.add(state, await coveredFaults(page));
        for (const id of width < 500 ? ["timeline--filter", "timeline--jump"] : []) {
          await page.evaluate((id) => document.getElementById(id).showPopover(), id);
          await settle(page);
          faults.add(`${state}, ${id}`, await axeFaults(page, { root: `#${id}` }));
          faults.add(`${state}, ${id}`, await layoutFaults(page));
          await page.evaluate((id) => document.getElementById(id).hidePopover(), id);
        }
      });
    }
  }
  faults.none();
});

test("with reduced motion nothing moves, and in forced colors the columns and handles are there", () =>
  on(DESK, "?major=1", async (page) => {
    await emulate(page, { reducedMotion: "reduce", forcedColors: "active" });
    assert.deepEqual(await motionFaults(page), []);
    const columns = page.locator(".strip .column");
    assert.ok((await columns.count()) > 0);
    const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.querySelector(".strip .column")).fill, getComputedStyle(document.body).backgroundColor]);
    assert.notEqual(ink, paper);
  }));

test("without JavaScript there is the whole list, and no tool that would do nothing", async () => {
  const visited = await visit(site.browser, `${site.base}timeline/?section=cecot`, { ...PHONE, javaScriptEnabled: false });
  const { page } = visited;
  await page.evaluate(INSIDE);
  for (const part of [".timeline-filter", ".timeline-result", ".timeline-bar"]) assert.equal(await page.locator(part).isVisible(), false, part);
  assert.equal((await shown(page)).length, await all(page));
  // What is folded opens without a script.
  const more = page.locator(".event.minor .event-more").first();
  assert.equal(await more.locator("p").first().isVisible(), false);
  await more.locator("summary").click();
  assert.ok(await more.locator("p").first().isVisible());
  assert.deepEqual(await visited.faults(), []);
  await visited.close();
});
