// The site with every kind of map, built into a temporary folder.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("site", import.meta.url));

/** The pages with one map each. */
export const NAMES = readdirSync(join(SOURCE, "content")).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));

/** Builds it, in a language: `{ folder, remove }`. */
export function buildMaps(language = "en") {
  if (!process.env.BACKGROUNDER_PROGRAM) throw new Error("set BACKGROUNDER_PROGRAM to the path of the program, such as target/debug/backgrounder");
  const folder = mkdtempSync(join(tmpdir(), "backgrounder-maps-"));
  const source = join(folder, "source");
  cpSync(SOURCE, source, { recursive: true });
  const book = join(source, "book.toml");
  writeFileSync(book, readFileSync(book, "utf8").replace("[book]", `[book]\nlanguage = "${language}"`));
  execFileSync(resolve(process.env.BACKGROUNDER_PROGRAM), ["build", "-d", join(folder, "site"), "--now", "2025-12-22T12:00:00Z"], { cwd: source, stdio: "pipe" });
  return { folder: join(folder, "site"), remove: () => rmSync(folder, { recursive: true }) };
}
