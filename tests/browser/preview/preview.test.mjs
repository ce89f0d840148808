// The preview in a browser: the tests save files to disk, and look at open pages. None of the pages may reload; each
// has a mark that would be gone then.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { axeFaults } from "../lib/visit.mjs";
import { Site } from "./running.mjs";

const SLOW = 30_000;
const EXTRA = `---
title: A page of our own
kind: page
---

First of all.

${Array.from({ length: 40 }, (_, at) => `Paragraph ${at}, with a [link ${at}](alliance.md) that stays.\n`).join("\n")}
See [[march-15-flights]].
`;

let browser, site, preview, context;
before(async () => (browser = await launch()));
after(() => browser?.close());
beforeEach(async () => {
  site = new Site();
  const event = /^- id: (\S+)/m.exec(site.read("content/events/2025.yaml"))[1];
  site.event = event;
  site.write("content/extra.md", EXTRA.replace("march-15-flights", event));
  preview = await site.serve();
  context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  context.setDefaultTimeout(SLOW);
});
afterEach(async () => {
  await context?.close();
  await preview?.stop();
  site?.remove();
});

/** Opens a page and marks it. */
async function open(path) {
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => (process.env.SAY && console.log(message.type(), message.text())) || /policy|refused to/i.test(message.text()) && page.faults.push(message.text()));
  await page.goto(preview.base + path);
  await page.locator("backgrounder-preview .counts:not(:empty)").waitFor({ state: "attached" });
  // From here on it is in sync.
  await page.waitForFunction(() => document.querySelector("backgrounder-preview").shadowRoot.querySelector(".counts").dataset.state);
  await page.evaluate(() => (window.mark = "kept"));
  return page;
}

/** Waits until the preview answers with these words. */
async function answers(path, words) {
  for (const end = Date.now() + SLOW; Date.now() < end; await new Promise((done) => setTimeout(done, 20))) {
    if ((await (await fetch(preview.base + path)).text()).includes(words)) return;
  }
  assert.fail(`no “${words}” in ${path}`);
}

/** Waits until the page's text has these words, and checks that it is still the same page. */
async function shows(page, words) {
  await page.waitForFunction((words) => document.body.textContent.includes(words), words);
  await isKept(page);
}

async function isKept(page) {
  assert.equal(await page.evaluate(() => window.mark), "kept", "the page was loaded anew");
  assert.deepEqual(page.faults, []);
}

const bar = (page, selector) => page.locator(`backgrounder-preview ${selector}`);

describe("the preview", { timeout: 180_000 }, () => {
  test("each kind of change arrives in the open page", async () => {
    const page = await open("extra/");
    site.edit("content/extra.md", "First of all.", "First of all, and *changed*.");
    await shows(page, "First of all, and changed.");
    // A paragraph more, one less, and another title.
    site.edit("content/extra.md", "Paragraph 3, with", "A new one.\n\nParagraph 3, with");
    await shows(page, "A new one.");
    site.edit("content/extra.md", "title: A page of our own", "title: Another title");
    await shows(page, "Another title");
    assert.match(await page.title(), /Another title/);
    // An event whose title the page shows.
    const events = site.read("content/events/2025.yaml");
    site.write("content/events/2025.yaml", events.replace(/^( +title:).*/m, "$1 Something quite else happened"));
    await shows(page, "Something quite else happened");
    // A template of the theme, a setting, and a page that the site had no file for.
    site.write("templates/components/footer.html", '<footer class="footer"><p id="own-footer">A footer of our own</p></footer>\n');
    await shows(page, "A footer of our own");
    site.edit("book.toml", 'title = "', 'title = "Renamed: ');
    await shows(page, "Renamed: ");
    // A new style sheet, and one that changes: the page is never without style.
    site.write("own.css", "#own-footer { letter-spacing: 3px }");
    site.edit("book.toml", "[output.html]\n", '[output.html]\nadditional-css = ["own.css"]\n');
    const spacing = (wanted) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector("#own-footer")).letterSpacing === wanted, wanted);
    await spacing("3px");
    site.write("own.css", "#own-footer { letter-spacing: 5px }");
    await spacing("5px");
    // Not only through a sheet that was added after the old one.
    assert.equal(await page.locator('link[href*="own.css"]').count(), 1);
    await isKept(page);
  });

  test("a picture that is drawn anew is seen anew", async () => {
    const picture = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"/>`;
    site.write("content/media/own.svg", picture(20));
    site.write("content/extra.md", `${EXTRA.split("See [[")[0]}\n![A picture](media/own.svg)\n`);
    const page = await open("extra/");
    // Pictures far below are loaded when they come into view.
    await page.locator('img[src*="own.svg"]').evaluate((one) => one.scrollIntoView());
    const width = (wanted) => page.waitForFunction((wanted) => document.querySelector('img[src*="own.svg"]').naturalWidth === wanted, wanted);
    await width(20);
    await page.evaluate(() => (window.mark = "kept"));
    site.write("content/media/own.svg", picture(60));
    await width(60);
    await isKept(page);
  });

  test("position, focus, open details and what scripts did are kept", async () => {
    const page = await open("extra/");
    await page.evaluate(() => {
      // As a theme's script might: a class and a box to unfold.
      document.documentElement.dataset.theme = "dark";
      document.querySelector("main p").classList.add("by-script");
      const box = document.createElement("details");
      box.innerHTML = "<summary>More</summary>unfolded";
      box.open = true;
      document.querySelector("main").append(box);
      const link = [...document.querySelectorAll("main a")].find((link) => link.textContent === "link 30");
      link.focus();
      link.scrollIntoView({ block: "center", behavior: "instant" });
    });
    const at = await page.evaluate(() => document.activeElement.getBoundingClientRect().top);
    assert.ok((await page.evaluate(() => scrollY)) > 100);
    site.edit("content/extra.md", "First of all.", `First of all.\n\n${"Many more words before everything else. ".repeat(60)}`);
    await shows(page, "Many more words");
    await page.waitForFunction((at) => Math.abs(document.activeElement.getBoundingClientRect().top - at) < 4, at);
    const kept = await page.evaluate(() => ({
      focus: document.activeElement.textContent,
      open: document.querySelector("main details:last-child").open,
      theme: document.documentElement.dataset.theme,
      marked: document.querySelectorAll("main p.by-script").length,
    }));
    assert.deepEqual(kept, { focus: "link 30", open: true, theme: "dark", marked: 1 });
  });

  // Wide enough for the list of sections beside the text, which stays where it is; and then with nothing beside it.
  for (const [width, height] of [[1280, 900], [360, 640]]) {
    test(`the reader stays at the same line when something above changes its length, ${width} wide`, async () => {
      const page = await open("extra/");
      await page.setViewportSize({ width, height });
      const top = (words) => page.evaluate((words) => [...document.querySelectorAll("main p")].find((one) => one.textContent.startsWith(words)).getBoundingClientRect().top, words);
      await page.evaluate(() => [...document.querySelectorAll("main p")].find((one) => one.textContent.startsWith("Paragraph 30,")).scrollIntoView({ block: "center", behavior: "instant" }));
      const [read, scrolled] = [await top("Paragraph 30,"), await page.evaluate(() => scrollY)];
      assert.ok(scrolled > 500, `scrolled by ${scrolled}`);
      const stays = async (what) => {
        // Even after everything that the browser does by itself.
        await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
        const now = await top("Paragraph 30,");
        assert.ok(Math.abs(now - read) <= 1, `${what}: from ${read} to ${now}`);
      };
      const long = `First of all.${" Many more words before everything else.".repeat(60)}`;
      site.edit("content/extra.md", "First of all.", long);
      await shows(page, "Many more words");
      await stays("lengthened");
      assert.ok((await page.evaluate(() => scrollY)) > scrolled + 100, "nothing was to be made up for");
      site.edit("content/extra.md", long, "Short.");
      await shows(page, "Short.");
      await stays("shortened");
    });
  }

  test("what changed is outlined, and not what is around it", async () => {
    site.write("content/extra.md", EXTRA.replace("First of all.", "First of all.\n\n- one\n- two *words*\n- three\n"));
    await answers("extra/", "three");
    const page = await open("extra/");
    await page.evaluate(() => {
      window.outlined = [];
      Element.prototype.animate = function () {
        outlined.push(`${this.localName}: ${this.textContent}`);
      };
    });
    const outlined = async (from, to, wanted) => {
      site.edit("content/extra.md", from, to);
      await page.waitForFunction((n) => outlined.length >= n, wanted.length);
      assert.deepEqual((await page.evaluate(() => outlined.splice(0))).filter((one) => !one.startsWith("time:")), wanted);
    };
    await outlined("First of all.", "First of all.\n\nA paragraph more.", ["p: A paragraph more."]);
    await outlined("- three", "- three\n- four", ["li: four"]);
    await outlined("two *words*", "two *terms*", ["em: terms"]);
    // A page that is gone can't be shown, and the list that it was in hasn't changed.
    await outlined("- one\n- two *terms*\n- three", "- two *terms*\n- third", ["li: third"]);
    await isKept(page);
  });

  test("what a script in the head has done before is kept too", async () => {
    site.write("templates/layout.html", readFileSync(new URL("../../../templates/layout.html", import.meta.url), "utf8").replace("<title>", '<script src="{{ site.url }}early.js"></script><title>'));
    site.write("static/early.js", 'document.documentElement.dataset.early = "yes";\n');
    await answers("extra/", "early.js");
    await answers("early.js", "dataset");
    const page = await open("extra/");
    const early = () => page.evaluate(() => document.documentElement.dataset.early);
    assert.equal(await early(), "yes");
    site.edit("content/extra.md", "First of all.", "Second of all.");
    await shows(page, "Second of all.");
    assert.equal(await early(), "yes");
  });

  test("every open page that shows an event follows, and one that does not is offered it", async () => {
    const [extra, event, about] = [await open("extra/"), await open(`events/${site.event}/`), await open("about/")];
    const events = site.read("content/events/2025.yaml");
    site.write("content/events/2025.yaml", events.replace(/^( +title:).*/m, "$1 Seen on two pages"));
    await shows(extra, "Seen on two pages");
    await shows(event, "Seen on two pages");
    const offered = bar(about, ".notice a");
    await offered.waitFor();
    assert.match(await offered.textContent(), /Seen on two pages/);
    assert.equal(await bar(extra, ".notice a").count(), 0);
    await isKept(about);
    await offered.click();
    await about.waitForURL(`**/events/${site.event}/`);
  });

  test("mistakes are counted, shown with their place, and go when they are mended", async () => {
    const page = await open("about/");
    const counts = bar(page, ".counts");
    await counts.filter({ hasText: "No problems" }).waitFor();
    site.edit("content/extra.md", "First of all.", "First of [[nobody-at-all]] and [@nothing-at-all].");
    await counts.filter({ hasText: "2 errors" }).waitFor();
    await counts.focus();
    await page.keyboard.press("Enter");
    const first = bar(page, ".panel li").first();
    await first.waitFor();
    const text = await first.textContent();
    assert.match(text, /nobody-at-all/);
    assert.match(text, /content\/extra\.md:6:10/);
    assert.equal(await first.locator("mark").textContent(), "[[nobody-at-all]]");
    assert.ok(!text.includes("null") && !text.includes("undefined"), text);
    // The keyboard reaches the place, and leaves again.
    await page.keyboard.press("Escape");
    await bar(page, ".panel").waitFor({ state: "hidden" });
    assert.equal(await counts.evaluate((one) => one.getRootNode().activeElement === one), true);
    // The page itself is shown, with the pointer as it was typed.
    const broken = await open("extra/");
    await broken.waitForFunction(() => document.body.textContent.includes("nobody-at-all"));
    site.edit("content/extra.md", "First of [[nobody-at-all]] and [@nothing-at-all].", "All is well.");
    await counts.filter({ hasText: "No problems" }).waitFor();
    await shows(broken, "All is well.");
    await isKept(page);
  });

  test("the keyboard reaches the bar at once, and the focus is never lost", async () => {
    site.edit("content/extra.md", "First of all.", "First of [[one-nobody]].\n\nThen [[two-nobody]].\n\nAnd [[three-nobody]].");
    const page = await open("about/");
    await bar(page, ".counts").filter({ hasText: "3 errors" }).waitFor();
    const focus = () => page.evaluate(() => {
      const one = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
      return one.closest("li")?.querySelector("mark").textContent ?? (one.localName === "a" && one.className !== "skip" ? "a" : one.className || one.localName);
    });
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
      return focus();
    };
    assert.equal(await press("Tab"), "counts");
    // The page's own order follows.
    const rest = ["Tab", "Tab", "Tab", "Tab", "Tab", "Tab"];
    assert.equal(await press(...rest), "skip");
    assert.equal(await press(...rest.map((key) => `Shift+${key}`)), "counts");
    assert.equal(await press("Enter"), "[[one-nobody]]");
    assert.equal(await press("Tab"), "[[two-nobody]]");
    const mended = async (from, n) => {
      site.edit("content/extra.md", from, "mended");
      await bar(page, ".counts").filter({ hasText: n }).waitFor();
    };
    // Another mistake is fixed, then the one that has the focus, then the last.
    await mended("[[one-nobody]]", "2 errors");
    assert.equal(await focus(), "[[two-nobody]]");
    await mended("[[two-nobody]]", "1 error");
    assert.equal(await focus(), "[[three-nobody]]");
    await mended("[[three-nobody]]", "No problems");
    assert.equal(await focus(), "counts");
    await bar(page, ".panel").waitFor({ state: "hidden" });
    // Escape closes the list from the page too, and leaves the focus there.
    site.edit("content/extra.md", "mended", "[[four-nobody]]");
    await bar(page, ".counts").filter({ hasText: "1 error" }).waitFor();
    await press("Enter");
    await bar(page, ".panel").waitFor();
    await page.locator("main a").first().focus();
    assert.equal(await press("Escape"), "a");
    await bar(page, ".panel").waitFor({ state: "hidden" });
    // The box that says why there is no new site has the focus while it is shown.
    const book = site.read("book.toml");
    site.write("book.toml", `${book}\n[[[\n`);
    await bar(page, ".blocked").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.localName), "backgrounder-preview");
    for (let at = 0; at < 6; at++) assert.notEqual(await press("Tab"), "a");
    site.write("book.toml", book);
    await bar(page, ".blocked").waitFor({ state: "hidden" });
    assert.equal(await focus(), "a");
    await isKept(page);
  });

  test("the bar folds to its number, on every page of the window", async () => {
    site.write("content/secret.md", "---\ntitle: A secret\nembargo: 2026-01-05T09:00:00Z\n---\n\nNot for readers.\n");
    await answers("secret/", "Not for readers");
    const page = await open("secret/");
    await page.setViewportSize({ width: 360, height: 640 });
    const height = () => bar(page, "aside").evaluate((one) => one.getBoundingClientRect().height);
    await bar(page, ".mark").filter({ hasText: "Under embargo until 2026-01-05" }).waitFor();
    // With an offer of another page too.
    site.edit("content/extra.md", "First of all.", "Second of all.");
    const offered = bar(page, ".offer a");
    await offered.waitFor();
    assert.equal(await offered.textContent(), "A page of our own");
    assert.ok((await height()) <= 640 / 6, `${await height()} px`);
    await bar(page, ".fold").click();
    assert.ok((await height()) <= 40, `${await height()} px folded`);
    for (const hidden of [".mark", ".face", ".offer"]) assert.equal(await bar(page, hidden).isVisible(), false, hidden);
    await page.goto(`${preview.base}about/`);
    await bar(page, ".folded").waitFor();
    site.edit("content/extra.md", "Second of all.", "[[nobody-at-all]]");
    await bar(page, '.counts[data-short="1"]').click();
    await bar(page, ".panel li").waitFor();
    await page.keyboard.press("Escape");
    await bar(page, ".fold").click();
    await bar(page, ".face").waitFor();
  });

  test("a page that a mistake takes away stays as it was, and says so", async () => {
    const page = await open("extra/");
    const text = site.read("content/extra.md");
    // Saved in an old encoding, in which an é is a single byte.
    site.write("content/extra.md", Buffer.from(text.replace("title: A page", "title: A pagé"), "latin1"));
    await bar(page, ".kept").filter({ hasText: /as it was before the error in content\/extra\.md:\d+:\d+/ }).waitFor();
    await shows(page, "First of all.");
    // Somebody keeps saving with the mistake still there.
    const second = text.replace("First of all.", "Second of all.");
    site.write("content/extra.md", Buffer.from(second.replace("title: A page", "title: A pagé"), "latin1"));
    site.edit("content/about.md", "\ntitle:", "\ndraft: true\ntitle:");
    await answers("about/", "Draft: not published");
    await shows(page, "First of all.");
    site.write("content/extra.md", second);
    await shows(page, "Second of all.");
    await bar(page, ".kept").filter({ hasText: /^$/ }).waitFor({ state: "attached" });
    // A page that is only held back isn't there, whatever else is wrong.
    site.write("content/faulty.md", "---\ntitle: Faulty\n---\n\n[[nobody-at-all]]\n");
    await bar(page, '.counts[data-state="errors"]').waitFor();
    const draft = await open("about/");
    await bar(draft, ".face").click();
    await draft.locator("h1", { hasText: "Page not found" }).waitFor();
    await bar(draft, ".face").click();
    await bar(page, '.face[aria-pressed="false"]').waitFor();
    await isKept(page);
    // Without a mistake, what is gone is gone.
    site.remove("content/faulty.md");
    await bar(page, ".counts").filter({ hasText: "No problems" }).waitFor();
    site.remove("content/extra.md");
    await page.locator("h1", { hasText: "Page not found" }).waitFor();
  });

  test("as published, the bar counts what readers would meet", async () => {
    site.write("content/secret.md", "---\ntitle: A secret\ndraft: true\n---\n\nNot for readers.\n");
    site.edit("content/extra.md", "First of all.", "See [[secret]].");
    const page = await open("extra/");
    await bar(page, ".counts").filter({ hasText: "No problems" }).waitFor();
    await bar(page, ".face").click();
    await bar(page, ".counts").filter({ hasText: "1 error" }).click();
    assert.match(await bar(page, ".panel li").first().textContent(), /points-at-hidden/);
    await bar(page, ".face").click();
    await bar(page, ".counts").filter({ hasText: "No problems" }).waitFor();
    await isKept(page);
  });

  test("a place opens in the editor, or is copied where none is named", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    site.edit("content/extra.md", "First of all.", "First of [[nobody-at-all]].");
    const page = await open("about/");
    await bar(page, ".counts").filter({ hasText: "1 error" }).click();
    await bar(page, ".place button").click();
    await bar(page, ".said").filter({ hasText: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "content/extra.md:6:10");
    await bar(page, ".said").filter({ hasText: /^$/ }).waitFor({ state: "attached" });
    site.write("open.mjs", 'import { writeFileSync } from "node:fs";\nwriteFileSync("opened.txt", process.argv.slice(2).join(" "));\n');
    site.edit("book.toml", "[site]", `[site]\neditor = "'${process.execPath}' open.mjs {file} {line} {column}"`);
    await bar(page, '.place button[aria-label^="Open"]').click();
    let opened = "";
    for (const end = Date.now() + SLOW; !opened && Date.now() < end; await new Promise((done) => setTimeout(done, 20))) {
      if (existsSync(join(site.folder, "opened.txt"))) opened = site.read("opened.txt");
    }
    assert.match(opened, /content\/extra\.md 6 10$/);
    await isKept(page);
  });

  test("broken settings keep the last good site under words that say why", async () => {
    const page = await open("extra/");
    const book = site.read("book.toml");
    site.write("book.toml", `${book}\n[[[\n`);
    await bar(page, ".blocked").waitFor();
    assert.match(await bar(page, ".blocked").textContent(), /The site can't be built.*book\.toml/s);
    await shows(page, "First of all.");
    await page.keyboard.press("Escape");
    await bar(page, ".blocked").waitFor({ state: "hidden" });
    site.write("book.toml", `${book}\n[[[[\n`);
    await bar(page, ".blocked .wide").click();
    await bar(page, ".blocked").waitFor({ state: "hidden" });
    // Changes made in the meantime arrive with the corrected settings.
    site.edit("content/extra.md", "First of all.", "In the meantime.");
    site.write("book.toml", book);
    await shows(page, "In the meantime.");
    await bar(page, ".blocked").waitFor({ state: "hidden" });
  });

  test("a page that was away catches up", async () => {
    const [page, other] = [await open("extra/"), await open("extra/")];
    await context.setOffline(true);
    site.edit("content/extra.md", "First of all.", "While nobody listened.");
    await context.setOffline(false);
    await shows(page, "While nobody listened.");
    await shows(other, "While nobody listened.");
    // Even if the preview was down while the files changed.
    await preview.stop();
    await bar(page, ".gone").filter({ hasText: "has stopped" }).waitFor();
    // Nothing that it says is valid any more, and nothing can be done with it.
    assert.equal(await bar(page, ".counts").textContent(), "Stopped");
    for (const button of [".counts", ".face"]) assert.equal(await bar(page, button).getAttribute("aria-disabled"), "true");
    await bar(page, ".face").click({ force: true });
    assert.equal(await bar(page, ".face").getAttribute("aria-pressed"), "false");
    site.edit("content/extra.md", "While nobody listened.", "While nobody served.");
    preview = await site.serve(preview.port);
    await shows(page, "While nobody served.");
    await bar(page, ".gone").filter({ hasText: /^$/ }).waitFor({ state: "attached" });
    await bar(page, '.face[aria-disabled="false"]').waitFor();
    await bar(page, ".counts").filter({ hasText: "No problems" }).waitFor();
  });

  test("a page that comes, goes and comes back is shown as it is", async () => {
    const page = await context.newPage();
    await page.goto(`${preview.base}fresh/`);
    await page.locator("h1", { hasText: "Page not found" }).waitFor();
    site.write("content/fresh.md", "---\ntitle: Fresh\n---\n\nHere it is.\n");
    await page.locator("h1", { hasText: "Fresh" }).waitFor();
    site.edit("content/fresh.md", "---\ntitle", "---\ndraft: true\ntitle");
    await bar(page, ".mark").filter({ hasText: "Draft" }).waitFor();
  });

  test("drafts are marked, and the site can be seen as it would be published", async () => {
    site.write("content/secret.md", "---\ntitle: A secret\ndraft: true\n---\n\nNot for readers.\n");
    site.edit("content/extra.md", "First of all.", "See [[secret]].");
    const page = await open("extra/");
    const link = page.locator('main a[href*="secret"]').first();
    assert.equal(await link.locator(".withheld").textContent(), "Draft");
    const draft = await open("secret/");
    assert.equal(await bar(draft, ".mark").textContent(), "Draft");
    await bar(page, ".face").click();
    await bar(page, '.face[aria-pressed="true"]').waitFor();
    // The other window of this browser follows, and no longer has such a page.
    await draft.locator("h1", { hasText: "Page not found" }).waitFor();
    await page.waitForFunction(() => !document.querySelector('main a[href*="secret"]'));
    await bar(page, ".face").click();
    await draft.locator("h1", { hasText: "A secret" }).waitFor();
    await link.waitFor();
    await isKept(page);
  });

  test("the difference between any two pages, put into the first, makes it the second", async () => {
    const page = await open("about/");
    const wrong = await page.evaluate(async () => {
      const { needsReload, parse, patch } = await import("/.backgrounder/patch.js");
      let seed = 1;
      const below = (n) => (seed = (seed * 48271) % 2147483647) % n;
      const word = () => ["bridge", "crack", "court", "flight", "deal"][below(5)];
      const piece = (depth) => {
        const kind = below(depth > 3 ? 2 : 6);
        if (kind === 0) return `${word()} `;
        if (kind === 1) return `<a href="#${word()}">${word()}</a>`;
        const name = ["p", "li", "div", "span"][kind - 2];
        const id = below(6) === 0 ? ` id="${word()}"` : "";
        return `<${name}${id}${below(3) === 0 ? ` class="${word()}"` : ""}>${pieces(depth + 1)}</${name}>`;
      };
      const pieces = (depth) => Array.from({ length: below(6) }, () => piece(depth)).join("");
      const whole = (body) => `<!doctype html><html lang="en"><head><title>${word()}</title></head><body>${body}</body></html>`;
      const wrong = [];
      let last = whole(pieces(0));
      document.documentElement.lang = "en";
      document.head.innerHTML = parse(last).head.innerHTML;
      document.body.innerHTML = parse(last).body.innerHTML;
      for (const { name } of [...document.body.attributes]) document.body.removeAttribute(name);
      for (let at = 0; at < 400; at++) {
        const next = whole(pieces(0));
        if (needsReload(parse(last), parse(next))) wrong.push(`${at}: loads anew`);
        await patch(parse(last), parse(next));
        const wanted = parse(next);
        if (!document.body.isEqualNode(wanted.body)) wrong.push(`${at}: ${last}\n${wanted.body.innerHTML}\n${document.body.innerHTML}`);
        if (document.title !== wanted.title) wrong.push(`${at}: title`);
        last = next;
      }
      // Structured data doesn't run; what should run has run.
      const head = (inside) => parse(`<head>${inside}</head>`);
      const data = (text) => head(`<script type="application/ld+json">${text}</script>`);
      if (needsReload(data("{}"), data("[]"))) wrong.push("structured data");
      if (!needsReload(head("<script>1</script>"), head("<script>2</script>"))) wrong.push("a script");
      return wrong.slice(0, 3);
    });
    assert.deepEqual(wrong, []);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`the bar can be used by everyone, ${colorScheme}`, async () => {
      site.edit("content/extra.md", "First of all.", "First of [[nobody-at-all]].");
      const page = await open("about/");
      await page.emulateMedia({ colorScheme });
      const faults = async () => (await axeFaults(page)).filter((fault) => fault.includes("backgrounder-preview"));
      assert.deepEqual(await faults(), []);
      await bar(page, ".counts").filter({ hasText: "1 error" }).click();
      await bar(page, ".panel li").first().waitFor();
      assert.deepEqual(await faults(), []);
      site.write("book.toml", `${site.read("book.toml")}\n[[[\n`);
      await bar(page, ".blocked").waitFor();
      assert.deepEqual(await faults(), []);
      await isKept(page);
    });
  }
});
