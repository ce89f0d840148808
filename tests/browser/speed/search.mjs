// Measures the search of a finished site in Chromium: from each keystroke to its names and first sentences, and the bytes
// fetched up to the complete results.
//
//     node speed/search.mjs SITE [BASE-URL] [QUERIES]
//
// SITE is the folder of a built site, BASE-URL the address it was built for. Queries are made from the site's own index, the
// same on every run: names, and words of sentences. Each is typed letter by letter into a page that has nothing in its cache.
// Printed are the median and the 95th percentile of a keystroke, as the processor is and four times slower, and the bytes over
// the wire (gzip): before the first result, and for a whole query. It fails if a bound of the design is broken: 50 ms for the
// 95th percentile, 200 KB for a query; 60 KB before the first result of a site with fewer than 1,000 names.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../lib/browser.mjs";
import { serve } from "../lib/server.mjs";

const [folder, baseUrl = "https://example.org/", count = "40"] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node speed/search.mjs SITE [BASE-URL] [QUERIES]");
  process.exit(2);
}

let seed = 7;
const random = (below) => ((seed = (seed * 1103515245 + 12345) % 2147483648), Math.floor((seed / 2147483648) * below));
const data = (name) => JSON.parse(readFileSync(join(folder, `search/${name}.js`), "utf8").replace(/^[^,]*,/, "").replace(/\)\n$/, ""));
const names = data("names");
const files = readdirSync(join(folder, "search/texts")).length;

/** Words that readers may look for: a name, or up to three longer words of a sentence. */
function query() {
  if (random(2) === 0) return names.rows[random(names.rows.length)][1].split(" ").slice(0, 4).join(" ");
  for (;;) {
    const docs = data(`texts/${random(files)}`).filter((doc) => doc && doc[5].length > 0);
    if (docs.length === 0) continue;
    const sentences = docs[random(docs.length)][5];
    const words = sentences[random(sentences.length)].split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3);
    if (words.length > 0) return words.slice(0, 1 + random(3)).join(" ");
  }
}

const percentile = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const KB = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

/** Types one query; returns the milliseconds of each keystroke and those that the page worked, the bytes before the first result, and all bytes. */
async function type(browser, base, text, rate) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const finished = [];
  page.on("requestfinished", (request) => finished.push(request));
  await page.goto(base, { waitUntil: "load" });
  const debug = await context.newCDPSession(page);
  await debug.send("Emulation.setCPUThrottlingRate", { rate });
  await debug.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => 1000 * (await debug.send("Performance.getMetrics")).metrics.find((one) => one.name === "TaskDuration").value;
  await page.evaluate(() => {
    const list = document.querySelector(".search-results");
    window.keystrokes = [];
    document.getElementById("page--query").addEventListener("input", () => {
      const start = performance.now();
      window.shown = new Promise((done) => {
        new MutationObserver((_, observer) => {
          if (list.ariaBusy !== "false") return;
          observer.disconnect();
          window.keystrokes.push(performance.now() - start);
          done();
        }).observe(list, { attributes: true });
      });
    }, true);
  });
  const fetched = async () => {
    const sizes = await Promise.all(finished.filter((one) => /\/search\/|\/search\.[0-9a-f]+\.js/.test(one.url())).map((one) => one.sizes()));
    return sizes.reduce((sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize, 0);
  };
  // Opening is not a keystroke: a reader who opens the search needs longer than this to begin.
  await page.keyboard.press("/");
  await page.waitForFunction(() => window.backgrounderSearch);
  await page.waitForLoadState("networkidle");
  let first = 0;
  const work = [];
  for (const letter of text) {
    const before = await worked();
    await page.keyboard.type(letter);
    await page.evaluate(() => window.shown);
    work.push((await worked()) - before);
    if (!first && (await page.locator(".search-results li").count()) > 0) first = await fetched();
  }
  await page.waitForFunction(() => document.querySelector(".search-status").textContent);
  const times = await page.evaluate(() => window.keystrokes);
  const all = await fetched();
  await context.close();
  return { times, work, first, all };
}

const queries = Array.from({ length: Number(count) }, query);
const browser = await launch();
const server = await serve(folder, { baseUrl, encodings: ["gzip"] });
const faults = [];
for (const rate of [1, 4]) {
  const runs = [];
  for (const text of queries) runs.push({ text, ...(await type(browser, server.base, text, rate)) });
  const times = runs.flatMap((run) => run.times);
  const work = runs.flatMap((run) => run.work);
  const most = runs.reduce((a, b) => (b.all > a.all ? b : a));
  const first = Math.max(...runs.map((run) => run.first));
  const slow = runs.reduce((a, b) => (Math.max(...b.times) > Math.max(...a.times) ? b : a));
  console.log(
    `${rate === 1 ? "as it is" : `${rate} times slower`}: ${times.length} keystrokes of ${queries.length} queries, median ${percentile(times, 0.5).toFixed(1)} ms, ` +
      `95th percentile ${percentile(times, 0.95).toFixed(1)} ms, longest ${Math.max(...times).toFixed(0)} ms (“${slow.text}”); ` +
      `work of the main thread ${percentile(work, 0.5).toFixed(1)} and ${percentile(work, 0.95).toFixed(1)} ms; ` +
      `at most ${KB(first)} before the first result; a query ${KB(percentile(runs.map((run) => run.all), 0.5))} in the middle, at most ${KB(most.all)} (“${most.text}”)`,
  );
  if (rate > 1) continue;
  if (percentile(times, 0.95) > 50) faults.push(`the 95th percentile of a keystroke is ${percentile(times, 0.95).toFixed(1)} ms, more than 50`);
  if (most.all > 200_000) faults.push(`“${most.text}” fetched ${KB(most.all)}, more than 200`);
  if (names.rows.length < 1000 && first > 60_000) faults.push(`${KB(first)} before the first result, more than 60`);
}
await server.close();
await browser.close();
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
