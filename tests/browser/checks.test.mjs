// Tests the browser checks on small pages with planted faults: a check that finds nothing there is worthless.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { launch } from "./lib/browser.mjs";
import * as check from "./lib/checks.mjs";
import { temporaryFolder } from "./lib/files.mjs";
import { focusFaults, jumpFaults, skipFaults } from "./lib/keyboard.mjs";
import { paperFaults, printStyleFaults } from "./lib/print.mjs";
import { serve } from "./lib/server.mjs";
import { themeFaults } from "./lib/theme.mjs";
import { INSIDE, emulate, resize, visit } from "./lib/visit.mjs";

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * Gives a page its font. Text is as wide as its font, and machines have different ones, so it is one of the
 * repository's. It is there before anything is drawn, makes no request and needs no policy: the checks are about those.
 */
const FONT = `{
  const font = new FontFace("Own", Uint8Array.from(atob("${readFileSync(new URL("../../static/theme/fonts/newsreader-text-core.woff2", import.meta.url), "base64")}"), (c) => c.charCodeAt()));
  document.fonts.add(font);
}`;

const STYLE = `
:root { font-family: Own; color-scheme: light dark; color: #111; background: #fff; line-height: 1.5; scroll-padding-top: 4rem; overflow-wrap: anywhere }
body { margin: 0 } main { max-width: 27em; margin: auto; padding: 1rem }
header { position: sticky; top: 0; background: #fff; padding: 0.25rem } header a, li a { display: inline-block; min-height: 24px }
a { color: #004a99 } :focus-visible { outline: 3px solid #004a99; outline-offset: 2px }
.skip { position: absolute; left: -999px } .skip:focus { left: 0; top: 0; z-index: 1; background: #fff }
.mark::before { content: ""; display: inline-block; width: 8px; height: 8px; border: 2px solid; background: #004a99 }
.ears { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
button { min-height: 24px }
@media (prefers-color-scheme: dark) { :root, header, .skip:focus { color: #eee; background: #111 } a { color: #9cf } :focus-visible { outline-color: #9cf } }
@media print {
  :root, header { color: #000; background: #fff } .skip, nav, .site-nav, button { display: none }
  details::details-content { content-visibility: visible; block-size: auto }
  a[rel~="external"]::after { content: " (" attr(href) ")" }
}
@page { margin: 2cm; @bottom-left { content: "As of 22 December 2025" } }`;

const TEXT = "The quick brown fox jumps over the lazy dog, and nobody at the table says a word about it, since all of them saw it. ".repeat(30);

/** A page that every check passes. `style`, `body`, `head` add to it; `policy` and the rest replace what it has. */
function page({ style = "", body = "", head = "", policy, icon = '<link rel="icon" href="icon.svg">', description = '<meta name="description" content="A page">', skip = '<a class="skip" href="#main">Skip</a>', lead = "" } = {}) {
  const css = STYLE + style;
  policy ??= `default-src 'none'; style-src ${hash(css)}; img-src 'self' data:; base-uri 'none'; form-action 'none'`;
  const meta = policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">${meta}<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page</title>${description}${icon}<style>${css}</style>${head}</head><body>${skip}${lead}
<header><nav class="site-nav" aria-label="Site"><a href="good.html">Home</a> <a href="#end">To the end</a></nav></header>
<main id="main"><h1>A page</h1><p>See <a href="good.html">what is good</a>.</p><p class="text">${TEXT}</p><p class="ears">For ears</p>
<button type="button" popovertarget="over">Open</button><div id="over" popover><p><a href="good.html">Inside</a></p></div>
<p class="mark">A mark</p><details><summary>More</summary><p>Hidden at first.</p></details>${body}
<section class="sources"><h2 id="end">Sources</h2><ol><li>One, <a rel="external" href="https://news.example/a/long-story">Story</a> <a class="back" href="#main" aria-label="Back">↩</a></li></ol></section>
<p>${TEXT}</p></main><footer><p class="as-of">As of 22 December 2025</p></footer></body></html>`;
}

const OPEN = "";  // no policy at all, for faults that a policy would prevent
const script = (text) => ({ body: `<script>${text}</script>`, policy: OPEN });

const CHECKS = {
  load: (page, visited) => visited.faults(),
  head: (page) => check.headFaults(page),
  layout: check.layoutFaults,
  covered: check.coveredFaults,
  bar: (page) => check.barFaults(page),
  access: check.accessFaults,
  dark: async (page) => (await emulate(page, { colorScheme: "dark" }), check.colorFaults(page)),
  shift: check.shiftFaults,
  popover: check.popoverFaults,
  folded: async (page) => (await check.unfold(page), check.accessFaults(page)),
  line: (page) => check.lineFaults(page, ".text"),
  spacing: check.spacingFaults,
  letters: check.letterFaults,
  weight: async (page, visited) => check.weightFaults(await visited.transfers(), 3000, 200),
  motion: async (page) => (await emulate(page, { reducedMotion: "reduce" }), check.motionFaults(page)),
  marks: (page) => check.markFaults(page, () => emulate(page, { forcedColors: "active" })),
  narrow: async (page) => {
    const wide = await page.evaluate(() => window.reader.words());
    await resize(page, 320, 256);
    return check.missingWords(wide, await page.evaluate(() => window.reader.words()), "cannot be read at 320 px");
  },
  skip: skipFaults,
  focus: focusFaults,
  jump: (page) => jumpFaults(page, ["header a[href='#end']"]),
  print: printStyleFaults,
  paper: paperFaults,
};

// Which check must find what, on which page. The name of the check comes before the colon.
const FAULTS = {
  "load: a message on the console": [script('console.info("hello")'), /^console info: hello/],
  "load: a script that fails": [script("nope()"), /^script error: nope is not defined/],
  "load: a picture that is not there": [{ body: '<img src="none.png" alt="None" width="10" height="10">' }, /^answered with 404: .*none\.png/],
  "load: a picture from another host": [{ body: '<img src="OTHER/icon.svg" alt="An icon" width="10" height="10">', policy: OPEN }, /^third-party request: .*icon\.svg/],
  "load: what the policy refuses": [{ body: '<p style="color: red">Red</p>' }, /^policy violated: style-src-attr refused inline/],
  "head: no policy": [{ policy: OPEN }, /^no Content-Security-Policy/],
  "head: a policy that lets everything in": [{ policy: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'" }, /allows 'unsafe-inline' in style-src/],
  "head: a policy for another host": [{ policy: "default-src 'self'; style-src 'self' https://fonts.example; base-uri 'none'; form-action 'none'" }, /allows https:\/\/fonts\.example in style-src/],
  "head: a policy with holes": [{ policy: "script-src 'self'" }, /default-src is missing/, /no base-uri/, /no form-action/],
  "head: a preconnection": [{ head: '<link rel="preconnect" href="https://fonts.example">' }, /^talks to another host: .*fonts\.example/],
  "head: no icon": [{ icon: "" }, /^no <link rel="icon">/],
  "head: no description": [{ description: "" }, /^no description/],
  "layout: a wide box": [{ style: ".wide { width: 2000px }", body: '<p class="wide">Wide</p>' }, /^scrolls sideways by \d+ px: p\.wide/],
  "layout: a long word": [{ style: ".long { overflow-wrap: normal }", body: `<p class="long">${"long".repeat(200)}</p>` }, /^scrolls sideways by \d+ px: p\.long/],
  "layout: what hides that it is too wide": [{ style: "html, body { overflow-x: clip } .wide { width: 2000px }", body: '<p class="wide">Wide</p>' }, /(scrolls sideways|sticks out).*p\.wide/],
  "layout: text cut off": [{ style: ".cut { height: 1.5em; overflow: hidden }", body: `<p class="cut">${TEXT}</p>` }, /^text cut off: p\.cut/],
  "layout: an ellipsis": [{ style: ".dots { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }", body: `<p class="dots">${TEXT}</p>` }, /^text cut off: p\.dots/],
  "covered: a box over text": [{ style: ".lid { margin-top: -2rem; height: 2rem; background: #fff; position: relative }", body: '<p class="under">Under</p><div class="lid"></div>' }, /^text covered: p\.under “Under” under div\.lid/],
  "bar: half of the window": [{ style: "header { height: 60vh }" }, /^6\d % of the window/],
  "access: a picture without words": [{ body: '<img src="icon.svg" width="20" height="20">' }, /^axe image-alt/],
  "access: small targets side by side": [{ style: ".tiny { min-height: 0; width: 10px; height: 10px; padding: 0; border: 0 }", body: '<button class="tiny" aria-label="a"></button><button class="tiny" aria-label="b"></button>' }, /^axe target-size/],
  "access: pale letters": [{ style: ".pale { color: #999 }", body: '<p class="pale">Pale</p>' }, /^axe color-contrast/],
  "dark: letters that are pale only in the dark": [{ style: "@media (prefers-color-scheme: dark) { .pale { color: #444 } }", body: '<p class="pale">Pale</p>' }, /^axe color-contrast/],
  "shift: a picture without its size": [{ lead: '<img src="slow.svg" alt="Slow">' }, /^layout shifted by 0\.\d+: .*(h1|p|main|header)/],
  "popover: one that is wider than the window": [{ style: "#over { width: 200vw; max-width: none }" }, /^“Open” opened: (scrolls|sticks)/],
  "popover: pale letters in it": [{ style: "#over p { color: #999 }", body: '<script>over.innerHTML = "<p>Pale</p>" + over.innerHTML</script>', policy: OPEN }, /^“Open” opened: axe color-contrast/],
  "popover: one that opens nothing": [{ body: '<button type="button" popovertarget="shut">Nothing</button><div id="shut" popover>x</div><script>shut.addEventListener("beforetoggle", (e) => e.preventDefault())</script>', policy: OPEN }, /^“Nothing” opens nothing/],
  "popover: one that Escape does not close": [{ body: '<button type="button" popovertarget="stay">Stay</button><div id="stay" popover="manual"><a href="good.html">x</a></div>' }, /^“Stay” is not closed by Escape/],
  "folded: pale letters in details": [{ style: ".pale { color: #999 }", body: '<details><summary>More</summary><p class="pale">Pale</p></details>' }, /^axe color-contrast/],
  "line: long lines": [{ style: "main { max-width: 70em }" }, /^lines of text have 1\d\d characters/],
  "line: no text": [{ style: ".text { display: none }" }, /^only 0 lines/],
  "spacing: a box of one line": [{ style: ".one { width: 7em; height: 1.6em; overflow: hidden }", body: '<p class="one">Fits just here</p>' }, /^with wide spacing: text cut off: p\.one/],
  "letters: a size in pixels": [{ style: "p, li { font-size: 16px }" }, /^letters do not follow .*16 px become 16 px/],
  "weight: a long page": [{ body: `<p>${Array.from({ length: 900 }, (_, i) => (i * 7919 * 104729) % 1000003).join(" ")}</p>` }, /bytes, more than 3000:\n +\d+  \/sub\//],
  "weight: a script": [{ head: '<script src="long.js"></script>', policy: OPEN }, /bytes of scripts, more than 200:[^]*long\.js/],
  "motion: an animation": [{ style: "@keyframes turn { to { rotate: 1turn } } h1 { animation: turn 1s infinite }" , policy: OPEN }, /animation/],
  "motion: smooth scrolling": [{ style: "html { scroll-behavior: smooth }" }, /smooth scrolling on html/],
  "marks: a mark of color alone": [{ style: ".mark::before { border: 0 }" }, /^vanishes when colors are forced: p\.mark “A mark”::before/],
  "marks: text in colors of its own": [{ style: ".text { forced-color-adjust: none }" }, /^text keeps its own colors.*p\.text/],
  "narrow: what only wide windows show": [{ style: "@media (width < 500px) { .extra { display: none } }", body: '<p class="extra">For the wide</p>' }, /“For the wide”/],
  "skip: no skip link": [{ skip: "" }, /^the first stop is a “Home”/],
  "skip: a skip link that is never seen": [{ style: ".skip:focus { left: -999px }" }, /^the skip link is not seen/],
  "focus: an order of its own": [{ body: '<p><a href="good.html" tabindex="2">First?</a></p>' }, /^stop \d should be a “First\?”/],
  "focus: no sign of it": [{ style: "main p a:focus { outline: none !important }" }, /^looks the same with and without focus: a “what is good”/],
  "focus: a sign without an outline": [{ style: "main p a:focus { outline: none !important; background: #ff0 }" }, /^has no outline/],
  "focus: a faint ring": [{ style: ":focus-visible { outline-color: #ddd !important }" }, /^its focus ring has a contrast of 1\.\d/],
  "focus: under a bar": [{ style: ":root { scroll-padding-top: 0 } header { position: fixed; inset: 0 0 auto; height: 70vh; }" }, /^under .* when it has the focus/],
  "focus: outside of the window": [{ style: ".off { position: fixed; left: -500px }", body: '<a class="off" href="good.html">Off</a>' }, /^outside the window when it has the focus: a\.off/],
  "jump: under a bar": [{ style: ":root { scroll-padding-top: 0 } header { height: 4rem }" }, /leads to #end, but it lies under (header|nav)/],
  "print: what is of no use on paper": [{ style: "@media print { .site-nav { display: block } }" }, /^printed although.*nav\.site-nav/],
  "print: dark paper": [{ style: "@media (prefers-color-scheme: dark) { html:root { background: #111; color: #ccc } }" }, /^the paper is not white/, /^ink has a contrast of 1\.\d/],
  "print: details that stay closed": [{ style: "@media print { details::details-content { content-visibility: hidden } }" }, /^closed on paper: details/],
  "paper: text that is left out": [{ style: "@media print { .text { display: none } }", body: '<p class="text">Only on the screen</p>' }, /^not printed: .*“Only on the screen”/],
  "paper: an address that is left out": [{ style: '@media print { a[rel~="external"]::after { content: none } }' }, /^1 of 1 addresses .*news\.example/],
  "paper: the day on one sheet only": [{ style: "@page { @bottom-left { content: none } }", body: `<p>${TEXT.repeat(3)}</p>` }, /^“As of 22 December 2025” is missing on [1-9] of/],
};

let folder, server, other, browser;
const file = (name) => `${name.replace(/[^a-z]+/g, "-")}.html`;

before(async () => {
  const icon = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" height="300"/></svg>';
  folder = temporaryFolder({ "good.html": page(), "icon.svg": icon, "slow.svg": icon, "long.js": `/* ${"0123456789abcdef".repeat(20)} */` });
  const delay = (path) => (path.endsWith("slow.svg") ? 300 : 0);
  [server, other, browser] = await Promise.all([serve(folder.path, { baseUrl: "http://localhost/sub", delay }), serve(folder.path), launch()]);
  const files = Object.fromEntries(Object.entries(FAULTS).map(([name, [parts]]) => [file(name), page(parts).replaceAll("OTHER/", other.base)]));
  folder.add(files);
});
after(() => Promise.all([server?.close(), other?.close(), browser?.close(), folder?.remove()]));

async function run(name, url) {
  const visited = await visit(browser, server.base + url, { viewport: { width: 800, height: 600 }, colorScheme: "light", before: (page) => page.addInitScript(FONT) });
  const fonts = await visited.page.evaluate(() => [...document.fonts].map(({ family, status }) => `${family}: ${status}`));
  assert.deepEqual(fonts, ["Own: loaded"], "the page is set in the font of the machine");
  const faults = await CHECKS[name](visited.page, visited);
  await visited.close();
  return faults;
}

describe("a page without faults passes", { concurrency: 3, timeout: 600_000 }, () => {
  for (const name of Object.keys(CHECKS)) test(name, async () => assert.deepEqual(await run(name, "good.html"), []));
});

describe("a planted fault is found", { concurrency: 3, timeout: 600_000 }, () => {
  for (const [name, [, ...expected]] of Object.entries(FAULTS)) {
    test(name, async () => {
      const faults = await run(name.split(":")[0], file(name));
      for (const pattern of expected) assert.ok(faults.some((fault) => pattern.test(fault)), `no ${pattern} in:\n${faults.join("\n") || "nothing"}`);
    });
  }
});

test("every check has a fault that it finds", () => {
  const covered = new Set(Object.keys(FAULTS).map((name) => name.split(":")[0]));
  assert.deepEqual(Object.keys(CHECKS).filter((name) => !covered.has(name)), []);
});

describe("the theme switch", { concurrency: 3, timeout: 600_000 }, () => {
  const SWITCH = '<button class="theme-switch" type="button" aria-pressed="false" hidden>Dark</button>';
  const COLOURS = "<style>:root { background: #fff } @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { background: #111 } } :root[data-theme=dark] { background: #111 }</style>";
  const remember = 'try { document.documentElement.dataset.theme = localStorage.theme ?? "" } catch {}';
  const act = `addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button"), os = matchMedia("(prefers-color-scheme: dark)"), html = document.documentElement;
    const dark = () => (html.dataset.theme || (os.matches ? "dark" : "light")) === "dark";
    button.hidden = false; button.ariaPressed = dark();
    button.onclick = () => { const to = dark() ? "light" : "dark"; html.dataset.theme = to === (os.matches ? "dark" : "light") ? "" : to; button.ariaPressed = dark(); STORE }
  })`;
  const store = "try { localStorage.theme = html.dataset.theme } catch {}";
  const make = (head, foot = "", button = SWITCH) =>
    `<!DOCTYPE html><html lang="en" data-theme=""><head><meta charset="utf-8"><title>A</title>${COLOURS}<link rel="icon" href="data:,">${head}</head><body>${button}<p>${TEXT}</p>${foot}</body></html>`;
  const tag = (text) => `<script>${text}</script>`;
  const CASES = {
    "a good one passes": [make(tag(remember) + tag(act.replace("STORE", store)))],
    "none": [make("", "", ""), /no button/],
    "one that does nothing": [make(tag(act.replace(/button\.onclick[^]*STORE \}/, ""))), /does not change the theme/],
    "one that forgets": [make(tag(remember) + tag(act.replace("STORE", ""))), /forgotten on the next page/],
    "one that flashes": [make(tag(act.replace("STORE", store)), tag(remember)), /flash/],
    "one that needs storage": [make(tag(remember) + tag(act.replace("STORE", "localStorage.theme = html.dataset.theme"))), /without storage/],
    "one that does not say what it is": [make(tag(remember) + tag(act.replace("STORE", store).replaceAll("button.ariaPressed = dark();", ""))), /aria-pressed/],
  };
  for (const [name, [html, pattern]] of Object.entries(CASES)) {
    test(name, async () => {
      const path = `switch-${file(name)}`;
      folder.add({ [path]: html });
      const faults = await themeFaults(browser, server.base, [path, path]);
      if (pattern) assert.ok(faults.some((fault) => pattern.test(fault)), `no ${pattern} in:\n${faults.join("\n") || "nothing"}`);
      else assert.deepEqual(faults, []);
    });
  }
});

test("what needs a script is told from what does not", async () => {
  folder.add({ "dead.html": page({ body: '<button id="b">Press</button><p id="p"></p><script>p.textContent = "Made by a script"</script>', policy: OPEN }) });
  const say = async (options) => {
    const visited = await visit(browser, `${server.base}dead.html`, options);
    if (options.javaScriptEnabled === false) await visited.page.evaluate(INSIDE);
    const result = { words: await visited.page.evaluate(() => window.reader.words()), dead: await check.deadFaults(visited.page) };
    await visited.close();
    return result;
  };
  const [scripted, plain] = [await say({}), await say({ javaScriptEnabled: false })];
  assert.match(check.missingWords(scripted.words, plain.words, "lost")[0], /lost: “Made by a script”/);
  assert.match(plain.dead[0], /button#b “Press”/);
});

test("a page answered with the wrong status is a fault", async () => {
  const lost = await visit(browser, `${server.base}nowhere/`, { status: 404 });
  assert.deepEqual((await lost.faults()).filter((fault) => !/console/.test(fault)), []);
  const wrong = await visit(browser, `${server.base}good.html`, { status: 404 });
  assert.match((await wrong.faults())[0], /^answered with 200/);
  await Promise.all([lost.close(), wrong.close()]);
});
