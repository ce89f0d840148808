// The search: by mouse, touch and keyboard, without JavaScript, from a disk, and what it costs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { layoutFaults } from "../lib/checks.mjs";
import { firstSection } from "../lib/pages.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";
import { axeFaults, emulate, settle, visit } from "../lib/visit.mjs";

const { folder } = siteFolder();
const vectors = JSON.parse(readFileSync(new URL("../../../src/output/search/vectors.json", import.meta.url), "utf8"));
/** The data that a file of the search hands over. */
const data = (name) => JSON.parse(readFileSync(join(folder, `search/${name}.js`), "utf8").replace(/^[^,]*,/, "").replace(/\)\n$/, ""));
const names = data("names");
/** A person of the site, and one of the sentences of its first section. */
const person = names.rows.find((row) => row[0] === 1);
const sentence = data("texts/0")[0][5].filter((text) => text.split(" ").length > 8)[1];
const phrase = sentence.split(/[^\p{L}]+/u).filter((word) => word.length > 5).slice(0, 3).join(" ");

let site;
before(async () => (site = await openSite({ encodings: ["gzip"] })));
after(() => site?.close());

const open = (options = {}, path = "") => visit(site.browser, site.base + path, { viewport: { width: 1280, height: 900 }, ...options });
const results = (page) => page.locator(".search-results a");
const isOpen = (page) => page.evaluate(() => document.getElementById("page--search").matches(":popover-open"));

/** Waits until the search has said how many results there are. */
const said = (page) =>
  page.waitForFunction(() => document.querySelector(".search-results").ariaBusy === "false" && document.querySelector(".search-status").textContent);

/** Types a query as readers do, and waits for its results. */
async function type(page, query) {
  await page.locator("#page--query").fill(query);
  await said(page);
}

test("texts are taken apart as the program does it", async () => {
  const { page, close } = await open();
  await page.keyboard.press("/");
  await page.waitForFunction(() => window.backgrounderSearch);
  const words = await page.evaluate((texts) => texts.map((text) => window.backgrounderSearch.words(text)), vectors.words.map(([text]) => text));
  assert.deepEqual(words, vectors.words.map(([, words]) => words));
  const shards = await page.evaluate((shards) => shards.map(([word, of]) => window.backgrounderSearch.shard(word, of)), vectors.shards);
  assert.deepEqual(shards, vectors.shards.map(([, , shard]) => shard));
  await close();
});

describe("what is found", () => {
  let visited;
  before(async () => (visited = await open()));
  after(() => visited?.close());

  test("a name, then sentences, with a link to each", async () => {
    const { page } = visited;
    await page.locator(".search-open").click();
    await type(page, person[1]);
    assert.equal(await page.locator(".search-results li:first-child .search-name").innerText(), person[1]);
    assert.ok((await page.locator(".search-text").count()) > 0, "no sentence has the name");
    const addresses = await results(page).evaluateAll((links) => links.map((link) => link.href));
    for (const address of addresses) {
      const { pathname } = new URL(address);
      assert.equal((await page.request.get(address)).status(), 200, pathname);
    }
    assert.match(page.url(), /[?&]search=/);
  });

  test("a sentence by its words, in any case, without accents, by their beginnings", async () => {
    const { page } = visited;
    for (const query of [phrase, phrase.toUpperCase(), phrase.replace(/.$/, ""), phrase.replace(/a/, "á")]) {
      await type(page, query);
      const texts = await page.locator(".search-text").allInnerTexts();
      assert.ok(texts.includes(sentence), `“${query}” finds ${JSON.stringify(texts)}, and not “${sentence}”`);
      assert.ok((await page.locator(".search-text mark").count()) > 0);
    }
  });

  test("nothing, which is said", async () => {
    const { page } = visited;
    await type(page, "qqqqxz");
    assert.equal(await results(page).count(), 0);
    assert.match(await page.locator(".search-status").innerText(), /qqqqxz/);
  });

  test("nothing that a page did not allow", async () => assert.deepEqual(await visited.faults(), []));
});

for (const [width, height, colorScheme] of [[360, 740, "light"], [1280, 900, "dark"]]) {
  test(`open with results at ${width} px: axe, layout, both themes`, async () => {
    const { page, faults, close } = await open({ viewport: { width, height }, colorScheme }, firstSection(folder).path);
    await page.locator(".search-open").click();
    await settle(page);
    assert.deepEqual(await axeFaults(page, { root: "#page--search" }), []);
    await type(page, person[1]);
    for (const scheme of ["light", "dark"]) {
      await emulate(page, { colorScheme: scheme });
      assert.deepEqual(await axeFaults(page, { root: "#page--search" }), [], scheme);
    }
    assert.deepEqual(await layoutFaults(page), []);
    assert.deepEqual(await faults(), []);
    await close();
  });
}

test("by keyboard alone", async () => {
  const { page, close } = await open({}, firstSection(folder).path);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.localName);
  await page.keyboard.press("/");
  assert.equal(await focused(), "page--query");
  await page.keyboard.type(person[1]);
  await results(page).first().waitFor();
  await page.keyboard.press("ArrowDown");
  // More results come after a pause, and leave the focus where it is.
  await said(page);
  assert.equal(await page.evaluate(() => document.activeElement === document.querySelector(".search-results a")), true);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(), "page--query");
  // In the field, a slash is a slash.
  await page.keyboard.type("/");
  assert.ok((await page.locator("#page--query").inputValue()).endsWith("/"));
  await page.keyboard.press("Escape");
  if (await isOpen(page)) await page.keyboard.press("Escape"); // The first one empties the field.
  assert.equal(await isOpen(page), false);
  assert.doesNotMatch(page.url(), /search=/);
  await page.keyboard.press("Control+k");
  assert.equal(await focused(), "page--query");
  await page.locator("#page--query").fill(person[1]);
  await said(page);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname.endsWith(`/${person[2]}`));
  // The way back leads to the results.
  await page.goBack();
  await said(page);
  assert.equal(await page.locator("#page--query").inputValue(), person[1]);
  await close();
});

test("on the timeline the slash is its filter's, and Ctrl-K opens the search", async () => {
  const { page, faults, close } = await open({}, "timeline/");
  await page.waitForFunction(() => !document.getElementById("timeline--filter").hidden);
  const focused = () => page.evaluate(() => document.activeElement.name || document.activeElement.className);
  await page.keyboard.press("/");
  assert.equal(await focused(), "q");
  assert.equal(await isOpen(page), false);
  await page.keyboard.press("Control+k");
  assert.equal(await isOpen(page), true);
  await type(page, person[1]);
  await page.keyboard.press("ArrowDown");
  // The timeline's keys don't reach behind the open search.
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement === document.querySelector(".search-results a")), true);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "page--query");
  assert.deepEqual(await faults(), []);
  await close();
});

test("the slash can be turned off, and stays off", async () => {
  const { page, close } = await open();
  await page.keyboard.press("/");
  await page.locator(".search-settings input").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  assert.equal(await isOpen(page), false);
  await page.reload();
  await page.keyboard.press("/");
  assert.equal(await isOpen(page), false);
  await page.keyboard.press("Control+k");
  assert.equal(await isOpen(page), true);
  await close();
});

test("by touch, and an address with a query", async () => {
  const { page, close } = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await page.locator(".search-open").tap();
  await type(page, person[1]);
  const address = page.url();
  await results(page).first().tap();
  await page.waitForURL((url) => url.pathname.endsWith(`/${person[2]}`));
  await page.goto(address);
  await said(page);
  assert.equal(await page.locator(".search-results li:first-child .search-name").innerText(), person[1]);
  await close();
});

test("without JavaScript the button opens the lists", async () => {
  const { page, close } = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  await page.locator(".search-open").click();
  assert.equal(await page.locator("#page--query").isVisible(), false);
  const links = await page.locator(".search-lists a").all();
  assert.ok(links.length > 3 && (await links[0].isVisible()));
  await close();
});

test("from a disk", async () => {
  const context = await site.browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => errors.push(message.text()));
  await page.goto(pathToFileURL(resolve(folder, firstSection(folder).path, "index.html")).href);
  await page.keyboard.press("/");
  await type(page, person[1]);
  assert.ok((await page.locator(".search-text").count()) > 0);
  const first = await results(page).first().evaluate((link) => link.href);
  assert.equal(first, pathToFileURL(resolve(folder, person[2])).href + "/");
  // Chromium takes no fonts and no modules from a disk, and says so; of the search it says nothing.
  assert.deepEqual(errors.filter((text) => /\/search(-open)?[.\/]/.test(text)), []);
  await context.close();
});

test("a first result costs at most 60 KB, a query at most 200 KB, and a page nothing before", async (t) => {
  const { page, transfers, close } = await open();
  const sum = async () => {
    const own = (await transfers()).filter(({ url }) => /\/search\/|\/search\.[0-9a-f]+\.js/.test(url));
    return own.reduce((total, { bytes, headers }) => total + bytes + headers, 0);
  };
  assert.equal(await sum(), 0);
  await page.keyboard.press("/");
  await page.keyboard.type(person[1].split(" ").at(-1).slice(0, 4));
  await said(page);
  const first = await sum();
  t.diagnostic(`${first} bytes before the first results are whole`);
  assert.ok(first <= 60_000, `${first} bytes`);
  await type(page, phrase);
  t.diagnostic(`${await sum()} bytes after a query of three words`);
  assert.ok((await sum()) - first <= 200_000);
  await close();
});
