// Pictures of every kind of page, for people to look at: four widths, two themes, and paper.
//
//     node screenshots.mjs FOLDER OUT [NAME…]      NAME: only pages whose name or path contains it
//
// OUT/index.html shows them all side by side.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./lib/browser.mjs";
import { choosePages, siteAddress } from "./lib/pages.mjs";
import { serve } from "./lib/server.mjs";
import { emulate, resize, visit } from "./lib/visit.mjs";

const WIDTHS = [360, 768, 1280, 1680];
const AT_ONCE = 3;

const [folder, out, ...only] = process.argv.slice(2);
if (!out) {
  console.error("usage: node screenshots.mjs FOLDER OUT [NAME…]");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const pages = choosePages(folder).filter(({ name, path }) => only.length === 0 || only.some((word) => name.includes(word) || path.includes(word)));
const [server, browser] = await Promise.all([serve(folder, { baseUrl: siteAddress(folder) }), launch()]);

async function shoot({ name, path, kind }) {
  const stem = name.replace(/[^a-z0-9]+/gi, "-").toLowerCase();
  const { page, close } = await visit(browser, server.base + path, { status: kind === "404" ? 404 : 200, reducedMotion: "reduce", viewport: { width: WIDTHS[0], height: 900 } });
  for (const width of WIDTHS) {
    await resize(page, width, 900);
    for (const colorScheme of ["light", "dark"]) {
      await emulate(page, { colorScheme });
      await page.screenshot({ path: join(out, `${stem}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  const pdf = join(out, `${stem}.pdf`);
  await page.pdf({ path: pdf, format: "A4", preferCSSPageSize: true });
  spawnSync("pdftoppm", ["-r", "70", "-png", pdf, join(out, `${stem}-paper`)]); // Without this tool, there is still the PDF.
  await close();
  return { name, stem };
}

const queue = [...pages];
const done = [];
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (let page; (page = queue.shift()); ) done.push(await shoot(page));
}));
await browser.close();
await server.close();

const files = readdirSync(out).sort();
const show = (file, width) => `<figure><a href="${file}"><img src="${file}" width="${width}" alt="" loading="lazy"></a><figcaption>${file}</figcaption></figure>`;
const part = ({ name, stem }) => {
  const shots = WIDTHS.flatMap((width) => ["light", "dark"].map((theme) => show(`${stem}-${width}-${theme}.png`, width / 4)));
  const paper = files.filter((file) => file.startsWith(`${stem}-paper`)).map((file) => show(file, 180));
  return `<h2>${name}</h2><div>${shots.join("")}</div><div>${paper.join("")}</div>`;
};
done.sort((a, b) => (a.name < b.name ? -1 : 1));
const style = "body { font: 14px sans-serif; margin: 1rem; background: #888 } div { display: flex; gap: 1rem; align-items: start; overflow-x: auto } figure { margin: 0 }";
writeFileSync(join(out, "index.html"), `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Screenshots</title><style>${style}</style>${done.map(part).join("")}</html>\n`);
console.log(`${files.filter((file) => file.endsWith(".png")).length} pictures of ${done.length} pages: ${join(out, "index.html")}`);
