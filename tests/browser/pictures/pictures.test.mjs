// Pictures on a page: their room before they arrive, their limits, the slider between two, paper, and no JavaScript.
// The site is made here, with pictures that are drawn here, because the demonstration may not have every kind.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { png } from "../lib/png.mjs";
import { serve } from "../lib/server.mjs";
import { Faults } from "../lib/site.mjs";
import { axeFaults, emulate, resize, visit } from "../lib/visit.mjs";

const PAGE = `---
title: A page with pictures
---

It begins with a picture.

![A wide wall](media/wall.png "The wall, before it was painted")

${"Some words about it, which fill a few lines of the text. ".repeat(12)}

![A tall door](media/door.png)

\`\`\`figure
src: media/wall.png
alt: The wall again
caption: The wall, as wide as the page.
credit: Jane Doe
license: CC0
width: wide
\`\`\`

\`\`\`gallery
pictures:
  - {src: media/wall.png, alt: One wall, caption: One}
  - {src: media/door.png, alt: One door, caption: Two}
  - {src: media/wall.png, alt: Another wall, caption: Three}
\`\`\`

\`\`\`gallery
layout: compare
pictures:
  - {src: media/before.png, alt: The wall in 2019, caption: "2019"}
  - {src: media/after.png, alt: The wall in 2025, caption: "2025"}
caption: The same wall at two times.
\`\`\`
`;

let folder, server, browser;
before(async () => {
  if (!process.env.BACKGROUNDER_PROGRAM) throw new Error("set BACKGROUNDER_PROGRAM to the path of the program, such as target/debug/backgrounder");
  folder = mkdtempSync(join(tmpdir(), "backgrounder-test-"));
  mkdirSync(join(folder, "content/media"), { recursive: true });
  writeFileSync(join(folder, "book.toml"), '[book]\ntitle = "Pictures"\n[site]\nas-of = "2025-12-22"\n');
  writeFileSync(join(folder, "content/a.md"), PAGE);
  for (const [name, width, height, green] of [["wall", 1000, 500, 90], ["door", 500, 3000, 160], ["before", 800, 600, 60], ["after", 800, 600, 200]]) {
    writeFileSync(join(folder, `content/media/${name}.png`), png(width, height, green));
  }
  const run = spawnSync(resolve(process.env.BACKGROUNDER_PROGRAM), ["build", folder], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  [server, browser] = await Promise.all([serve(join(folder, "site")), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

const address = () => `${server.base}a/`;

/** Brings every picture near, so that it is loaded. */
async function loadAll(page) {
  await page.evaluate(async () => {
    for (const picture of document.images) {
      picture.loading = "eager";
      await picture.decode();
    }
  });
}

/** What is wrong with the room that pictures take. */
function roomFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    const text = document.querySelector(".text > p").getBoundingClientRect().width;
    for (const picture of document.images) {
      const box = picture.getBoundingClientRect();
      const name = picture.alt;
      if (!picture.naturalWidth) faults.push(`${name}: it isn't there`);
      if (box.height > innerHeight * 0.8 + 1) faults.push(`${name}: it is ${box.height} px tall in a window of ${innerHeight}`);
      const stated = Number(picture.getAttribute("width")) / Number(picture.getAttribute("height"));
      const isCut = picture.closest(".ready");
      const shown = getComputedStyle(picture).objectFit === "contain" ? stated : box.width / box.height;
      if (!isCut && Math.abs(shown / stated - 1) > 0.05) faults.push(`${name}: its shape is ${shown}, not ${stated}`);
      if (picture.matches(".text > .picture > .upright, .text > .picture > picture > .upright") && box.width > Math.max(text * 0.4, 192) + 1) faults.push(`${name}: it is ${box.width} px wide, and the text ${text}`);
    }
    return faults;
  });
}

describe("pictures", { timeout: 300_000 }, () => {
  for (const width of [360, 1280]) {
    test(`keep their room and their limits at ${width} px, light and dark`, async () => {
      const faults = new Faults();
      for (const colorScheme of ["light", "dark"]) {
        const visited = await visit(browser, address(), { viewport: { width, height: 800 }, colorScheme });
        const { page } = visited;
        const height = () => page.evaluate(() => document.documentElement.scrollHeight);
        const early = await height();
        await loadAll(page);
        const state = `${width} ${colorScheme}`;
        if (Math.abs((await height()) - early) > 1) faults.add(state, ["the page moved when its pictures came"]);
        faults.add(state, await roomFaults(page));
        faults.add(state, await check.layoutFaults(page));
        faults.add(state, await axeFaults(page));
        faults.add(state, await visited.faults());
        // Taking a picture of the whole page is a change of the window, which ends requests.
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `pictures-${width}-${colorScheme}.png`), fullPage: true });
        await visited.close();
      }
      faults.none();
    });
  }

  test("are loaded in the size that fits", async () => {
    const loaded = async (options) => {
      const visited = await visit(browser, address(), options);
      await loadAll(visited.page);
      const sizes = await visited.page.evaluate(() => document.images[0].currentSrc.split("/").pop());
      await visited.close();
      return sizes;
    };
    assert.equal(await loaded({ viewport: { width: 360, height: 800 } }), "wall.png.360.webp");
    assert.equal(await loaded({ viewport: { width: 360, height: 800 }, deviceScaleFactor: 2 }), "wall.png.960.webp");
    assert.equal(await loaded({ viewport: { width: 1280, height: 800 } }), "wall.png.640.webp");
  });

  test("are compared with the keyboard", async () => {
    const visited = await visit(browser, address(), { viewport: { width: 1280, height: 800 } });
    const { page } = visited;
    await loadAll(page);
    const slider = page.getByRole("slider", { name: "Compare the two pictures" });
    await slider.focus();
    const cut = () => page.evaluate(() => getComputedStyle(document.querySelector(".compare .picture:nth-of-type(2) img")).clipPath);
    assert.equal(await cut(), "inset(0px 0px 0px 50%)");
    await page.keyboard.press("ArrowRight");
    assert.equal(await cut(), "inset(0px 0px 0px 51%)");
    await page.keyboard.press("Home");
    assert.equal(await cut(), "inset(0px 0px 0px 0%)");
    await page.keyboard.press("End");
    assert.equal(await cut(), "inset(0px 0px 0px 100%)");
    const outline = await slider.evaluate((element) => getComputedStyle(element).outlineStyle);
    assert.notEqual(outline, "none", "the focus is seen");
    const [one, two] = await page.evaluate(() => [...document.querySelectorAll(".compare img")].map((picture) => JSON.stringify(picture.getBoundingClientRect())));
    assert.equal(one, two, "one lies over the other");
    assert.deepEqual(await visited.faults(), []);
    await visited.close();
  });

  test("are side by side on paper, and without JavaScript", async () => {
    const beside = (page) =>
      page.evaluate(() => {
        const [one, two] = [...document.querySelectorAll(".compare img")].map((picture) => picture.getBoundingClientRect());
        return one.right <= two.left || one.bottom <= two.top;
      });
    const visited = await visit(browser, address(), { viewport: { width: 1280, height: 800 } });
    await loadAll(visited.page);
    await emulate(visited.page, { media: "print" });
    assert.ok(await beside(visited.page), "on paper");
    assert.equal(await visited.page.locator(".compare-slider").isVisible(), false);
    await visited.close();
    const bare = await visit(browser, address(), { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
    assert.ok(await beside(bare.page), "without JavaScript");
    assert.equal(await bare.page.locator("input[type=range]").count(), 0);
    assert.deepEqual(await bare.faults(), []);
    await bare.close();
  });

  test("fit a narrow window with forced colors", async () => {
    const visited = await visit(browser, address(), { viewport: { width: 320, height: 600 }, forcedColors: "active" });
    await loadAll(visited.page);
    await resize(visited.page, 320, 600);
    assert.deepEqual(await check.layoutFaults(visited.page), []);
    await visited.close();
  });
});
