// One page, opened in its own context, noting everything that goes wrong while it is open.

import { readFileSync } from "node:fs";
import axe from "axe-core";

/** What the checks need inside a page, as the text of a script. */
export const INSIDE = readFileSync(new URL("inside.js", import.meta.url), "utf8");

/**
 * Opens `url` and waits until nothing moves. `options` are those of a context (`viewport`, `colorScheme`,
 * `javaScriptEnabled` …), and `before(page)`, which is called before anything is loaded.
 *
 * Returns the `page`, `transfers` (each response with its bytes over the wire), `faults()`, which says what has gone
 * wrong so far, and `close()`. `status` is the status that the page itself must have. Unless `lateFonts`, a page that was drawn
 * without its fonts is loaded once more.
 */
export async function visit(browser, url, { status = 200, before, lateFonts = false, ...options } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const scripted = options.javaScriptEnabled !== false;
  const { origin } = new URL(url);
  const faults = [];
  const finished = [];

  // Only requests that were refused are looked up: a page that fails quietly is what the tests are for.
  page.on("console", (message) => {
    // Chromium reports the 404 page's own status as an error; the status is checked below.
    if (status === 404 && message.location().url === url && /status of 404/.test(message.text())) return;
    // It says this of every page with a fragment that has a field to be focused once something opens, such as the search.
    if (message.type() === "info" && /^Autofocus processing was blocked/.test(message.text())) return;
    const where = message.location().url;
    faults.push(`console ${message.type()}: ${message.text()}${where && where !== url ? ` (${where})` : ""}`);
  });
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // A reader who leaves a page before it has everything, the icon say, ends its requests. That is the browser's own doing.
    if (reason !== "net::ERR_ABORTED") faults.push(`request failed: ${request.url()} (${reason})`);
  });
  page.on("request", (request) => {
    const target = new URL(request.url());
    if (target.origin !== origin && target.protocol !== "data:") faults.push(`third-party request: ${request.url()}`);
  });
  page.on("response", (response) => {
    const expected = response.url() === url ? response.status() === status : response.status() < 400;
    if (!expected) faults.push(`answered with ${response.status()}: ${response.url()}`);
  });
  page.on("requestfinished", (request) => finished.push(request));

  if (scripted) await page.addInitScript({ content: INSIDE });
  await before?.(page);
  await page.goto(url, { waitUntil: "load" });
  if (scripted) await settle(page);
  // The theme does without a font that comes too late for the first paint, and on a busy machine any may. Then it is in the
  // cache. What is measured has to be the same everywhere.
  for (let tries = 0; scripted && !lateFonts && tries < 5 && (await page.evaluate(isWithoutFonts)); tries++) {
    await page.reload({ waitUntil: "load" });
    await settle(page);
  }

  return {
    page,
    transfers: () => Promise.all(finished.map(measure)),
    async faults() {
      const policy = scripted ? await page.evaluate(() => window.reader.seen.policy) : [];
      return [...faults, ...policy.map((text) => `policy violated: ${text}`)];
    },
    close: () => context.close(),
  };
}

/** Whether the page, in which this runs, is drawn without a font that it has loaded. */
function isWithoutFonts() {
  const canvas = document.createElement("canvas").getContext("2d");
  const width = (weight, family) => {
    canvas.font = `${weight} 16px ${family}`;
    return canvas.measureText("Where it stands").width;
  };
  const isLetters = ({ status, style, unicodeRange }) => status === "loaded" && style === "normal" && unicodeRange.startsWith("U+20-7E");
  return [...document.fonts].filter(isLetters).some(({ family, weight }) => {
    const first = weight.split(" ")[0];
    return width(first, `${family}, monospace`) === width(first, "monospace");
  });
}

async function measure(request) {
  const sizes = await request.sizes();
  return { url: request.url(), type: request.resourceType(), bytes: sizes.responseBodySize, headers: sizes.responseHeadersSize };
}

/** Waits for fonts, for anything that still moves, and for two frames to be drawn. */
export function settle(page) {
  return page.evaluate(async () => {
    await document.fonts.ready;
    // Endless motion isn't waited for: the check on motion finds it.
    const ends = document.getAnimations().filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime));
    await Promise.race([Promise.allSettled(ends.map((animation) => animation.finished)), new Promise((done) => setTimeout(done, 2000))]);
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await drawn();
    // On a busy machine, a font is first asked for by what was just drawn.
    while (document.fonts.status === "loading") {
      await document.fonts.ready;
      await drawn();
    }
  });
}

/** Shows the page in the other theme, as the system would ask for it, or in another medium. */
export async function emulate(page, media) {
  await page.emulateMedia(media);
  await settle(page);
}

export async function resize(page, width, height) {
  await page.setViewportSize({ width, height });
  await settle(page);
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Axe's findings, one line for each place. `rules` limits it to some rules. */
export async function axeFaults(page, { rules, root } = {}) {
  // Evaluated by the debugger, which isn't bound by the page's policy; a script element would be refused.
  if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axe.source);
  const results = await page.evaluate(
    async ({ rules, tags, root }) => {
      const { violations } = await window.axe.run(root ?? document, {
        runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values: tags },
        resultTypes: ["violations"],
        preload: false, // Fetches every style sheet again, for one rule that we don't ask for.
      });
      return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((n) => ({ target: n.target.join(" "), why: [...n.any, ...n.all, ...n.none][0]?.message })) }));
    },
    { rules, tags: TAGS, root },
  );
  return results.flatMap(({ id, help, nodes }) => {
    // A fault in a component is on the page many times: three places are enough to find it.
    const shown = nodes.slice(0, 3).map(({ target, why }) => `axe ${id}: ${help}: ${target}${why ? ` (${why})` : ""}`);
    return nodes.length > 3 ? [...shown, `axe ${id}: and ${nodes.length - 3} places more`] : shown;
  });
}
