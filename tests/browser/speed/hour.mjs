// A journalist's hour: from an empty folder to a site that has no finding, by forms alone. Nobody types YAML, and nobody has to know
// an id. Counts what is typed; it isn't a test of the program's speed, and not part of `./test`.
//
//   BACKGROUNDER_PROGRAM=target/release/backgrounder node tests/browser/speed/hour.mjs

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launch } from "../lib/browser.mjs";

const PROGRAM = resolve(process.env.BACKGROUNDER_PROGRAM ?? "target/release/backgrounder");
const NOW = "2025-12-22T12:00:00Z";
const folder = mkdtempSync(join(tmpdir(), "backgrounder-hour-"));

/** What was typed, in all and for events, and how often a record had to be named by its id. */
const typed = { all: 0, events: 0, ids: 0, picked: 0 };
let isEvent = false;
const counted = (text) => {
  typed.all += text.length;
  if (isEvent) typed.events += text.length;
  return text;
};

const PEOPLE = [
  ["Mara Lindqvist", "Mayor of Port Ansel since 2022."],
  ["Tomas Okafor", "Director of the Port Ansel water board."],
  ["Ruth Delgado", "Chemist who ran the city's first tests."],
  ["Ivan Petrov", "Owner of the plating works on Mill Street."],
];
const SOURCES = [
  { title: "Water board minutes, March 2025", publisher: "Port Ansel Water Board", date: "March 12, 2025", url: "https://water.example.org/minutes-march", kind: "primary" },
  { title: "Order to stop using the wells", publisher: "City of Port Ansel", date: "April 2, 2025", url: "https://city.example.org/order", kind: "official" },
  { title: "Laboratory report on samples 1 to 40", publisher: "Delgado Laboratory", date: "March 28, 2025", url: "https://lab.example.org/report", kind: "primary" },
  { title: "Petrov denies using the drain", publisher: "The Ansel Courier", date: "May 6, 2025", url: "https://courier.example.org/petrov", kind: "news" },
];
const SAVED = [
  ["wells.html", "Two wells closed in Port Ansel", "The Ansel Courier", "2025-03-30", "https://courier.example.org/wells"],
  ["filters.html", "City will pay for filters", "Radio Ansel", "2025-06-20", "https://radio.example.org/filters"],
];
const EVENTS = [
  ["March 10, 2025", "Residents report a metallic taste", ["lindqvist"], ["minutes"]],
  ["March 12, 2025", "Water board hears of complaints", ["okafor"], ["minutes"]],
  ["March 20–25, 2025", "Laboratory takes forty samples", ["delgado"], ["laboratory"]],
  ["March 28, 2025", "Report finds chromium in two wells", ["delgado"], ["laboratory"]],
  ["March 30, 2025", "Two wells are closed", ["okafor"], ["two wells"]],
  ["April 2, 2025", "Mayor orders a stop to all well water", ["lindqvist"], ["order"]],
  ["since May 2025", "Trucks bring drinking water", ["lindqvist"], ["order"]],
  ["May 6, 2025", "Owner of the plating works denies a leak", ["petrov"], ["petrov"]],
  ["June 20, 2025", "City agrees to pay for filters", ["lindqvist", "okafor"], ["filters"]],
  ["about August 2025", "First filters are installed", ["okafor"], ["filters"]],
];
const SECTIONS = [
  ["What is in the water", "Chromium was found in two wells in March 2025.", "It began with [[residents report|complaints about the taste]]. Then [[laboratory takes|forty samples]] were taken, and [[report finds|two wells had chromium]].[@laboratory]\n\nThe [[two wells are|wells were closed]] two days later.[@two wells]"],
  ["Who is responsible", "The owner of the plating works denies a leak.", "[[ivan]] owns the works upstream. He [[owner of|denied]] a leak.[@petrov]"],
  ["What the city does", "Trucks bring water, and the city pays for filters.", "[[mara]] [[mayor orders|ordered a stop]] to all well water.[@order] [[trucks|Trucks]] have brought water since, and the [[city agrees|city pays for filters]].[@filters]"],
];

let page;
const bar = (selector) => page.locator(`backgrounder-preview ${selector}`);
const desk = (selector) => page.locator(`backgrounder-desk ${selector}`);

/** Opens the empty form of a kind. */
async function begin(kind) {
  if (!(await desk(".panel").isVisible())) await bar(".edit:not([hidden])").last().click();
  else {
    await page.keyboard.press("Escape");
    await desk(".panel").waitFor({ state: "hidden" });
    await bar(".edit:not([hidden])").last().click();
  }
  await desk(".kinds").getByText(kind, { exact: true }).click();
}

const say = (...words) => process.env.SAY && console.log(...words);
const fill = (key, text) => desk(`[data-at=${key}] >> :is(input, textarea)`).first().fill(counted(text));

/** Finds a record by some of its words and chooses the first. */
async function pick(key, words) {
  const field = desk(`[data-at=${key}] input[role=combobox]`).first();
  await field.fill(counted(words));
  await desk(`[data-at=${key}] [role=option]`).first().waitFor();
  await field.press("ArrowDown");
  await field.press("Enter");
  typed.picked += 1;
}

async function add() {
  await desk(".save").click();
  await desk(".status").getByText("Added as").waitFor();
  say(await desk(".status").innerText());
}

/** Types a text; after `[[` and `[@` the first suggestion is taken, and the words after a bar are typed. */
async function write(text) {
  const area = desk("[data-at=body] textarea");
  await area.focus();
  for (const piece of text.split(/(\[\[[^\]]*\]\]|\[@[^\]]*\])/)) {
    const named = /^\[(\[|@)([^|\]]*)(?:\|([^\]]*))?\]/.exec(piece);
    if (!named) {
      await page.keyboard.insertText(counted(piece));
      continue;
    }
    const [, mark, words, shown] = named;
    await page.keyboard.type(counted(`[${mark}${mark === "@" ? words.split(" ")[0] : words}`));
    await desk("[data-at=body] [role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    typed.picked += 1;
    if (shown) {
      for (let back = 0; back < 2; back++) await page.keyboard.press("ArrowLeft");
      await page.keyboard.type(counted(`|${shown}`));
      for (let on = 0; on < 2; on++) await page.keyboard.press("ArrowRight");
    }
  }
}

async function hour() {
  for (const [name, description] of PEOPLE) {
    await begin("Person");
    await fill("name", name);
    await fill("description", description);
    await add();
  }
  for (const source of SOURCES) {
    await begin("Source");
    for (const key of ["title", "publisher", "date", "url"]) await fill(key, source[key]);
    await desk("[data-at=kind] select").selectOption(source.kind);
    await add();
  }
  for (const [name, title, publisher, day, address] of SAVED) {
    const file = join(folder, name);
    writeFileSync(file, `<title>${title} | ${publisher}</title><meta property="og:site_name" content="${publisher}"><meta property="article:published_time" content="${day}"><link rel="canonical" href="${address}">`);
    await begin("Source");
    await desk("#saved").setInputFiles(file);
    await desk(".status").getByText("Filled in").waitFor();
    await desk("[data-at=kind] select").selectOption("news");
    await add();
    rmSync(file);
  }
  isEvent = true;
  for (const [date, title, people, sources] of EVENTS) {
    await begin("Event");
    await fill("date", date);
    await fill("title", title);
    for (const words of people) await pick("entities", words);
    for (const words of sources) await pick("sources", words);
    await add();
  }
  isEvent = false;
  for (const [title, summary, text] of SECTIONS) {
    await begin("Section");
    await fill("title", title);
    await fill("summary", summary);
    await write(text);
    await add();
  }
  await begin("Claim");
  await fill("text", "The plating works leaked chromium into the ground.");
  await desk("[data-at=asserted-by] .add").click();
  await pick("by", "delgado");
  await desk("[data-at=disputed-by]").first().evaluate((one) => one.closest("details") && (one.closest("details").open = true));
  await desk("[data-at=disputed-by] .add").click();
  await desk("[data-at=disputed-by] [data-at=by] input").fill(counted("petrov"));
  await desk("[data-at=disputed-by] [data-at=by] [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await desk("[data-at=status] select").selectOption("disputed");
  await pick("sources", "laboratory");
  await desk(".more").evaluate((one) => (one.open = true));
  await pick("sections", "responsible");
  await add();
  await begin("Correction");
  await desk("#find").fill(counted("first filters"));
  await desk("[role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await desk("[data-at=updates] textarea").fill(counted("An earlier version gave the wrong month."));
  await desk(".save").click();
  await desk(".status").getByText("Saved.").waitFor();
}

let browser, server;
try {
  execFileSync(PROGRAM, ["init"], { cwd: folder, stdio: "ignore" });
  // The story that a new site comes with makes room for one's own.
  for (const name of readdirSync(join(folder, "content"))) if (name !== "index.md" && name !== "about.md") rmSync(join(folder, "content", name), { recursive: true });
  writeFileSync(join(folder, "content/index.md"), "---\ntitle: The water of Port Ansel\n---\n");
  // No form is about the settings.
  const book = readFileSync(join(folder, "book.toml"), "utf8");
  writeFileSync(join(folder, "book.toml"), book.replace(/^as-of = .*$/m, `as-of = "${NOW.slice(0, 10)}"`));
  server = spawn(PROGRAM, ["serve", "-p", "0", "--now", NOW], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const base = await new Promise((done, fail) => {
    server.stderr.on("data", (piece) => {
      said += piece;
      const address = /the site is at (http:\S+)/.exec(said)?.[1];
      if (address) done(address);
    });
    server.once("error", fail);
    server.once("exit", () => fail(new Error(`the preview ended:\n${said}`)));
  });
  browser = await launch();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(base);
  await bar(".edit:not([hidden])").last().waitFor();
  const begun = Date.now();
  await hour();
  const took = Date.now() - begun;
  said = "";
  try {
    execFileSync(PROGRAM, ["check", "--strict", "--now", NOW], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    said = `${error.stdout}${error.stderr}`;
  }
  console.log(`3 sections, ${EVENTS.length} events, ${PEOPLE.length} people, ${SOURCES.length + SAVED.length} sources, 1 claim, 1 correction in ${(took / 1000).toFixed(1)} s of a machine's time`);
  console.log(`characters typed: ${typed.all} in all, ${(typed.events / EVENTS.length).toFixed(0)} for an event; ids remembered: ${typed.ids}; records chosen by their words: ${typed.picked}`);
  console.log(said ? `findings:\n${said}` : "no finding");
  process.exitCode = said ? 1 : 0;
} finally {
  await browser?.close();
  server?.kill();
  if (process.env.KEEP) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
