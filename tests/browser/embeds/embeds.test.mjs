// Embeds, films, sounds and documents on a page. Every request to another host is caught and counted: there is none before a
// reader asks, and then only those of the one frame.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch } from "../lib/browser.mjs";
import * as check from "../lib/checks.mjs";
import { serve } from "../lib/server.mjs";
import { Faults } from "../lib/site.mjs";
import { axeFaults, emulate, settle, visit } from "../lib/visit.mjs";
import { buildSite } from "./site.mjs";

let site, server, browser;
before(async () => {
  site = buildSite();
  [server, browser] = await Promise.all([serve(site.folder), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.close();
  site?.remove();
});

/** Opens a page, and answers requests to other hosts with a page of their own: `asked` are those requests. */
async function open(name, options = {}) {
  const asked = [];
  const visited = await visit(browser, `${server.base}${name}/`, {
    viewport: { width: 1280, height: 900 },
    ...options,
    async before(page) {
      await page.route(
        (url) => !url.href.startsWith(server.base),
        (route) => {
          asked.push({ url: route.request().url(), referrer: route.request().headers().referer });
          return route.fulfill({ contentType: "text/html", body: '<!doctype html><html lang="en"><title>Frame</title><button>Play</button>' });
        },
      );
    },
  });
  return { ...visited, asked };
}

/** The faults of a page without those of the frame that a reader asked for. */
const withoutFrame = async (visited) => (await visited.faults()).filter((fault) => !fault.includes("youtube-nocookie.com"));

const FRAME = "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw?start=4";
const SHOW = { name: "Show (loads from youtube.com)" };

describe("embeds", { timeout: 120_000 }, () => {
  for (const width of [360, 1280]) {
    test(`ask nobody and fit at ${width} px, light and dark, before and after`, async () => {
      const faults = new Faults();
      const visited = await open("embeds", { viewport: { width, height: 900 } });
      const { page, asked } = visited;
      await page.evaluate(async () => {
        for (const picture of document.images) await picture.decode();
      });
      for (const colorScheme of ["light", "dark"]) {
        await emulate(page, { colorScheme });
        faults.add(`${width} ${colorScheme}`, [...(await check.layoutFaults(page)), ...(await axeFaults(page))]);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `embeds-${width}-${colorScheme}.png`), fullPage: true });
      }
      faults.add("before", await visited.faults());
      faults.add("before", asked.map(({ url }) => `asked for ${url}`));
      await page.getByRole("button", SHOW).click();
      await page.frameLocator(".embed-frame").getByRole("button", { name: "Play" }).waitFor();
      await settle(page);
      faults.add("after", [...(await check.layoutFaults(page)), ...(await withoutFrame(visited))]);
      if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `embeds-${width}-shown.png`), fullPage: true });
      const shape = await page.locator(".embed-frame").boundingBox();
      if (Math.abs(shape.width / shape.height - 16 / 9) > 0.05) faults.add("after", [`the frame is ${shape.width} by ${shape.height}`]);
      faults.none();
      assert.deepEqual(asked, [{ url: FRAME, referrer: new URL(server.base).origin + "/" }], "only the frame, which learns the origin");
      await visited.close();
    });
  }

  test("are shown with the keyboard, and the frame has the focus, a name and a sandbox", async () => {
    const visited = await open("embeds");
    const { page, asked } = visited;
    const button = page.getByRole("button", SHOW);
    await button.focus();
    assert.notEqual(await button.evaluate((element) => getComputedStyle(element).outlineStyle), "none", "the focus is seen");
    await page.keyboard.press("Enter");
    await page.frameLocator(".embed-frame").getByRole("button", { name: "Play" }).waitFor();
    await settle(page);
    const frame = await page.evaluate(() => {
      const frame = document.activeElement;
      return { tag: frame.tagName, title: frame.title, sandbox: frame.getAttribute("sandbox"), allow: frame.allow, referrer: frame.referrerPolicy };
    });
    assert.deepEqual(frame, {
      tag: "IFRAME",
      title: "The first video on YouTube",
      sandbox: "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation",
      allow: "fullscreen; picture-in-picture; encrypted-media",
      referrer: "strict-origin-when-cross-origin",
    });
    await page.keyboard.press("Tab");
    assert.equal(await page.frameLocator(".embed-frame").locator(":focus").textContent(), "Play", "Tab leads into the frame");
    // The second one is another host, and learns nothing of the page.
    await page.getByRole("button", { name: "Show (loads from mastodon.social)" }).press("Enter");
    await page.frameLocator(".embed-frame >> nth=1").getByRole("button", { name: "Play" }).waitFor();
    assert.deepEqual(asked.slice(1), [{ url: "https://mastodon.social/@Mastodon/109382645836258393/embed", referrer: undefined }]);
    assert.equal(await page.getByRole("button", { name: /^Show/ }).count(), 0, "what can only be linked to has no button");
    await visited.close();
  });

  test("are a picture and a link without JavaScript and on paper", async () => {
    const bare = await open("embeds", { javaScriptEnabled: false });
    assert.equal(await bare.page.locator(".embed-show").first().isVisible(), false);
    assert.ok(await bare.page.getByRole("link", { name: "Open on YouTube" }).isVisible());
    assert.ok(await bare.page.locator(".embed-still img").isVisible());
    assert.deepEqual([bare.asked, await bare.faults()], [[], []]);
    await bare.close();
    const visited = await open("embeds");
    await visited.page.getByRole("button", SHOW).click();
    await emulate(visited.page, { media: "print" });
    const page = visited.page;
    assert.equal(await page.locator(".embed-frame").isVisible(), false, "no frame on paper");
    assert.ok(await page.locator(".embed-still img").isVisible());
    assert.equal(await page.locator(".embed-show").first().isVisible(), false);
    const printed = await page.getByRole("link", { name: "Open on YouTube" }).evaluate((link) => getComputedStyle(link, "::after").content + link.getAttribute("href"));
    assert.match(printed, /youtube\.com\/watch\?v=jNQXAC9IVRw/);
    await visited.close();
  });

  test("are in the policy of their page alone, which refuses every other frame", async () => {
    const policy = (page) => page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]').content);
    const plain = await open("plain");
    assert.ok(!(await policy(plain.page)).includes("frame-src"));
    assert.deepEqual(await plain.page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /embeds|films/.test(name)).length), 0);
    await plain.close();
    const { page, asked, close } = await open("embeds");
    assert.match(await policy(page), /; frame-src https:\/\/mastodon\.social https:\/\/www\.youtube-nocookie\.com$/);
    await page.evaluate(async () => {
      const frame = document.createElement("iframe");
      frame.src = "https://tracker.example/";
      document.body.append(frame);
      await new Promise((done) => addEventListener("securitypolicyviolation", done, { once: true }));
    });
    assert.deepEqual(asked, []);
    await close();
  });
});

describe("films, sounds and documents", { timeout: 120_000 }, () => {
  for (const width of [360, 1280]) {
    test(`keep their room and load nothing at ${width} px, light and dark`, async () => {
      const faults = new Faults();
      const visited = await open("films", { viewport: { width, height: 900 } });
      const { page, asked } = visited;
      for (const colorScheme of ["light", "dark"]) {
        await emulate(page, { colorScheme });
        const wrong = await page.evaluate(() => {
          const faults = [];
          for (const film of document.querySelectorAll("video")) {
            const box = film.getBoundingClientRect();
            const stated = Number(film.getAttribute("width")) / Number(film.getAttribute("height"));
            if (Math.abs(box.width / box.height / stated - 1) > 0.05) faults.push(`a film of the shape ${stated} is ${box.width} by ${box.height}`);
            if (box.height > innerHeight * 0.8 + 1) faults.push(`a film is ${box.height} px high`);
          }
          return faults;
        });
        faults.add(`${width} ${colorScheme}`, [...wrong, ...(await check.layoutFaults(page)), ...(await axeFaults(page))]);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `films-${width}-${colorScheme}.png`), fullPage: true });
      }
      const loaded = server.log.filter(({ path }) => /\.(mp4|mp3|pdf|vtt)$/.test(path)).map(({ path }) => `loaded ${path}`);
      faults.add("loading", [...loaded, ...asked.map(({ url }) => url), ...(await visited.faults())]);
      faults.none();
      await visited.close();
    });
  }

  test("have names, captions, posters and pages", async () => {
    const { page, close } = await open("films");
    const film = page.locator("video").first();
    assert.equal(await film.getAttribute("aria-label"), "The mayor speaks to reporters");
    assert.match(await film.getAttribute("poster"), /media\/statement\.png/);
    assert.deepEqual(await film.evaluate((film) => [...film.textTracks].map(({ kind, label, language }) => [kind, label, language])), [["captions", "Captions", "en"]]);
    assert.ok(await page.getByRole("link", { name: "Video (MP4, 2:14, 3.4 MB)" }).isVisible());
    assert.ok(await page.getByText("PDF (1 KB, 4 pages)").isVisible());
    await emulate(page, { media: "print" });
    assert.ok(await page.getByText("The mayor speaks to reporters").isVisible(), "what can't be played on paper is named");
    assert.equal(await page.locator("audio").isVisible(), false);
    const address = await page.locator(".sound .media-file a").evaluate((link) => getComputedStyle(link, "::after").content + link.dataset.address);
    assert.match(address, /https:\/\/example\.org\/media\/lawyer\.mp3/);
    await close();
  });
});
