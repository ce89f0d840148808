// Every kind of page, at four widths, in both themes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as check from "../lib/checks.mjs";
import { KINDS, choosePages } from "../lib/pages.mjs";
import { Faults, openSite, siteFolder } from "../lib/site.mjs";
import { emulate, resize, visit } from "../lib/visit.mjs";

// Loaded fresh at a phone's and a desktop's width, then each is widened to the larger one of its kind.
const LOADS = [
  { widths: [360, 768], height: 780, hasTouch: true },
  { widths: [1280, 1680], height: 900, hasTouch: false },
];

const pages = choosePages(siteFolder().folder);
let site;
before(async () => (site = await openSite()));
after(() => site?.close());

test("every kind of page is there", () => {
  const kinds = new Set(pages.map((page) => page.kind));
  assert.deepEqual(KINDS.filter((kind) => !kinds.has(kind)), []);
  assert.ok(pages.filter((page) => page.kind === "entity").length >= 6, "persons, organisations, places, facilities, laws, cases");
});

describe("widths and themes", { concurrency: 3, timeout: 600_000 }, () => {
  for (const page of pages) {
    test(`${page.name} (/${page.path})`, async () => {
      const faults = new Faults();
      for (const load of LOADS) await look(page, load, faults);
      faults.none();
    });
  }
});

async function look({ path, kind }, { widths, height, hasTouch }, faults) {
  const viewport = { width: widths[0], height };
  const visited = await visit(site.browser, site.base + path, { status: kind === "404" ? 404 : 200, viewport, hasTouch, colorScheme: "light" });
  const { page } = visited;
  const at = `${widths[0]}`;
  faults.add(at, await check.shiftFaults(page));
  faults.add(at, await check.headFaults(page, kind === "404"));
  faults.add(at, await check.popoverFaults(page));
  await check.unfold(page);
  for (const width of widths) {
    await resize(page, width, height);
    await emulate(page, { colorScheme: "light" });
    faults.add(`${width}`, await check.layoutFaults(page));
    faults.add(`${width}`, await check.coveredFaults(page));
    if (kind === "section" && width >= 1280) faults.add(`${width}`, await check.lineFaults(page, ".text > p"));
    // The wider one of each kind shows the same parts in the same colors, and axe takes longer than all else.
    if (width !== widths[0]) continue;
    faults.add(`${width} light`, await check.accessFaults(page));
    await emulate(page, { colorScheme: "dark" });
    faults.add(`${width} dark`, await check.colorFaults(page));
  }
  faults.add(at, await visited.faults());
  await visited.close();
}
