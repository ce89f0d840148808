// The checks on a page that stands open, each a function from the page to the faults it found, in words.
// What is measured inside the page is in inside.js.

import { axeFaults } from "./visit.mjs";

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

/** No text lies under something else. Scrolls through the page. */
export async function coveredFaults(page) {
  const covered = await page.evaluate(() => window.reader.covered());
  return covered.length > 0 ? [`text covered: ${some(covered).join("; ")}`] : [];
}

/** Bars that stay in the window leave most of it to the text. */
export async function barFaults(page, most = 0.4) {
  const taken = await page.evaluate(() => window.reader.taken());
  return taken > most ? [`${Math.round(taken * 100)} % of the window's height is taken by what does not scroll`] : [];
}

/** The whole of axe once, and of the second theme what colours can change. */
export const accessFaults = (page) => axeFaults(page);
export const colourFaults = (page) => axeFaults(page, { rules: ["color-contrast", "link-in-text-block"] });

/** The policy refuses whatever was not foreseen, and nothing in the head talks to other hosts. */
export async function headFaults(page) {
  const { policy, icon, foreign } = await page.evaluate(() => window.reader.head());
  const faults = foreign.map((link) => `talks to another host: ${link}`);
  if (!icon) faults.push('no <link rel="icon">: browsers then ask the host for /favicon.ico, outside the site');
  if (policy === null) return [...faults, "no Content-Security-Policy in the head"];
  const directives = new Map(policy.split(";").map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name.toLowerCase(), values]));
  const fallback = directives.get("default-src")?.join(" ");
  if (fallback !== "'none'" && fallback !== "'self'") faults.push(`the policy's default-src is ${fallback ?? "missing"}, not 'none' or 'self'`);
  if (directives.get("base-uri") === undefined) faults.push("the policy has no base-uri, which default-src does not stand in for");
  if (directives.get("form-action") === undefined) faults.push("the policy has no form-action, which default-src does not stand in for");
  for (const [name, values] of directives) {
    for (const value of values) {
      // Data addresses are for pictures alone: as a script or a style they are as good as 'unsafe-inline'.
      const fine = /^'(none|self|sha(256|384|512)-[A-Za-z0-9+/=]+|wasm-unsafe-eval)'$/.test(value) || (name === "img-src" && value === "data:");
      if (!fine) faults.push(`the policy allows ${value} in ${name}`);
    }
  }
  return faults;
}

/** Nothing moved while the page was loading. */
export async function shiftFaults(page) {
  const shifts = await page.evaluate(() => window.reader.seen.shifts);
  const sum = shifts.reduce((total, shift) => total + shift.value, 0);
  return sum > 0 ? [`layout shifted by ${sum.toFixed(4)}: ${some(shifts.flatMap((shift) => shift.moved)).join("; ")}`] : [];
}

/** Lines of running text are neither long nor short: the middle line has 60 to 70 characters. */
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
 * What is drawn by a background alone vanishes when colours are forced. `force` forces them; every mark that had ink
 * before needs some afterwards.
 */
export async function markFaults(page, force) {
  const before = await page.evaluate(() => window.reader.marks());
  await force();
  const after = await page.evaluate(() => window.reader.marks());
  if (before.length !== after.length) return [`forced colours show ${after.length} marks, not ${before.length}`];
  const lost = new Map();
  before.forEach((mark, i) => mark.ink && !after[i].ink && !lost.has(mark.kind) && lost.set(mark.kind, mark.what));
  return lost.size > 0 ? [`vanishes when colours are forced: ${some([...lost.values()]).join("; ")}`] : [];
}

/** How much came over the wire: `most` and, of it, `scripts`, in bytes with headers. */
export function weightFaults(transfers, most, scripts) {
  const sum = (list) => list.reduce((total, { bytes, headers }) => total + bytes + headers, 0);
  const table = transfers.map(({ url, bytes }) => `\n    ${String(bytes).padStart(7)}  ${new URL(url).pathname}`).join("");
  const [all, js] = [sum(transfers), sum(transfers.filter(({ type }) => type === "script"))];
  const faults = [];
  if (all > most) faults.push(`${all} bytes, more than ${most}:${table}`);
  if (js > scripts) faults.push(`${js} bytes of scripts, more than ${scripts}:${table}`);
  return faults;
}

/** The whole page grows when the reader asks the browser for letters of double size, and nothing is lost by it. */
export async function letterFaults(page) {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main p, main li")).fontSize));
  const before = await size();
  const debug = await page.context().newCDPSession(page);
  await debug.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  // Letters that also follow the width of the window grow less than twofold.
  const after = await size();
  const faults = (await layoutFaults(page)).map((fault) => `with letters of double size: ${fault}`);
  if (after < before * 1.5) faults.push(`letters do not follow the reader's own size: ${before} px become ${after} px when it is doubled`);
  await debug.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  return faults;
}

/** WCAG 1.4.12: nothing is lost when a reader sets more space between lines, words and letters. */
export async function spacingFaults(page) {
  await page.evaluate(() => {
    // A style sheet made by the debugger is bound by no policy of the page.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets.push(sheet);
  });
  const faults = (await layoutFaults(page)).map((fault) => `with wide spacing: ${fault}`);
  await page.evaluate(() => void document.adoptedStyleSheets.pop());
  return faults;
}

/** What can be pressed but does nothing while scripts are off. A button that opens a popover needs none. */
export async function deadFaults(page) {
  const dead = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, select")].filter((e) => e.checkVisibility() && !e.popoverTargetElement && !e.form).map(window.reader.describe),
  );
  return dead.length > 0 ? [`does nothing without JavaScript: ${some(dead).join("; ")}`] : [];
}
