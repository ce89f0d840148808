// The published style sheet, joined and minified, must mean what its sources say: a browser reads the same rules in
// both.
//
//     node css.mjs FOLDER [SOURCE]
//
// FOLDER is a built site, SOURCE the theme's style sheet that imports the others (by default static/theme/theme.css).

import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch } from "./lib/browser.mjs";
import { listFiles } from "./links.mjs";

const SOURCE = fileURLToPath(new URL("../../static/theme/theme.css", import.meta.url));

/** A style sheet with its imports replaced by the imported files. */
export function joined(file) {
  const text = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\//g, "");
  return text.replace(/@import\s+(?:url\()?["']([^"']+)["']\)?([^;]*);/g, (_, path, conditions) => {
    if (conditions.trim()) throw new Error(`${file}: an import with conditions (${conditions.trim()}) cannot be joined as it stands`);
    return `${joined(join(dirname(file), path))}\n`;
  });
}

/** How a browser reads a style sheet: each rule as the browser writes it, file names without the build's hashes. */
async function rules(page, text) {
  const list = await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map((rule) => rule.cssText);
  }, text);
  return list.map((rule) =>
    rule
      .replace(/url\("([^"]*)"\)/g, (_, path) => (path.startsWith("data:") ? `url("${path}")` : `url("${basename(path).replace(/\.[0-9a-f]{8,}(?=\.)/, "")}")`))
      // Values with variables are kept letter by letter, including spaces that mean nothing: around a comma, or more
      // than one. We touch no others, since one can be a combinator (`main :focus`) or part of a sum.
      .replace(/\s+/g, " ").replace(/ ?, ?/g, ","),
  );
}

/** The rules in which two style sheets differ, as pairs; and how many rules there are. */
export async function compare(browser, source, published) {
  const page = await browser.newPage();
  const [wanted, found] = [await rules(page, source), await rules(page, published)];
  await page.close();
  const differences = [];
  for (let i = 0; i < Math.max(wanted.length, found.length); i++) {
    if (wanted[i] !== found[i]) differences.push([wanted[i] ?? "nothing", found[i] ?? "nothing"]);
  }
  return { count: wanted.length, differences };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder, source = SOURCE] = process.argv.slice(2);
  if (!folder) {
    console.error("usage: node css.mjs FOLDER [SOURCE]");
    process.exit(2);
  }
  const files = listFiles(folder).filter((file) => /^theme\/theme\.[0-9a-f]+\.css$/.test(file));
  if (files.length !== 1) throw new Error(`${folder}: one theme/theme.HASH.css was expected, and there are ${files.length}`);
  const browser = await launch();
  const published = readFileSync(join(folder, files[0]), "utf8");
  const { count, differences } = await compare(browser, joined(source), published);
  await browser.close();
  for (const [wanted, found] of differences.slice(0, 5)) console.log(`the source has   ${wanted}\n${files[0]} has ${found}\n`);
  console.log(`${count} rules compared, ${differences.length} differ; ${published.length} bytes published`);
  process.exitCode = count > 0 && differences.length === 0 ? 0 : 1;
}
