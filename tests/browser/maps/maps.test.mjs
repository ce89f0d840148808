// Every kind of map, as readers see it: no name covers another, at any width; the list says the same as the drawing; the keyboard,
// dark mode, forced colors, paper, and no script.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessFaults, layoutFaults } from "../lib/checks.mjs";
import { launch } from "../lib/browser.mjs";
import { serve } from "../lib/server.mjs";
import { emulate, resize, visit } from "../lib/visit.mjs";
import { NAMES, buildMaps } from "./site.mjs";

let site, server, browser;
before(async () => {
  site = buildMaps();
  [server, browser] = await Promise.all([serve(site.folder), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.close();
  site?.remove();
});

/** The drawings that can be seen, each with the boxes of its texts and marks, and whether its land is drawn. */
const drawings = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".chart-drawing, .locator")]
      .filter((drawing) => drawing.checkVisibility())
      .map((drawing) => {
        const svg = drawing.querySelector("svg[role=img]");
        const box = (element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          return { left, top, right, bottom };
        };
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        const texts = [...svg.querySelectorAll("text:not(.map-number)")].map((text) => ({ name: text.textContent, size: scale * parseFloat(getComputedStyle(text).fontSize), ...box(text) }));
        const marks = [...svg.querySelectorAll(".map-mark")].map((mark) => ({ name: "a mark", size: 13, ...box(mark) }));
        const ground = svg.querySelector("use, g");
        const { width, height } = ground.getBoundingClientRect();
        return { whole: box(svg), boxes: [...texts, ...marks], ground: { width, height }, kind: drawing.className };
      }),
  );

/** What is wrong with a drawing, whose letters are to be this many pixels high. */
function faultsOf({ whole, boxes, ground, kind }, least = 11) {
  const faults = [];
  if (ground.width < 20 || ground.height < 20) faults.push(`${kind}: there is no land`);
  for (const [at, one] of boxes.entries()) {
    if (one.size < least) faults.push(`${kind}: “${one.name}” is ${one.size.toFixed(1)} px high`);
    if (one.left < whole.left - 1 || one.right > whole.right + 1 || one.top < whole.top - 3 || one.bottom > whole.bottom + 3) faults.push(`${kind}: “${one.name}” leaves the drawing`);
    for (const other of boxes.slice(at + 1)) {
      // A line's box is taller than its letters.
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 0.5 && down > 3.5) faults.push(`${kind}: “${one.name}” covers “${other.name}”`);
    }
  }
  return faults;
}

for (const name of NAMES) {
  test(`${name}: names can be read and cover nothing, at 360 to 1280 px`, async () => {
    const { page, faults, close } = await visit(browser, `${server.base}${name}/`, { viewport: { width: 1280, height: 900 } });
    for (const width of [1280, 768, 360]) {
      await resize(page, width, 900);
      const seen = await drawings(page);
      assert.equal(seen.length, 1, `one drawing is seen at ${width} px`);
      assert.deepEqual(seen.flatMap((drawing) => faultsOf(drawing)), [], `at ${width} px`);
      assert.deepEqual(await layoutFaults(page), [], `at ${width} px`);
    }
    assert.deepEqual(await accessFaults(page), []);
    await emulate(page, { colorScheme: "dark" });
    assert.deepEqual(await accessFaults(page), [], "in dark mode");
    assert.deepEqual(await faults(), []);
    await close();
  });
}

for (const language of ["ar", "zh", "de"]) {
  test(`${language}: names can be read and cover nothing`, async (t) => {
    const translated = buildMaps(language);
    t.after(() => translated.remove());
    const own = await serve(translated.folder);
    t.after(() => own.close());
    for (const name of ["route", "both", "crowd"]) {
      const { page, close } = await visit(browser, `${own.base}${name}/`, { viewport: { width: 1280, height: 900 } });
      for (const width of [1280, 360]) {
        await resize(page, width, 900);
        assert.deepEqual((await drawings(page)).flatMap((drawing) => faultsOf(drawing)), [], `${name} at ${width} px`);
      }
      await close();
    }
  });
}

test("the list has every mark, and its links work with the mouse and the keyboard", async () => {
  const { page, close } = await visit(browser, `${server.base}route/`, { viewport: { width: 1280, height: 900 } });
  const image = page.getByRole("img", { name: "The boat went from Annapolis to the prison and back" });
  assert.equal(await image.count(), 1, "the drawing is one picture with a name");
  const description = await image.evaluate((svg) => document.getElementById(svg.getAttribute("aria-describedby")).textContent);
  assert.match(description, /^A map from/);
  const stops = page.locator(".map ol.chart-events > li");
  assert.equal(await stops.count(), 5);
  const marks = await page.locator(".chart-drawing.wide .map-number").allTextContents();
  assert.deepEqual(marks.join(", ").split(", ").sort(), ["1", "2", "3", "4", "5"], "each stop has its number on the map");
  assert.match(await stops.nth(1).textContent(), /^The prison \(position approximate\): Four weeks here\./);
  const link = stops.nth(3).getByRole("link", { name: "Nashville" });
  await link.focus();
  assert.ok(await link.evaluate((element) => element.matches(":focus-visible")));
  const card = page.locator(".card[popover]:popover-open, [popover]:popover-open");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.pathname.endsWith("/nashville/") || document.querySelector("[popover]:popover-open"));
  if (!page.url().endsWith("/nashville/")) assert.equal(await card.count(), 1);
  await close();
});

test("without a script the map and its list are all there", async () => {
  const { page, close } = await visit(browser, `${server.base}route/`, { viewport: { width: 360, height: 800 }, javaScriptEnabled: false });
  assert.ok(await page.locator(".chart-drawing.narrow svg").isVisible());
  await page.locator(".map ol.chart-events").getByRole("link", { name: "Nashville" }).click();
  assert.match(page.url(), /\/entities\/nashville\/$/);
  assert.ok(await page.locator(".locator svg").isVisible(), "its page has a small map");
  await close();
});

test("the ground follows dark mode, and forced colors show where land begins", async () => {
  const colors = async (options) => {
    const { page, close } = await visit(browser, `${server.base}route/`, { viewport: { width: 1280, height: 900 }, ...options });
    const found = await page.evaluate(() => {
      const of = (selector) => getComputedStyle(document.querySelector(`.chart-drawing.wide ${selector}`));
      return { water: of(".map-water").fill, land: of(".map-land").fill, coast: of(".map-land").stroke, name: of(".map-name").fill };
    });
    await close();
    return found;
  };
  const light = await colors({ colorScheme: "light" });
  const dark = await colors({ colorScheme: "dark" });
  for (const key of ["water", "land", "coast", "name"]) assert.notEqual(light[key], dark[key], key);
  assert.notEqual(light.water, light.land);
  assert.notEqual(dark.water, dark.land);
  const forced = await colors({ forcedColors: "active" });
  assert.equal(forced.coast, forced.name, "the coast is drawn in the color of text");
  assert.notEqual(forced.coast, forced.land);
});

test("on paper there is one drawing with its land, and the list", async () => {
  const { page, close } = await visit(browser, `${server.base}route/`, { viewport: { width: 700, height: 900 } });
  await page.emulateMedia({ media: "print" });
  const seen = await drawings(page);
  assert.equal(seen.length, 1);
  // Seven and a half points, as in the tables on paper.
  assert.deepEqual(seen.flatMap((drawing) => faultsOf(drawing, 10)), []);
  assert.ok(await page.locator(".map ol.chart-events").isVisible());
  await close();
});

test("places and events have small maps", async () => {
  for (const path of ["entities/suva/", "events/landing/", "entities/pole/"]) {
    const { page, faults, close } = await visit(browser, `${server.base}${path}`, { viewport: { width: 360, height: 900 } });
    for (const width of [360, 1280]) {
      await resize(page, width, 900);
      const seen = await drawings(page);
      assert.equal(seen.length, 1, path);
      assert.deepEqual(seen.flatMap((drawing) => faultsOf(drawing)), [], path);
      assert.deepEqual(await layoutFaults(page), [], path);
    }
    assert.deepEqual(await accessFaults(page), [], path);
    assert.deepEqual(await faults(), []);
    await close();
  }
});
