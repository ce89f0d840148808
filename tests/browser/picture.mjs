// The README's picture, made from the built site: the first section, as a reader at a desktop sees it at first.
//
//     node picture.mjs FOLDER [OUT]      OUT: docs/picture.png by default
//
// The same site and the same Chromium give the same bytes.

import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "./lib/browser.mjs";
import { firstSection, siteAddress } from "./lib/pages.mjs";
import { serve } from "./lib/server.mjs";
import { visit } from "./lib/visit.mjs";

const WIDTH = 1280;
/** The approximate height of the picture; the exact height depends on the text, so that no line is cut. */
const HEIGHT = { least: 720, most: 900 };
/** People read a README on phones too. */
const MOST_BYTES = 300_000;

const [folder, out = fileURLToPath(new URL("../../docs/picture.png", import.meta.url))] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node picture.mjs FOLDER [OUT]");
  process.exit(2);
}
const [server, browser] = await Promise.all([serve(folder, { baseUrl: siteAddress(folder) }), launch()]);
const { page, faults } = await visit(browser, server.base + firstSection(folder).path, {
  viewport: { width: WIDTH, height: HEIGHT.most },
  colorScheme: "light",
  reducedMotion: "reduce",
});

const height = await page.evaluate(({ least, most }) => window.reader.quietRow(least, most), HEIGHT);
await page.screenshot({ path: out, clip: { x: 0, y: 0, width: WIDTH, height } });
const wrong = await faults();
await browser.close();
await server.close();

const bytes = statSync(out).size;
console.log(`${out}: ${WIDTH} by ${height} px, ${bytes} bytes`);
if (wrong.length > 0 || bytes > MOST_BYTES) {
  console.error([...wrong, ...(bytes > MOST_BYTES ? [`more than ${MOST_BYTES} bytes`] : [])].join("\n"));
  process.exitCode = 1;
}
