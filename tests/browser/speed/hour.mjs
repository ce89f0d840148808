// A journalist's hour: from an empty folder to a site that has no finding, by forms and the keyboard alone. Nobody edits a file, and
// nobody has to know an id. Counts what is typed; it isn't a test of the program's speed, and not part of `./test`.
//
//   BACKGROUNDER_PROGRAM=target/release/backgrounder node tests/browser/speed/hour.mjs

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launch } from "../lib/browser.mjs";

const PROGRAM = resolve(process.env.BACKGROUNDER_PROGRAM ?? "target/release/backgrounder");
const NOW = "2025-12-22T12:00:00Z";
const folder = mkdtempSync(join(tmpdir(), "backgrounder-hour-"));

/** What was typed, in all and for events, and how often a record had to be named by its id. */
const typed = { all: 0, events: 0, ids: 0, picked: 0, keys: 0 };
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
  ["March 30, 2025", "Two wells are closed", ["okafor"], ["two wells", "minutes"]],
  ["April 2, 2025", "Mayor orders a stop to all well water", ["lindqvist"], ["order", "minutes"]],
  ["since May 2025", "Trucks bring drinking water", ["lindqvist"], ["order", "minutes"]],
  ["May 6, 2025", "Owner of the plating works denies a leak", ["petrov"], ["petrov", "minutes"]],
  ["June 20, 2025", "City agrees to pay for filters", ["lindqvist", "okafor"], ["filters", "minutes"]],
  ["about August 2025", "First filters are installed", ["okafor"], ["filters", "minutes"]],
];
const SECTIONS = [
  ["What is in the water", "Chromium was found in two wells in March 2025.", "It began with [[residents report|complaints about the taste]]. Then [[laboratory takes|forty samples]] were taken, and [[report finds|two wells had chromium]].[@laboratory]\n\nThe [[two wells are|wells were closed]] two days later.[@two wells]"],
  ["Who is responsible", "The owner of the plating works denies a leak.", "[[ivan]] owns the works upstream. He [[owner of|denied]] a leak.[@petrov]"],
  ["What the city does", "Trucks bring water, and the city pays for filters.", "[[mara]] [[mayor orders|ordered a stop]] to all well water.[@order] [[trucks|Trucks]] have brought water since, and the [[city agrees|city pays for filters]].[@filters]"],
];

let page;
const desk = (selector) => page.locator(`backgrounder-desk ${selector}`);
const say = (...words) => process.env.SAY && console.log(...words);

/** What has the focus: its words, and the keys of the fields that it is in, the innermost first. */
const focused = () =>
  page.evaluate(() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    const keys = [];
    for (let field = one?.closest("[data-at]"); field; field = field.parentElement?.closest("[data-at]")) keys.push(field.dataset.at);
    return { words: one?.textContent ?? "", label: one?.getAttribute("aria-label") ?? "", id: one?.id ?? "", name: one?.localName, type: one?.type, value: one?.value, role: one?.getAttribute("role"), keys };
  });

const press = async (key) => {
  typed.keys += 1;
  await page.keyboard.press(key);
};

/** Goes on with Tab until something is reached. */
async function tabTo(what, is, key = "Tab") {
  for (let tabs = 0; tabs < 150; tabs++) {
    const one = await focused();
    if (is(one)) return one;
    await press(key);
  }
  throw new Error(`the keyboard doesn't reach ${what}; the focus is on ${JSON.stringify(await focused())}`);
}

const type = (text) => page.keyboard.type(counted(text));

/** Goes to a field, by its key and those of the fields around it. */
async function to(...keys) {
  const isIt = (one) => keys.every((key, at) => one.keys[at] === key) && ["input", "textarea", "select"].includes(one.name);
  // What is rarer is folded.
  if (!(await desk(`[data-at="${keys[0]}"]`).first().isVisible())) {
    await tabTo("the further fields", (one) => one.name === "summary");
    await press("Enter");
  }
  return tabTo(keys.join(" in "), isIt);
}

async function fill(key, text) {
  await to(key);
  await type(text);
}

async function choose(key, word) {
  await to(key);
  for (let tries = 0; (await focused()).value !== word; tries++) {
    if (tries > 20) throw new Error(`${word} is not to be chosen`);
    await press("ArrowDown");
  }
}

/** Types some words of a record and takes the first that is found. */
async function find(words) {
  await type(words);
  await desk("[role=option] >> visible=true").first().waitFor();
  await press("ArrowDown");
  await press("Enter");
  typed.picked += 1;
}

async function pick(key, words) {
  await to(key);
  await find(words);
}

/** Presses a button of the desk or the bar. */
async function button(words) {
  await tabTo(words, (one) => ["button", "a"].includes(one.name) && (one.words === words || one.label === words));
  await press("Enter");
}

/** Opens the empty form of a kind. */
async function begin(kind) {
  if (await desk(".panel").isVisible()) {
    await press("Escape");
    await desk(".panel").waitFor({ state: "hidden" });
  }
  await button("New …");
  await desk(".kinds").waitFor();
  await button(kind);
  await desk(kind === "Correction" ? "#find" : ".fields").waitFor();
  // The form takes the focus to its first field.
  for (let one = await focused(); one.id !== "find" && one.id !== "from" && one.keys.length === 0; one = await focused()) await page.waitForTimeout(10);
}

async function send(words) {
  await press("Control+Enter");
  await desk(".status").getByText(words).waitFor();
  say(await desk(".status").innerText());
}
const add = () => send("Added as");

/** Types a text; after `[[` and `[@` the first suggestion is taken, and the words after a bar are typed. */
async function write(text) {
  await to("body");
  for (const piece of text.split(/(\[\[[^\]]*\]\]|\[@[^\]]*\])/)) {
    const named = /^\[(\[|@)([^|\]]*)(?:\|([^\]]*))?\]/.exec(piece);
    if (!named) {
      await page.keyboard.insertText(counted(piece));
      continue;
    }
    const [, mark, words, shown] = named;
    await type(`[${mark}${mark === "@" ? words.split(" ")[0] : words}`);
    await desk("[data-at=body] [role=option]").first().waitFor();
    await press("Enter");
    typed.picked += 1;
    if (shown) {
      for (let back = 0; back < 2; back++) await press("ArrowLeft");
      await type(`|${shown}`);
      for (let on = 0; on < 2; on++) await press("ArrowRight");
    }
  }
}

async function settings() {
  await button("New …");
  await button("Settings of the site");
  await desk(".fields").waitFor();
  await fill("book.title", "The water of Port Ansel");
  await fill("site.as-of", "December 22, 2025");
  await fill("site.publisher.name", "The Ansel Courier");
  await send("Saved.");
  await press("Escape");
  await desk(".panel").waitFor({ state: "hidden" });
  await button("Edit");
  await desk(".fields").waitFor();
  await fill("title", "The water of Port Ansel");
  await fill("summary", "Two wells had chromium in them. Who put it there is disputed.");
  await send("Saved.");
}

async function hour() {
  await settings();
  for (const [name, description] of PEOPLE) {
    await begin("Person");
    await fill("name", name);
    await fill("description", description);
    await add();
  }
  for (const source of SOURCES) {
    await begin("Source");
    for (const key of ["title", "publisher", "date", "url"]) await fill(key, source[key]);
    await choose("kind", source.kind);
    await add();
  }
  for (const [name, title, publisher, day, address] of SAVED) {
    const file = join(folder, name);
    writeFileSync(file, `<title>${title} | ${publisher}</title><meta property="og:site_name" content="${publisher}"><meta property="article:published_time" content="${day}"><link rel="canonical" href="${address}">`);
    await begin("Source");
    await tabTo("the saved page", (one) => one.type === "file");
    const chooser = page.waitForEvent("filechooser");
    await press("Space");
    await (await chooser).setFiles(file);
    await desk(".status").getByText("Filled in").waitFor();
    await choose("kind", "news");
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
  await button("Add to Asserted by");
  await pick("by", "delgado");
  await choose("status", "disputed");
  await pick("sources", "laboratory");
  await tabTo("the further fields", (one) => one.name === "summary");
  await press("Enter");
  await button("Add to Disputed by");
  await pick("by", "petrov");
  await pick("sections", "responsible");
  await add();
  await begin("Correction");
  await find("first filters");
  await desk("[data-at=updates]").waitFor();
  await tabTo("the correction", (one) => one.keys[0] === "text" && one.keys[1] === "updates");
  await type("An earlier version gave the wrong month.");
  await send("Saved.");
}

let browser, server;
try {
  execFileSync(PROGRAM, ["init", "--bare"], { cwd: folder, stdio: "ignore" });
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
  await page.locator("backgrounder-preview .edit:not([hidden])").last().waitFor();
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
  console.log(`characters typed: ${typed.all} in all, ${(typed.events / EVENTS.length).toFixed(0)} for an event; ids remembered: ${typed.ids}; records chosen by their words: ${typed.picked}; further keys (Tab, arrows, Enter): ${typed.keys}; files edited by hand: 0`);
  console.log(said ? `findings:\n${said}` : "no finding");
  process.exitCode = said ? 1 : 0;
} finally {
  await browser?.close();
  server?.kill();
  if (process.env.KEEP) console.log(folder);
  else rmSync(folder, { recursive: true, force: true });
}
