// The keyboard: every stop in order, visible, and not covered.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { focusFaults, jumpFaults, skipFaults } from "../lib/keyboard.mjs";
import { choosePages, firstSection } from "../lib/pages.mjs";
import { Faults, openSite, siteFolder } from "../lib/site.mjs";
import { visit } from "../lib/visit.mjs";

const { folder } = siteFolder();
const WALKED = new Set(["index", "event", "entity: Person", "claim", "timeline", "glossary", "404"]);
const pages = [...choosePages(folder).filter((page) => WALKED.has(page.name)), { ...firstSection(folder), name: "the first section" }];
const JUMPS = [".toc a[href^='#']", ".cite a[href^='#']", "a.back[href^='#']", "a[href='#page--timeline']"];

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

test("all pages to walk through are there", () => assert.equal(pages.length, WALKED.size + 1));

describe("keyboard", { concurrency: 3, timeout: 600_000 }, () => {
  for (const { name, path, kind } of pages) {
    test(`${name} (/${path})`, async () => {
      const faults = new Faults();
      // Each width uses the other theme, since a ring that is visible on a light background may not be on a dark one.
      for (const [width, height, colorScheme] of [[360, 640, "light"], [1280, 800, "dark"]]) {
        const { page, close } = await visit(site.browser, site.base + path, { status: kind === "404" ? 404 : 200, viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
        faults.add(`${width} ${colorScheme}`, await skipFaults(page));
        faults.add(`${width} ${colorScheme}`, await focusFaults(page));
        faults.add(`${width} ${colorScheme}`, await jumpFaults(page, JUMPS));
        await close();
      }
      faults.none();
    });
  }
});
