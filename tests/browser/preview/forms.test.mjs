// Editing in the preview: forms for records beside the page, as somebody fills them in, and what the files say afterward.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import { axeFaults } from "../lib/visit.mjs";
import { Site } from "./running.mjs";

const EVENTS = "content/events/2025.yaml";

let browser, site, preview, context, page, event, title;
before(async () => (browser = await launch()));
after(() => browser?.close());
beforeEach(async () => {
  site = new Site();
  event = /^- id: (\S+)/m.exec(site.read(EVENTS))[1];
  title = /^ {2}title: "?(.*?)"?$/m.exec(site.read(EVENTS))[1];
  preview = await site.serve();
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(20_000);
});
afterEach(async () => {
  await context?.close();
  await preview?.stop();
  site?.remove();
});

const bar = (selector) => page.locator(`backgrounder-preview ${selector}`);
const desk = (selector) => page.locator(`backgrounder-desk ${selector}`);
const labeled = (label) => page.locator("backgrounder-desk").getByLabel(label, { exact: true });

/** Opens a page and marks it: it must never load anew. */
async function open(path) {
  page = await context.newPage();
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => /policy|refused to/i.test(message.text()) && page.faults.push(message.text()));
  // A page that was only just saved isn't there yet.
  for (const end = Date.now() + 20_000; Date.now() < end && !(await fetch(preview.base + path)).ok; ) await new Promise((done) => setTimeout(done, 20));
  await page.goto(preview.base + path);
  await bar(".edit:not([hidden])").first().waitFor();
  await page.evaluate(() => (window.mark = "kept"));
}

async function isKept() {
  assert.equal(await page.evaluate(() => window.mark), "kept", "the page was loaded anew");
  assert.deepEqual(page.faults, []);
}

const shows = (words) => page.waitForFunction((words) => document.body.textContent.includes(words), words);
const says = (words) => desk(".status").getByText(words).waitFor();
const saved = async () => {
  await desk(".save").click();
  await says("Saved.");
};

describe("editing in the preview", { timeout: 120_000 }, () => {
  test("an event's title and date are changed, and undone", async () => {
    const before = site.read(EVENTS);
    await open(`events/${event}/`);
    await bar(".edit").first().click();
    await labeled("Title (required)").fill("Something else happened");
    await labeled("Date (required)").fill("since May 2025");
    await desk(".means").first().getByText("since May 2025 (ongoing)").waitFor();
    await saved();
    await shows("Something else happened");
    await shows("since May 2025");
    await isKept();
    const lines = (text) => text.split("\n");
    const differ = lines(site.read(EVENTS)).filter((line, at) => line !== lines(before)[at]);
    assert.deepEqual(differ.map((line) => line.trim()), ["date: 2025-05/..", "title: Something else happened"]);
    // A date that is none is refused at its field, and nothing is written.
    const now = site.read(EVENTS);
    await labeled("Date (required)").fill("the other day");
    await desk(".save").click();
    await desk(".fault:not([hidden])").getByText("is not a date").waitFor();
    assert.equal(site.read(EVENTS), now);
    await labeled("Date (required)").fill("2025-05/..");
    await labeled("Title (required)").fill("Once more");
    await saved();
    await desk(".status .link").click();
    await says("Undone.");
    assert.equal(site.read(EVENTS), now);
    await isKept();
  });

  test("a new event is added by the keyboard alone, with records found by their words", async () => {
    await open("timeline/");
    await bar(".edit:not([hidden])").last().focus();
    await page.keyboard.press("Enter");
    await desk(".kinds").waitFor();
    assert.equal(await page.evaluate(() => document.querySelector("backgrounder-desk").shadowRoot.activeElement.textContent), "Event");
    await page.keyboard.press("Enter");
    await labeled("Title (required)").waitFor();
    // The focus is in the first field: the date.
    await page.keyboard.type("March 5, 2025");
    await page.keyboard.press("Tab");
    await page.keyboard.type("A meeting: with a colon");
    const tabTo = async (name) => {
      for (let tabs = 0; tabs < 12; tabs++) {
        await page.keyboard.press("Tab");
        const label = await page.evaluate(() => document.querySelector("backgrounder-desk").shadowRoot.activeElement.closest(".field")?.dataset.at);
        if (label === name) return;
      }
      assert.fail(`no way to ${name}`);
    };
    await tabTo("entities");
    await page.keyboard.type("nayib buk");
    await desk("[data-at=entities] [role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await desk("[data-at=entities] .chip").getByText("nayib-bukele").waitFor();
    await tabTo("sources");
    await page.keyboard.type("ap");
    await desk("[data-at=sources] [role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await says("Added as a-meeting-with-a-colon.");
    const added = site.read(EVENTS).split("- id: a-meeting-with-a-colon\n")[1];
    assert.match(added, /^ {2}date: 2025-03-05\n {2}title: "A meeting: with a colon"\n {2}entities: \[nayib-bukele\]\n {2}sources: \[\S+\]\n/);
    await shows("A meeting: with a colon");
    await isKept();
    // Escape closes, and the focus is back where it was.
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.querySelector("backgrounder-preview").shadowRoot.activeElement?.textContent), "New …");
  });

  test("a fix is applied from the list of problems, and undone", async () => {
    const text = `---\ntitle: Wrong\nkind: page\n---\n\nSee [[${event}x]] and [[nayib-bukele]].\n`;
    site.write("content/wrong.md", text);
    await open("wrong/");
    await bar(".counts[data-state=errors]").click();
    await bar(".fix").getByText(`Replace ${event}x with ${event}`).click();
    await bar(".done").getByText("Fixed:").waitFor();
    assert.equal(site.read("content/wrong.md"), text.replace(`${event}x`, event));
    await page.waitForFunction(() => !document.querySelector(".unresolved"));
    // The page needs another script now, and is loaded anew. What was done can still be undone.
    await bar(".done .link").click();
    await bar(".done").getByText("Undone.").waitFor();
    assert.equal(site.read("content/wrong.md"), text);
    assert.deepEqual(page.faults, []);
  });

  test("a page is loaded anew only once it has said what was done", async () => {
    const text = `---\ntitle: Wrong\nkind: page\n---\n\nSee [[${event}x]] and [[nayib-bukele]].\n`;
    site.write("content/wrong.md", text);
    await open("wrong/");
    // The server has made the change, the page has heard that there is a new edition, and only the answer is late.
    await page.route("**/.backgrounder/desk/{fix,undo}", async (route) => {
      const response = await route.fetch();
      await page.waitForResponse("**/.backgrounder/sync");
      await new Promise((done) => setTimeout(done, 1000));
      // A page that is gone waits for no answer.
      await route.fulfill({ response }).catch(() => {});
    });
    await bar(".counts[data-state=errors]").click();
    await bar(".fix").first().click();
    await bar(".done").getByText("Fixed:").waitFor();
    await page.waitForFunction(() => window.mark === undefined && !document.querySelector(".unresolved"));
    await page.evaluate(() => (window.mark = "kept"));
    await bar(".done .link").click();
    await bar(".done").getByText("Undone.").waitFor();
    await page.waitForFunction(() => window.mark === undefined && document.querySelector(".unresolved"));
    await bar(".done").getByText("Undone.").waitFor();
    assert.equal(site.read("content/wrong.md"), text);
    assert.deepEqual(page.faults, []);
  });

  test("a form survives a page that is loaded anew twice", async () => {
    const text = (link) => `---\ntitle: Own\nkind: page\n---\n\nSee ${link}.\n`;
    const linked = text(`[[${event}]]`);
    site.write("content/own.md", linked);
    await open("own/");
    await bar(".edit").first().click();
    await labeled("Title").fill("Unsaved");
    // Before the page that is loaded has asked for anything, it is out of date again.
    const other = page.waitForEvent("framenavigated").then(() =>
      page.route("**/.backgrounder/sync", async (route) => {
        site.write("content/own.md", linked);
        const version = () => fetch(`${preview.base}own/`).then((response) => response.text());
        for (const end = Date.now() + 20_000; Date.now() < end && !(await version()).includes(`events/${event}/`); ) await new Promise((done) => setTimeout(done, 20));
        await route.continue();
      }, { times: 1 }));
    site.write("content/own.md", text("nothing"));
    await other;
    await page.waitForFunction(() => window.mark === undefined);
    await page.locator(`main a[href*="${event}"]`).first().waitFor();
    await desk(".panel").waitFor();
    assert.equal(await labeled("Title").inputValue(), "Unsaved");
    assert.deepEqual(page.faults, []);
  });

  test("what somebody else saved in the meantime is shown, and the editor chooses", async () => {
    await open(`events/${event}/`);
    await bar(".edit").first().click();
    await labeled("Title (required)").fill("Mine");
    // Before the page hears of it.
    await page.route("**/.backgrounder/sync", (route) => route.abort());
    site.edit(EVENTS, title, "Theirs");
    const theirs = site.read(EVENTS);
    await desk(".save").click();
    await desk(".theirs pre").getByText("Theirs").waitFor();
    await says("Nothing was written");
    assert.equal(site.read(EVENTS), theirs);
    assert.equal(await labeled("Title (required)").inputValue(), "Mine");
    await saved();
    assert.equal(site.read(EVENTS), theirs.replace("Theirs", "Mine"));
    // Changes aren't lost by closing.
    await labeled("Title (required)").fill("Unsaved");
    await page.keyboard.press("Escape");
    await desk(".leaving").getByText("You have unsaved changes.").waitFor();
    await page.keyboard.press("Enter");
    assert.equal(await labeled("Title (required)").inputValue(), "Unsaved");
    await page.keyboard.press("Escape");
    await desk(".leaving button").last().click();
    await desk(".panel").waitFor({ state: "hidden" });
    assert.equal(site.read(EVENTS), theirs.replace("Theirs", "Mine"));
  });

  test("Alt and a click lead from a paragraph to its line, and a text is edited beside its page", async () => {
    site.write("content/own.md", `---\ntitle: Our own\nkind: page\n---\n\nFirst of all.\n\nThen [[${event}]] with words of its own.\n`);
    await open("own/");
    await page.locator("main p", { hasText: "words of its own" }).click({ modifiers: ["Alt"], position: { x: 5, y: 5 } });
    const area = labeled("Text");
    await area.waitFor();
    const chosen = () => area.evaluate((one) => one.value.slice(one.selectionStart, one.selectionEnd));
    assert.match(await chosen(), /^Then \[\[.*of its own\.$/);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.type(" See [[nayib");
    await desk(".body [role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type(".");
    await saved();
    assert.match(site.read("content/own.md"), /words of its own\. See \[\[nayib-bukele\]\]\.\n$/);
    await page.locator('main a[href*="nayib-bukele"]').first().waitFor();
    await isKept();
  });

  test("axe finds nothing in forms, light and dark, on a phone and a desk", async () => {
    await open(`events/${event}/`);
    for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await bar(".edit").first().click();
      await desk(".more summary").click();
      await desk("[data-at=entities] input[role=combobox]").fill("court");
      await desk("[data-at=entities] [role=option]").first().waitFor();
      assert.deepEqual(await axeFaults(page), [], `${width} ${colorScheme}`);
      // Nothing sticks out of the panel.
      assert.ok(await desk(".content").evaluate((one) => one.scrollWidth <= one.clientWidth), "scrolls sideways");
      await desk("[data-at=entities] input[role=combobox]").fill("");
      await page.keyboard.press("Escape");
      if (await desk(".panel").isVisible()) await page.keyboard.press("Escape");
      await desk(".panel").waitFor({ state: "hidden" });
    }
    await isKept();
  });
});
