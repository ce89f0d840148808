// The keyboard: every stop in order, seen, and under nothing.

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

describe("keyboard", { concurrency: 3, timeout: 120_000 }, () => {
  for (const { name, path, kind } of pages) {
    test(`${name} (/${path})`, async () => {
      const faults = new Faults();
      for (const viewport of [{ width: 360, height: 640 }, { width: 1280, height: 800 }]) {
        const { page, close } = await visit(site.browser, site.base + path, { status: kind === "404" ? 404 : 200, viewport, reducedMotion: "reduce" });
        faults.add(viewport.width, await skipFaults(page));
        faults.add(viewport.width, await focusFaults(page));
        faults.add(viewport.width, await jumpFaults(page, JUMPS));
        await close();
      }
      faults.none();
    });
  }
});
