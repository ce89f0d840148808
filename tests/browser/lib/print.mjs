// Paper: what a page looks like printed, and what its PDF says.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./files.mjs";

/** The text of each page of a PDF, column by column. */
function pdfPages(pdf) {
  const folder = temporaryFolder();
  try {
    const file = join(folder.path, "page.pdf");
    writeFileSync(file, pdf);
    const run = spawnSync("pdftotext", ["-enc", "UTF-8", "-raw", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
    if (run.error) throw new Error(`pdftotext: ${run.error.message} (on Debian: apt-get install poppler-utils)`);
    if (run.status !== 0) throw new Error(`pdftotext: ${run.stderr}`);
    return run.stdout.split("\f").filter((text) => text.trim());
  } finally {
    folder.remove();
  }
}

/** A text without what printing changes: spaces, line breaks, hyphens, ligatures, capitals. */
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{Pd}\u00ad\u200b]+/gu, "");

/**
 * Printed on A4, a page says everything that its text says, with the address of every source, and on each sheet its
 * as-of day. `page` is open as on a screen, in either theme; paper is light.
 */
export async function paperFaults(page) {
  const said = await page.evaluate(() => {
    // On paper, links to somewhere on the page or to a list say nothing, and a timeline beside a text is dates and headlines.
    const outside = "nav, button, summary, [aria-hidden='true'], [data-scripted], .back, .about, .to-mention, .whole, .beside .event-more";
    return {
      texts: [...document.querySelectorAll("main p, main li, main dd, main dt, main h1, main h2, main h3, main blockquote, main details *")]
        .filter((element) => !element.closest(outside) && !window.reader.forEars(element))
        .filter((element) => element.checkVisibility() || element.closest("details:not([open])"))
        .flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()))
        .filter(Boolean),
      urls: [...document.querySelectorAll(".sources li a[rel~='external'], .sources li a[href^='http']")].map((link) => link.href),
      asOf: document.querySelector(".as-of")?.textContent.trim() ?? null,
    };
  });
  const sheets = pdfPages(await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: false })).map(plain);
  const all = sheets.join("");
  const faults = [];

  // The beginning or the end of each text: its middle may be cut by the edge of a sheet.
  const lost = said.texts.filter((text) => {
    const words = text.split(/\s+/);
    return ![words.slice(0, 4), words.slice(-4)].some((part) => all.includes(plain(part.join(" "))));
  });
  if (lost.length > 0) faults.push(`not printed: ${lost.slice(0, 4).map((text) => `“${text.slice(0, 60)}”`).join(", ")}${lost.length > 4 ? ` and ${lost.length - 4} texts more` : ""}`);
  const urls = said.urls.filter((url) => !all.includes(plain(url)) && !all.includes(plain(decodeURI(url))));
  if (urls.length > 0) faults.push(`${urls.length} of ${said.urls.length} addresses of sources not printed, such as ${urls[0]}`);
  if (!said.asOf) faults.push("the page does not say as of when it is (.as-of)");
  else {
    const without = sheets.map((sheet, i) => (sheet.includes(plain(said.asOf)) ? null : i + 1)).filter(Boolean);
    if (without.length > 0) faults.push(`“${said.asOf}” is missing on ${without.length} of ${sheets.length} sheets: ${without.slice(0, 8).join(", ")}`);
  }
  return faults;
}

/** With print styles and in a dark theme: no navigation, no controls, details open, dark ink on light paper. */
export async function printStyleFaults(page) {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const found = await page.evaluate(() => {
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const { describe, contrast, channels } = window.reader;
    const text = [...document.querySelectorAll("main p, main li")].sort((a, b) => b.textContent.length - a.textContent.length)[0];
    const ground = [document.body, document.documentElement].map((element) => channels(getComputedStyle(element).backgroundColor)).find((color) => color.a > 0.5) ?? channels("rgb(255, 255, 255)");
    return {
      controls: [...document.querySelectorAll(".skip, nav, button, input, select")].filter((element) => shown(element) && element.getBoundingClientRect().height > 0).map(describe),
      closed: [...document.querySelectorAll("details")].filter((details) => shown(details) && [...details.children].some((child) => child.localName !== "summary" && !child.checkVisibility())).map(describe),
      ground: contrast(ground, channels("rgb(255, 255, 255)")),
      ink: contrast(channels(getComputedStyle(text).color), channels("rgb(255, 255, 255)")),
    };
  });
  await page.emulateMedia({ media: null, colorScheme: null });
  const faults = [];
  if (found.controls.length > 0) faults.push(`printed although it is of no use on paper: ${found.controls.slice(0, 5).join("; ")}`);
  if (found.closed.length > 0) faults.push(`closed on paper: ${found.closed.slice(0, 3).join("; ")}`);
  if (found.ground > 1.15) faults.push("the paper is not white when the theme is dark");
  if (found.ink < 7) faults.push(`ink has a contrast of ${found.ink.toFixed(1)} on paper when the theme is dark, less than 7`);
  return faults;
}

/** How many sheets a PDF has. Chromium writes the objects that describe them as they are. */
export const sheetCount = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
