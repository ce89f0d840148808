// Six questions that readers of the demonstration have, each answered within two taps and three screens a page of a phone, and
// with the keyboard alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { KEYBOARD, PHONE, Person } from "../lib/person.mjs";
import { openSite, siteFolder } from "../lib/site.mjs";

const TAPS = 2, SCREENS = 3;
const FIRST = new Date("2026-04-14T12:00:00"), LATER = new Date("2026-05-02T12:00:00");
const data = JSON.parse(readFileSync(join(siteFolder().folder, "data/site.json"), "utf8"));

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Each question, and how someone finds the answer. */
const TASKS = {
  "What happened to Abrego Garcia, when, and is he free?": async (person) => {
    await person.chooses(person.page.locator(".standings a.strand", { hasText: "Abrego Garcia" }));
    assert.match(await person.sees(person.page.locator(".now").first()), /December 22, 2025[^]*Out of detention/);
    assert.match(await person.sees(person.page.locator(".key-points li").first()), /removed to El Salvador[^]*March 15, 2025/);
  },
  "Who says that there was torture, and who denies it?": async (person) => {
    await person.chooses(person.page.locator(".site-lists a", { hasText: "Claims" }));
    await person.chooses(person.page.getByRole("link", { name: /tortured/ }));
    for (const name of ["Amnesty International", "Human Rights Watch", "Cristosal", "Nayib Bukele"]) {
      await person.sees(person.page.locator(".claim-sides li", { hasText: name }).first());
    }
  },
  "What did the Supreme Court decide, and what not?": async (person) => {
    const stands = person.page.locator(".standings li", { hasText: "Supreme Court" });
    assert.match(await person.sees(stands.locator("p")), /has not decided whether/);
    await person.chooses(stands.getByRole("link", { name: "has not decided" }));
    assert.match(await person.sees(person.page.locator("#page--card")), /Supreme Court[^]*It holds that/);
  },
  "Everything with Bukele in April 2025": async (person) => {
    await person.chooses(person.page.locator(".key-points a", { hasText: "Nayib Bukele" }));
    await person.chooses(person.page.locator("#page--card a", { hasText: "timeline" }));
    const wanted = data.events.filter(({ date, entities, place }) => [...entities, place].includes("nayib-bukele") && /^2025-04/.test(date.first));
    assert.ok(wanted.length > 3);
    for (const { id } of wanted) await person.sees(person.page.locator(`[id="t--${id}"] .event-title`));
    const shown = person.page.locator(".spine .event:visible");
    assert.equal(await shown.count(), data.events.filter(({ entities }) => entities.includes("nayib-bukele")).length, "nothing else");
  },
  "What has changed since my last visit? Nothing": async (person) => {
    await person.page.waitForFunction(() => localStorage.length > 0);
    await person.page.clock.setFixedTime(LATER);
    await person.page.reload();
    const said = person.page.locator("#page--since [data-part=said]", { hasText: "Nothing" });
    assert.equal(await person.sees(said), "Nothing has changed since you were here on April 14.");
  },
  "What has changed since my last visit? Something": async (person) => {
    await person.page.waitForFunction(() => localStorage.length > 0);
    await person.page.route("**/changes/memory.json", async (route) => {
      const answer = await route.fetch();
      const all = await answer.json();
      all.things.find((thing) => thing.kind === 0).says = "changed";
      await route.fulfill({ response: answer, json: all });
    });
    await person.page.clock.setFixedTime(LATER);
    await person.page.reload();
    const summary = person.page.locator("#page--since summary");
    assert.match(await person.sees(summary), /1 thing changed since you were here on April 14/);
    await person.opens(summary);
    assert.match(await person.sees(person.page.locator("#page--since li")), /Changed section/);
  },
  "Find “habeas”": async (person) => {
    if (person.hasKeyboard) {
      await person.page.keyboard.press("/");
    } else {
      await person.chooses(person.page.locator(".search-open"));
    }
    await person.page.locator("#page--query:focus").waitFor();
    await person.page.keyboard.type("habeas");
    const result = person.page.locator(".search-results a", { hasText: /habeas/i }).first();
    assert.match(await person.sees(result), /habeas/i);
    await person.chooses(result);
    assert.match(await person.sees(person.page.locator("main :is(h1, dt, h2)", { hasText: /habeas/i }).first()), /habeas/i);
  },
};

for (const [name, options] of [["on a phone, with a finger", PHONE], ["on a desk, with the keyboard", KEYBOARD]]) {
  describe(name, { concurrency: 2, timeout: 60_000 }, () => {
    for (const [question, answer] of Object.entries(TASKS)) {
      test(question, async (t) => {
        const person = await Person.at(site.browser, site.base, { ...options, before: (page) => page.clock.setFixedTime(FIRST) });
        await answer(person);
        t.diagnostic(person.effort);
        assert.ok(person.taps <= TAPS, person.effort);
        assert.ok(person.screens.every((far) => far <= SCREENS), person.effort);
        assert.deepEqual(await person.leaves(), []);
      });
    }
  });
}
