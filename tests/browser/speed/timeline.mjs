// Measures the interactive timeline of a large site, in Chromium with the processor throttled four times.
//
//     node speed/timeline.mjs PROGRAM [EVENTS …]
//
// PROGRAM builds a made-up site for each number of events (by default 2000 and 5000). Printed are: the longest task after
// the first paint, the time from an interaction to the next paint (the slowest of several), frames dropped while scrolling
// through 2 s of the list, and memory. It fails if a bound of the design is broken.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { launch } from "../lib/browser.mjs";
import { temporaryFolder } from "../lib/files.mjs";
import { manyEvents } from "../lib/many_events.mjs";
import { serve } from "../lib/server.mjs";

/** The most milliseconds from an interaction to the next paint, by number of events. */
const BOUND = (events) => (events > 2000 ? 200 : 100);
const LONGEST_TASK = 100;

/** From an interaction to the next paint, as the browser's own event timing has it, of the slowest click or key. */
async function slowest(page, act) {
  await page.evaluate(() => (window.slow = 0));
  await act();
  await page.waitForTimeout(400);
  return page.evaluate(() => window.slow);
}

async function measure(browser, url, faults, count) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  await debug.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    window.slow = 0;
    window.tasks = [];
    window.painted = Infinity;
    new PerformanceObserver((list) => list.getEntries().forEach((one) => one.interactionId && (window.slow = Math.max(window.slow, one.duration)))).observe({ type: "event", durationThreshold: 16, buffered: true });
    new PerformanceObserver((list) => list.getEntries().forEach((one) => window.tasks.push([one.startTime, one.duration]))).observe({ type: "longtask", buffered: true });
    new PerformanceObserver((list) => list.getEntries().forEach((one) => one.name === "first-contentful-paint" && (window.painted = one.startTime))).observe({ type: "paint", buffered: true });
  });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(1500);
  const longest = await page.evaluate(() => Math.max(0, ...window.tasks.filter(([start]) => start > window.painted).map(([, duration]) => duration)));

  const times = {};
  times.section = await slowest(page, () => page.click("input[name=section]"));
  times.major = await slowest(page, () => page.click("input[name=major]"));
  times["all again"] = await slowest(page, () => page.click("input[name=section]"));
  await page.focus("[data-part=from]");
  times.slider = await slowest(page, async () => {
    for (let i = 0; i < 6; i++) await page.keyboard.press("Shift+ArrowRight");
  });
  await page.focus("input[name=q]");
  await page.waitForTimeout(800);
  times.text = await slowest(page, () => page.keyboard.type("event 12", { delay: 60 }));
  await page.click("[data-part=clear]");
  await page.waitForTimeout(300);
  await page.focus("select[name=order]");
  times.newest = await slowest(page, () => page.keyboard.press("ArrowDown"));
  await page.click("input[name=major]").catch(() => {});

  // Through the list, which loads as it comes.
  const frames = await page.evaluate(async () => {
    const gaps = [];
    let last = performance.now();
    for (let i = 0; i < 120; i++) {
      scrollBy({ top: 160, behavior: "instant" });
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      gaps.push(now - last);
      last = now;
    }
    return gaps;
  });
  const memory = (await debug.send("Performance.enable"), await debug.send("Performance.getMetrics")).metrics;
  const metric = (name) => memory.find((one) => one.name === name)?.value ?? 0;
  const dropped = frames.filter((gap) => gap > 34).length;
  console.log(`${count} events: longest task after the first paint ${Math.round(longest)} ms; ${Object.entries(times).map(([name, ms]) => `${name} ${Math.round(ms)} ms`).join(", ")}; ${dropped} of ${frames.length} frames late, the longest ${Math.round(Math.max(...frames))} ms; ${(metric("JSHeapUsedSize") / 1e6).toFixed(1)} MB of JavaScript, ${metric("Nodes")} nodes`);
  if (longest > LONGEST_TASK) faults.push(`${count} events: a task of ${Math.round(longest)} ms after the first paint`);
  for (const [name, ms] of Object.entries(times)) if (ms > BOUND(count)) faults.push(`${count} events: ${name} took ${Math.round(ms)} ms to the next paint, more than ${BOUND(count)}`);
  await context.close();
}

const [program, ...counts] = process.argv.slice(2);
if (!program) {
  console.error("usage: node speed/timeline.mjs PROGRAM [EVENTS …]");
  process.exit(2);
}
const browser = await launch();
const faults = [];
for (const count of counts.length ? counts.map(Number) : [2000, 5000]) {
  const folder = temporaryFolder(manyEvents(count));
  const out = join(folder.path, "out");
  execFileSync(program, ["build", folder.path, "-d", out, "--base-url", "https://example.org"], { stdio: ["ignore", "ignore", "inherit"] });
  const server = await serve(out, { baseUrl: "https://example.org" });
  await measure(browser, `${server.base}timeline/`, faults, count);
  await server.close();
  folder.remove();
}
await browser.close();
if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
