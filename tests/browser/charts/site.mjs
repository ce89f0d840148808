// The site with every kind of chart, built into a temporary folder.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("site", import.meta.url));

/** The pages with one chart each. */
export const NAMES = readdirSync(join(SOURCE, "content")).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));

/** How many points the charts of the generated pages have. */
export const COUNTS = [3, 30, 300];

/** A cell: up and down, below zero, and every seventh missing. */
const cell = (at, series) => (at % 7 === 3 ? "" : (((at * 37 + series * 101) % 97) * 13.7 - 600).toFixed(1));

/** A block with figures in CSV, and the file. */
function block(content, name, { kind, points, series, more = "" }) {
  const columns = Array.from({ length: series }, (_, at) => `Series ${at + 1} with a long name and Donaudampfschifffahrtsgesellschaften`);
  const rows = points.map((point, at) => [point, ...columns.map((_, index) => cell(at, index))].join(","));
  writeFileSync(join(content, "media", `${name}.csv`), [["point", ...columns].join(","), ...rows, ""].join("\n"));
  return `\`\`\`chart\nkind: ${kind}\ntitle: ${name}\nalt: A drawing of made-up figures.\ndata: media/${name}.csv\n${more}\`\`\`\n`;
}

/** A page with charts of so many points: dates and names, one series and several, long names, figures below zero and none. */
function extremes(content, count) {
  const years = Array.from({ length: count }, (_, at) => String(1700 + at));
  const days = Array.from({ length: count }, (_, at) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10));
  const names = Array.from({ length: count }, (_, at) => `Office ${at + 1} for the settlement of very long disputes between neighboring provinces`);
  const of = (name, chart) => block(content, `${name}-${count}`, chart);
  const blocks = [
    of("line", { kind: "line", points: years, series: 1 }),
    of("lines", { kind: "line", points: days, series: 6, more: "events: [rule-changed, office-closed, office-opened]\n" }),
    of("step", { kind: "step", points: days, series: 2 }),
    of("dots", { kind: "dot", points: years, series: 2 }),
    of("area", { kind: "area", points: days, series: 1 }),
    of("columns", { kind: "bar", points: years, series: 1 }),
    of("panels", { kind: "line", points: years, series: 4, more: "panels: true\n" }),
    of("line-by-name", { kind: "line", points: names, series: 2 }),
  ];
  const few = names.slice(0, 60);
  blocks.push(of("bars", { kind: "bar", points: few, series: 2 }), of("dots-by-name", { kind: "dot", points: few, series: 1 }));
  writeFileSync(join(content, `points-${count}.md`), `---\ntitle: ${count} points\norder: ${count + 100}\n---\n\n${blocks.join("\n")}`);
}

/** Builds it, in a language: `{ folder, remove }`. */
export function buildCharts(language = "en") {
  if (!process.env.BACKGROUNDER_PROGRAM) throw new Error("set BACKGROUNDER_PROGRAM to the path of the program, such as target/debug/backgrounder");
  const folder = mkdtempSync(join(tmpdir(), "backgrounder-charts-"));
  const source = join(folder, "source");
  cpSync(SOURCE, source, { recursive: true });
  COUNTS.forEach((count) => extremes(join(source, "content"), count));
  const book = join(source, "book.toml");
  writeFileSync(book, readFileSync(book, "utf8").replace("[book]", `[book]\nlanguage = "${language}"`));
  execFileSync(resolve(process.env.BACKGROUNDER_PROGRAM), ["build", "-d", join(folder, "site"), "--now", "2025-12-22T12:00:00Z"], { cwd: source, stdio: "pipe" });
  return { folder: join(folder, "site"), remove: () => rmSync(folder, { recursive: true }) };
}
