// Lighthouse, with its mobile profile, on the front page, the first section, the timeline, an entity and an event.
//
//     node run.mjs FOLDER [OUT]      OUT: a folder for the full reports, as HTML
//
// Every score must be 100. Performance depends on the clock, on a machine with nothing else to do; a page that misses
// 100 is measured again, up to three times, and the best run counts. Exit codes: 0 all are 100, 1 not all, 2 wrong
// usage.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { CHROMIUM_FLAGS, chromiumPath } from "../lib/browser.mjs";
import { choosePages, firstSection, siteAddress } from "../lib/pages.mjs";
import { serve } from "../lib/server.mjs";

const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const [folder, out] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node run.mjs FOLDER [OUT]");
  process.exit(2);
}
if (out) mkdirSync(out, { recursive: true });

const chosen = new Map(choosePages(folder).map((page) => [page.name, page]));
const pages = [chosen.get("index"), { ...firstSection(folder), name: "the first section" }, chosen.get("timeline"), chosen.get("entity: Person"), chosen.get("event")];
const server = await serve(folder, { baseUrl: siteAddress(folder) });

async function measure(url) {
  const chrome = await launch({ chromePath: chromiumPath(), chromeFlags: CHROMIUM_FLAGS, logLevel: "silent" });
  try {
    return await lighthouse(url, { port: chrome.port, output: "html", logLevel: "error", onlyCategories: CATEGORIES });
  } finally {
    await chrome.kill();
  }
}

/** What costs points: audits with a weight that did not pass, for each category. */
function failing({ categories, audits }) {
  return Object.values(categories).flatMap(({ title, auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < (title === "Performance" ? 0.995 : 1))
      .map(({ id }) => {
        const { title: text, displayValue, details } = audits[id];
        const places = (details?.items ?? []).slice(0, 3).map((item) => item.node?.selector ?? item.url ?? item.description ?? item.source).filter(Boolean);
        return `${title}: ${id}: ${text}${displayValue ? ` (${displayValue})` : ""}${places.length > 0 ? `: ${places.join(", ")}` : ""}`;
      }),
  );
}

const points = ({ categories }) => CATEGORIES.map((id) => Math.round((categories[id].score ?? 0) * 100));

let missed = 0;
for (const { name, path } of pages) {
  let best;
  for (let run = 0; run < RUNS; run++) {
    const result = await measure(server.base + path);
    if (result.lhr.runtimeError) throw new Error(`${name}: ${result.lhr.runtimeError.message}`);
    const sum = points(result.lhr).reduce((a, b) => a + b);
    if (!best || sum > points(best.lhr).reduce((a, b) => a + b)) best = result;
    // Only performance changes from one run to the next.
    if (points(best.lhr)[0] === 100) break;
  }
  const scores = points(best.lhr);
  console.log(`${scores.map((score) => String(score).padStart(3)).join(" ")}  ${name} (/${path})`);
  for (const line of failing(best.lhr)) console.log(`                   ${line}`);
  if (scores.some((score) => score < 100)) missed += 1;
  if (out) writeFileSync(join(out, `${name.replace(/[^a-z]+/gi, "-").toLowerCase()}.html`), best.report);
}
await server.close();
console.log(`${CATEGORIES.join(", ")}: ${missed === 0 ? "all 100" : `${missed} of ${pages.length} pages miss 100`}`);
process.exitCode = missed === 0 ? 0 : 1;
