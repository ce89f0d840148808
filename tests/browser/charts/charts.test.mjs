// Every kind of chart, as readers see it: nothing overlaps or leaves its drawing, at any width; names for those who don't see it;
// dark mode, forced colors and paper.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessFaults, layoutFaults } from "../lib/checks.mjs";
import { launch } from "../lib/browser.mjs";
import { serve } from "../lib/server.mjs";
import { emulate, resize, visit } from "../lib/visit.mjs";
import { COUNTS, NAMES, buildCharts } from "./site.mjs";

let site, server, browser;
before(async () => {
  site = buildCharts();
  [server, browser] = await Promise.all([serve(site.folder), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.close();
  site?.remove();
});

/** The drawings that can be seen, each with the boxes of its texts in its own units. */
const drawings = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".chart-drawing")]
      .filter((drawing) => drawing.checkVisibility())
      .map((drawing) => {
        const svg = drawing.querySelector("svg[role=img]");
        const whole = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll("text")].map((text) => {
          const { left, top, right, bottom } = text.getBoundingClientRect();
          return { text: text.textContent, left, top, right, bottom, size: (whole.width / svg.viewBox.baseVal.width) * parseFloat(getComputedStyle(text).fontSize) };
        });
        const { left, top, right, bottom } = whole;
        // A rule of the page for a class of the same name would hide a shape.
        const hidden = [...svg.querySelectorAll("path, rect, circle")].filter((shape) => !shape.checkVisibility()).map((shape) => shape.getAttribute("class"));
        return { whole: { left, top, right, bottom }, texts, hidden, kind: drawing.className };
      }),
  );

function faultsOf({ whole, texts, hidden, kind }) {
  const faults = hidden.map((name) => `${kind}: a shape of the class “${name}” is hidden`);
  for (const [at, one] of texts.entries()) {
    if (one.size < 11) faults.push(`${kind}: “${one.text}” is ${one.size.toFixed(1)} px high`);
    if (one.left < whole.left - 1 || one.right > whole.right + 1 || one.top < whole.top - 3 || one.bottom > whole.bottom + 3) faults.push(`${kind}: “${one.text}” leaves the drawing`);
    for (const other of texts.slice(at + 1)) {
      // A line's box is taller than its letters.
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 0.5 && down > 3.5) faults.push(`${kind}: “${one.text}” covers “${other.text}”`);
    }
  }
  return faults;
}

for (const name of NAMES) {
  test(`${name}: texts can be read and cover nothing, at 360 to 1280 px`, async () => {
    const { page, faults, close } = await visit(browser, `${server.base}${name}/`, { viewport: { width: 1280, height: 900 } });
    for (const width of [1280, 768, 600, 360]) {
      await resize(page, width, 900);
      const seen = await drawings(page);
      assert.equal(seen.length, 1, `one drawing is seen at ${width} px`);
      assert.ok(seen[0].texts.length > 0, "it has texts");
      assert.deepEqual(seen.flatMap(faultsOf), [], `at ${width} px`);
      assert.deepEqual(await layoutFaults(page), [], `at ${width} px`);
    }
    await page.locator(".chart-data > summary").click();
    assert.ok(await page.locator(".chart-data table").isVisible(), "the figures are one click away");
    assert.deepEqual(await accessFaults(page), []);
    await emulate(page, { colorScheme: "dark" });
    assert.deepEqual(await accessFaults(page), [], "in dark mode");
    assert.deepEqual(await faults(), []);
    await close();
  });
}

for (const count of COUNTS) {
  test(`${count} points, long names, figures below zero and none: texts can be read and cover nothing`, async () => {
    const { page, faults, close } = await visit(browser, `${server.base}points-${count}/`, { viewport: { width: 1280, height: 900 } });
    const charts = await page.locator(".chart").count();
    assert.ok(charts >= 10);
    for (const width of [1280, 360]) {
      await resize(page, width, 900);
      const seen = await drawings(page);
      assert.equal(seen.length, charts);
      assert.deepEqual(seen.flatMap(faultsOf), [], `at ${width} px`);
      assert.deepEqual(await layoutFaults(page), [], `at ${width} px`);
    }
    assert.deepEqual(await faults(), []);
    await close();
  });
}

for (const language of ["ar", "zh", "de"]) {
  test(`${language}: texts can be read and cover nothing`, async (t) => {
    const translated = buildCharts(language);
    t.after(() => translated.remove());
    const own = await serve(translated.folder);
    t.after(() => own.close());
    for (const name of ["line", "columns", "groups", "points-30"]) {
      const { page, close } = await visit(browser, `${own.base}${name}/`, { viewport: { width: 1280, height: 900 } });
      for (const width of [1280, 360]) {
        await resize(page, width, 900);
        assert.deepEqual((await drawings(page)).flatMap(faultsOf), [], `${name} at ${width} px`);
      }
      await close();
    }
  });
}

test("a drawing has a name and a description, and no parts that are read out", async () => {
  const { page, close } = await visit(browser, `${server.base}line/`, { viewport: { width: 1280, height: 900 } });
  const image = page.getByRole("img", { name: "Cases opened doubled within a year" });
  assert.equal(await image.count(), 1);
  const description = await image.evaluate((svg) => document.getElementById(svg.getAttribute("aria-describedby")).textContent);
  assert.match(description, /^Two lines/);
  assert.equal(await page.getByRole("link", { name: "The rule changes" }).count(), 1, "an event is one link for everybody");
  // Those who point at the mark of an event follow it all the same.
  const mark = page.locator(".chart-drawing.wide .event-links a").first();
  await mark.click();
  assert.match(page.url(), /\/events\/rule-changed\/$/);
  await close();
});

test("forced colors: lines and letters have the colors of the system", async () => {
  const { page, close } = await visit(browser, `${server.base}line/`, { viewport: { width: 1280, height: 900 }, forcedColors: "active" });
  const colors = await page.evaluate(() => {
    const probe = document.createElement("p");
    probe.style.color = "CanvasText";
    document.body.append(probe);
    const wanted = getComputedStyle(probe).color;
    const of = (selector, property) => getComputedStyle(document.querySelector(`.chart-drawing.wide ${selector}`))[property];
    return { wanted, line: of(".line", "stroke"), text: of("text.tick", "fill") };
  });
  assert.equal(colors.line, colors.wanted);
  assert.equal(colors.text, colors.wanted);
  await close();
});

test("on paper there is one drawing, and the figures", async () => {
  const { page, close } = await visit(browser, `${server.base}unit/`, { viewport: { width: 700, height: 900 } });
  await page.emulateMedia({ media: "print" });
  assert.equal((await drawings(page)).length, 1);
  assert.ok(await page.locator(".chart-data table").isVisible());
  await close();
});
