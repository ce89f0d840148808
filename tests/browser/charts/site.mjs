// The site with every kind of chart, built into a temporary folder.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("site", import.meta.url));

/** The pages, each with one chart. */
export const NAMES = readdirSync(join(SOURCE, "content")).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));

/** Builds it: `{ folder, remove }`. */
export function buildCharts() {
  if (!process.env.BACKGROUNDER_PROGRAM) throw new Error("set BACKGROUNDER_PROGRAM to the path of the program, such as target/debug/backgrounder");
  const folder = mkdtempSync(join(tmpdir(), "backgrounder-charts-"));
  execFileSync(resolve(process.env.BACKGROUNDER_PROGRAM), ["build", "-d", join(folder, "site"), "--now", "2025-12-22T12:00:00Z"], { cwd: SOURCE, stdio: "pipe" });
  return { folder: join(folder, "site"), remove: () => rmSync(folder, { recursive: true }) };
}
