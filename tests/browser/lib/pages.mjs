// Which pages of a built site the tests look at.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "parse5";
import { listFiles } from "../links.mjs";

/** Every kind of page that the demonstration site must have; a kind that disappears is a fault, not a gap. */
export const KINDS = [
  "index", "section", "event", "entity", "source", "claim", "timeline",
  "entities", "sources", "claims", "glossary", "changes", "page", "404",
];
/** Where a page's own words for what it is (“Person”) divide a kind further. */
const DIVIDED = new Set(["entity"]);
/** Kinds whose shortest page is tested as well as the longest: empty places have faults of their own. */
const BOTH_ENDS = new Set(["section", "event", "source", "claim"]);

/** The first elements that pass, in document order. */
function find(node, wanted) {
  if (node.tagName && wanted(node)) return node;
  for (const child of node.childNodes ?? []) {
    const found = find(child, wanted);
    if (found) return found;
  }
  return null;
}
const attribute = (node, name) => node.attrs?.find((one) => one.name === name)?.value ?? "";
const hasClass = (node, name) => attribute(node, "class").split(/\s+/).includes(name);
const text = (node) => (node.nodeName === "#text" ? node.value : (node.childNodes ?? []).map(text).join(""));

/** All pages with a kind: `{ file, path, kind, word, size }`, where `path` is what follows the site's address. */
export function allPages(folder) {
  return listFiles(folder)
    .filter((file) => file.endsWith(".html"))
    .map((file) => {
      const html = readFileSync(join(folder, file), "utf8");
      const kind = html.match(/<body[^>]*\bclass="[^"]*\bpage-([a-z0-9-]+)/)?.[1];
      const word = DIVIDED.has(kind) ? text(find(parse(html), (node) => hasClass(node, "kind")) ?? {}).trim() : null;
      // The 404 page is requested by a missing address, deep down, where relative links would break.
      const path = file === "404.html" ? "no/such/page/" : file.replace(/(^|\/)index\.html$/, "$1");
      return { file, path, kind, word, size: html.length };
    })
    .filter((page) => page.kind);
}

/** The pages to test, named by kind: the longest of each, for some kinds the shortest too, and the first section. */
export function choosePages(folder) {
  const groups = new Map();
  for (const page of allPages(folder)) {
    const name = page.word ? `${page.kind}: ${page.word}` : page.kind;
    groups.set(name, [...(groups.get(name) ?? []), page]);
  }
  const chosen = [];
  for (const [name, pages] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    pages.sort((a, b) => b.size - a.size || (a.file < b.file ? -1 : 1));
    chosen.push({ ...pages[0], name });
    if (BOTH_ENDS.has(pages[0].kind) && pages.length > 1) chosen.push({ ...pages.at(-1), name: `${name}, the shortest` });
  }
  return chosen;
}

/** The first section in reading order: the first one that the front page's navigation links to. */
export function firstSection(folder) {
  const sections = new Map(allPages(folder).filter((page) => page.kind === "section").map((page) => [page.path, page]));
  const front = parse(readFileSync(join(folder, "index.html"), "utf8"));
  const leadsToSection = (node) => node.tagName === "a" && sections.has(attribute(node, "href").replace(/^\.\//, ""));
  const nav = find(front, (node) => node.tagName === "nav" && find(node, leadsToSection));
  if (!nav) throw new Error(`${folder}: the front page's navigation leads to no section`);
  return sections.get(attribute(find(nav, leadsToSection), "href").replace(/^\.\//, ""));
}

/** The address that the site was built for, as given on its front page. */
export function siteAddress(folder) {
  const front = parse(readFileSync(join(folder, "index.html"), "utf8"));
  const link = find(front, (node) => node.tagName === "link" && attribute(node, "rel") === "canonical");
  if (!link) throw new Error(`${folder}: the front page names no canonical address; build the site with --base-url`);
  return attribute(link, "href");
}
