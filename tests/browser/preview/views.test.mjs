// Around the forms: the settings, the page as others see it, the way from the editor to the page, and the room beside a form.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { axeFaults, settle } from "../lib/visit.mjs";
import { Site } from "./running.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser, site, preview, context, page, editor;
before(async () => (browser = await launch()));
after(() => browser?.close());
beforeEach(async () => {
  site = new Site();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(20_000);
});
afterEach(async () => {
  editor?.stop();
  await context?.close();
  await preview?.stop();
  site?.remove();
});

const bar = (selector) => page.locator(`backgrounder-preview ${selector}`);
const desk = (selector) => page.locator(`backgrounder-desk ${selector}`);

async function open(path) {
  page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => /policy|refused to/i.test(message.text()) && page.faults.push(message.text()));
  await page.goto(preview.base + path);
  await bar(".edit:not([hidden])").first().waitFor();
}

/** Looks at a page in both themes and at two widths with axe. */
async function isSound(look) {
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await look?.();
    for (const frame of page.frames()) await settle(frame);
    assert.deepEqual(await axeFaults(page), [], `${width} ${colorScheme}`);
    assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `${width}: scrolls sideways`);
  }
}

describe("around the forms", { timeout: 120_000 }, () => {
  test("settings are a form", async () => {
    preview = await site.serve();
    const book = site.read("book.toml");
    await open("");
    await bar(".edit:not([hidden])").last().click();
    await desk(".settings").click();
    const title = page.locator("backgrounder-desk").getByLabel("Title", { exact: true });
    await title.fill("Another title");
    await page.locator("backgrounder-desk").getByLabel("Time zone", { exact: true }).fill("Mars");
    await desk(".save").click();
    await desk(".fault:not([hidden])").getByText("there is no time zone Mars").waitFor();
    assert.equal(site.read("book.toml"), book);
    await page.locator("backgrounder-desk").getByLabel("Time zone", { exact: true }).fill("America/New_York");
    await desk(".save").click();
    await desk(".status").getByText("Saved.").waitFor();
    await page.waitForFunction(() => document.body.textContent.includes("Another title"));
    const lines = (text) => text.split("\n");
    const differ = lines(site.read("book.toml")).filter((line) => !lines(book).includes(line));
    assert.ok(differ.some((line) => line.startsWith('title = "Another title"')) && differ.length <= 2, differ.join("\n"));
    await isSound();
    assert.deepEqual(page.faults, []);
  });

  test("a page is laid out for the width that a form leaves", async () => {
    preview = await site.serve();
    await open("timeline/");
    const wide = await page.evaluate(() => document.querySelector("main").getBoundingClientRect().width);
    await bar(".edit:not([hidden])").last().click();
    await desk(".kinds").waitFor();
    const panel = (await desk(".panel").boundingBox()).x;
    // Nothing of the page is behind the panel, or outside the window.
    const outside = await page.evaluate((panel) => [...document.querySelectorAll("body *")].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && one.checkVisibility({ opacityProperty: true }) && (box.right > panel + 1 || box.left < -1) && getComputedStyle(one).position !== "absolute" && !one.closest("svg, [class*=unseen], .skip, .visually-hidden");
    }).slice(0, 3).map((one) => one.outerHTML.slice(0, 120)), panel);
    assert.deepEqual(outside, []);
    await page.keyboard.press("Escape");
    await desk(".panel").waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.querySelector("main").getBoundingClientRect().width), wide);
  });

  test("a page is seen as others see it", async () => {
    preview = await site.serve(0, "--axe", AXE);
    const text = "---\ntitle: Seen\nkind: page\n---\n\nA paragraph.\n\n![](media/none.svg)\n";
    mkdirSync(join(site.folder, "content/media"), { recursive: true });
    writeFileSync(join(site.folder, "content/media/none.svg"), '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>');
    site.write("content/seen.md", text);
    await open("");
    await page.waitForFunction(async () => (await fetch("seen/")).ok);
    await page.goto(`${preview.base}seen/`);
    const [other] = await Promise.all([context.waitForEvent("page"), bar(".see").click()]);
    page = other;
    const frame = page.frameLocator("iframe");
    await frame.locator("h1").getByText("Seen").waitFor();
    assert.equal(await frame.locator("backgrounder-preview").count(), 0, "the bar is not in the frame");
    assert.equal(await frame.locator("html").evaluate(() => innerWidth), 360);
    // What is saved shows up.
    site.write("content/seen.md", text.replace("A paragraph.", "Another one."));
    await frame.getByText("Another one.").waitFor();
    const button = (name) => page.getByRole("button", { name, exact: true });
    await button("On paper").click();
    await frame.locator("h1").waitFor();
    await button("Print …").waitFor();
    await button("Without JavaScript").click();
    await frame.getByText("Another one.").waitFor();
    assert.equal(await button("Check accessibility").getAttribute("aria-disabled"), "true");
    site.write("content/seen.md", text.replace("A paragraph.", "A third."));
    await frame.getByText("A third.").waitFor();
    await button("Full width").click();
    await frame.locator("h1").waitFor();
    await isSound();
    await page.setViewportSize({ width: 1280, height: 800 });
    await frame.locator("main").evaluate((main) => main.append(Object.assign(document.createElement("p"), { textContent: "A third.", style: "color: #eee; background: #fff" })));
    await button("Check accessibility").click();
    await page.locator("aside .status").getByText("1 finding").waitFor();
    await page.locator("aside li").getByText("color-contrast").waitFor();
    await page.locator("aside .place").getByText("content/seen.md:6").waitFor();
    await frame.locator("p", { hasText: "A third." }).last().evaluate((one) => one.remove());
    await isSound();
  });

  test("without axe, the preview says how to get it", async () => {
    preview = await site.serve();
    page = await context.newPage();
    await page.goto(new URL("/.backgrounder/view.html?page=/", preview.base).href);
    await page.frameLocator("iframe").locator("h1").first().waitFor();
    await page.getByRole("button", { name: "Check accessibility" }).click();
    await page.locator("aside .status").getByText("npm install axe-core").waitFor();
  });

  test("the page goes where the cursor is in an editor", async () => {
    preview = await site.serve();
    site.write("content/own.md", `---\ntitle: Our own\nkind: page\n---\n\n${"Words.\n\n".repeat(80)}The place that is [[nobody|meant]] here.\n`);
    await open("timeline/");
    await page.waitForFunction(async () => (await fetch("../own/")).ok);
    editor = site.editor();
    // The page that is being left hears of something else before the other is there.
    await page.route("**/own/", async (route) => {
      const heard = page.waitForResponse("**/.backgrounder/sync");
      site.write("content/more.md", "---\ntitle: More\nkind: page\n---\nText.\n");
      await heard;
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    }, { times: 1 });
    editor.show("content/own.md", 166);
    await page.waitForURL("**/own/");
    await page.waitForFunction(() => {
      const one = [...document.querySelectorAll("main p")].find((one) => one.textContent.startsWith("The place that"))?.getBoundingClientRect();
      return one && one.top > 0 && one.bottom < innerHeight;
    });
    editor.show("content/own.md", 2);
    await page.waitForFunction(() => scrollY < 300);
  });
});
