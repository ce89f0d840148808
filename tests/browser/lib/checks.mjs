// The checks on an open page, each a function from the page to the faults it found, in words. Measurements inside the
// page are in inside.js.

import { axeFaults, settle } from "./visit.mjs";

/** At most `limit` of a list, and how many more there are. */
function some(list, limit = 4) {
  return list.length > limit ? [...list.slice(0, limit), `and ${list.length - limit} more`] : list;
}

/** Nothing can be scrolled sideways, sticks out, or is cut off. */
export async function layoutFaults(page) {
  const { by, culprits } = await page.evaluate(() => window.reader.sideways());
  const faults = [];
  if (by > 0) faults.push(`scrolls sideways by ${by} px: ${some(culprits).join("; ") || "no single element sticks out"}`);
  else if (culprits.length > 0) faults.push(`sticks out of the page: ${some(culprits).join("; ")}`);
  const cut = await page.evaluate(() => window.reader.cutOff());
  if (cut.length > 0) faults.push(`text cut off: ${some(cut).join("; ")}`);
  return faults;
}

/** No text is covered by something else. Scrolls through the page. */
export async function coveredFaults(page) {
  const covered = await page.evaluate(() => window.reader.covered());
  return covered.length > 0 ? [`text covered: ${some(covered).join("; ")}`] : [];
}

/** Bars that stay in the window leave most of it to the text. */
export async function barFaults(page, most = 0.4) {
  const taken = await page.evaluate(() => window.reader.taken());
  return taken > most ? [`${Math.round(taken * 100)} % of the window's height is taken by what does not scroll`] : [];
}

/** All of axe once, and for the second theme the rules that colors affect. */
export const accessFaults = (page) => axeFaults(page);
export const colorFaults = (page) => axeFaults(page, { rules: ["color-contrast", "link-in-text-block"] });

/** The policy refuses everything unforeseen, and nothing in the head contacts other hosts. `lost`: it is the 404 page. */
export async function headFaults(page, lost = false) {
  const { policy, icon, foreign, description } = await page.evaluate(() => window.reader.head());
  const faults = foreign.map((link) => `talks to another host: ${link}`);
  if (!icon) faults.push('no <link rel="icon">: browsers then ask the host for /favicon.ico, outside the site');
  if (!description && !lost) faults.push("no description in the head, which search engines and shared links show");
  if (policy === null) return [...faults, "no Content-Security-Policy in the head"];
  const directives = new Map(policy.split(";").map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name.toLowerCase(), values]));
  const fallback = directives.get("default-src")?.join(" ");
  if (fallback !== "'none'" && fallback !== "'self'") faults.push(`the policy's default-src is ${fallback ?? "missing"}, not 'none' or 'self'`);
  if (directives.get("base-uri") === undefined) faults.push("the policy has no base-uri, which default-src does not stand in for");
  if (directives.get("form-action") === undefined) faults.push("the policy has no form-action, which default-src does not stand in for");
  for (const [name, values] of directives) {
    for (const value of values) {
      // Data addresses are only for pictures: as a script or a style they are as bad as 'unsafe-inline'.
      const fine = /^'(none|self|sha(256|384|512)-[A-Za-z0-9+/=]+|wasm-unsafe-eval)'$/.test(value) || (name === "img-src" && value === "data:");
      if (!fine) faults.push(`the policy allows ${value} in ${name}`);
    }
  }
  return faults;
}

/** Smaller shifts are rounding errors: the browser names no element that moved. */
const SHIFT = 0.0001;

/** Nothing moved while the page was loading. */
export async function shiftFaults(page) {
  const shifts = await page.evaluate(() => window.reader.seen.shifts);
  const sum = shifts.reduce((total, shift) => total + shift.value, 0);
  return sum >= SHIFT ? [`layout shifted by ${sum.toFixed(4)}: ${some(shifts.flatMap((shift) => shift.moved)).join("; ")}`] : [];
}

/** Lines of running text are neither long nor short: the median line has 60 to 70 characters. */
export async function lineFaults(page, selector) {
  const lengths = await page.evaluate((selector) => window.reader.lineLengths(selector), selector);
  if (lengths.length < 20) return [`only ${lengths.length} lines of text found by ${selector}`];
  const middle = lengths[lengths.length >> 1];
  return middle < 60 || middle > 70 ? [`lines of text have ${middle} characters, not 60 to 70`] : [];
}

/** Everything that can be read in one view of a page can be read in the other. */
export function missingWords(before, after, what) {
  const there = new Set(after);
  const lost = [...new Set(before)].filter((text) => !there.has(text));
  return lost.length > 0 ? [`${what}: ${some(lost.map((text) => `“${text.slice(0, 60)}”`)).join(", ")}`] : [];
}

/** With motion reduced, nothing moves. */
export async function motionFaults(page) {
  const motion = await page.evaluate(() => window.reader.motion());
  return motion.length > 0 ? [`moves although motion is to be reduced: ${some([...new Set(motion)]).join("; ")}`] : [];
}

/**
 * What only a background draws vanishes when colors are forced. `force` forces them; every mark that had ink before
 * must have some afterward. And text may not keep its own color, on a background that is no longer its own.
 */
export async function markFaults(page, force) {
  const before = await page.evaluate(() => window.reader.marks());
  await force();
  const after = await page.evaluate(() => window.reader.marks());
  const unforced = await page.evaluate(() => window.reader.unforced());
  const faults = unforced.length > 0 ? [`text keeps its own colors when all others are forced: ${some(unforced).join("; ")}`] : [];
  if (before.length !== after.length) return [...faults, `forced colors show ${after.length} marks, not ${before.length}`];
  const lost = new Map();
  before.forEach((mark, i) => mark.ink && !after[i].ink && !lost.has(mark.kind) && lost.set(mark.kind, mark.what));
  return lost.size > 0 ? [...faults, `vanishes when colors are forced: ${some([...lost.values()]).join("; ")}`] : faults;
}

/** How much came over the wire: `most` and, as part of it, `scripts`, in bytes with headers. */
export function weightFaults(transfers, most, scripts) {
  const sum = (list) => list.reduce((total, { bytes, headers }) => total + bytes + headers, 0);
  const table = transfers.map(({ url, bytes }) => `\n    ${String(bytes).padStart(7)}  ${new URL(url).pathname}`).join("");
  const [all, js] = [sum(transfers), sum(transfers.filter(({ type }) => type === "script"))];
  const faults = [];
  if (all > most) faults.push(`${all} bytes, more than ${most}:${table}`);
  if (js > scripts) faults.push(`${js} bytes of scripts, more than ${scripts}:${table}`);
  return faults;
}

/** The whole page grows when the reader asks the browser for letters of double size, and nothing is lost. */
export async function letterFaults(page) {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main p, main li")).fontSize));
  const before = await size();
  const debug = await page.context().newCDPSession(page);
  await debug.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  // Letters whose size also depends on the width of the window grow less than twofold.
  const after = await size();
  const faults = (await layoutFaults(page)).map((fault) => `with letters of double size: ${fault}`);
  if (after < before * 1.5) faults.push(`letters do not follow the reader's own size: ${before} px become ${after} px when it is doubled`);
  await debug.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  return faults;
}

/** WCAG 1.4.12: nothing is lost when a reader sets more space between lines, words and letters. */
export async function spacingFaults(page) {
  await page.evaluate(() => {
    // A style sheet from the debugger isn't bound by the page's policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets.push(sheet);
  });
  const faults = (await layoutFaults(page)).map((fault) => `with wide spacing: ${fault}`);
  await page.evaluate(() => void document.adoptedStyleSheets.pop());
  return faults;
}

/** What can be pressed but does nothing without scripts. A button that opens a popover needs none. */
export async function deadFaults(page) {
  const dead = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, select")].filter((e) => e.checkVisibility() && !e.popoverTargetElement && !e.form).map(window.reader.describe),
  );
  return dead.length > 0 ? [`does nothing without JavaScript: ${some(dead).join("; ")}`] : [];
}

/** Opens everything that is folded, so that what is inside is checked too. */
export function unfold(page) {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/**
 * What opens over the page, opened by keyboard: it is visible, passes axe, has the next stop, fits the window, and
 * closes with Escape, which returns the focus to its button. Buttons that aren't shown at this width are skipped.
 */
export async function popoverFaults(page) {
  const faults = [];
  for (const button of await page.locator("button[popovertarget]:not([popovertargetaction=hide])").all()) {
    if (!(await button.isVisible())) continue;
    const name = await button.innerText();
    const id = await button.getAttribute("popovertarget");
    const open = () => page.evaluate((id) => document.getElementById(id).matches(":popover-open"), id);
    await button.press("Enter");
    await settle(page);
    if (!(await open())) {
      faults.push(`“${name}” opens nothing`);
      continue;
    }
    faults.push(...(await layoutFaults(page)).map((fault) => `“${name}” opened: ${fault}`));
    faults.push(...(await axeFaults(page, { root: `#${escaped(id)}` })).map((fault) => `“${name}” opened: ${fault}`));
    const hidden = await page.evaluate((id) => window.reader.covered(document.getElementById(id)), id);
    if (hidden.length > 0) faults.push(`“${name}” opened: text covered: ${some(hidden).join("; ")}`);
    await page.keyboard.press("Tab");
    const inside = await page.evaluate((id) => document.getElementById(id).contains(document.activeElement), id);
    if (!inside) faults.push(`“${name}” opened: the next stop is not in it`);
    await page.keyboard.press("Escape");
    if (await open()) faults.push(`“${name}” is not closed by Escape`);
    else if (!(await button.evaluate((element) => element === document.activeElement))) faults.push(`“${name}” does not have the focus again when it is closed`);
  }
  return faults;
}

/** An id as a selector. */
const escaped = (id) => id.replace(/[^\w-]/g, "\\$&");
