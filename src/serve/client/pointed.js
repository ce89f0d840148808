// Follows the cursor of an editor: the page goes to the record and the paragraph that somebody is at.

import { kept } from "./parts.js";

/** The number of the last place that was shown; none before the first answer, because that place is an old one. */
let seen;

/** What the page before this one was asked for and left to this one. Taken at once: a page that is being left still hears news. */
let waiting = kept.take("pointed");

/** Leaves to the page that is loaded in place of this one what this one hasn't shown yet. */
export function rememberPlace() {
  if (waiting) kept.set("pointed", waiting);
}

/** Goes where the cursor is, unless it has been there. `mayLeave` says whether the page may be left for another. */
export function follow(pointed, mayLeave) {
  const number = pointed?.number ?? 0;
  const before = seen;
  seen = number;
  if (waiting) {
    const left = waiting;
    waiting = undefined;
    return reach(left);
  }
  if (before === undefined || number <= before) return undefined;
  const there = new URL(pointed.address, location.href);
  if (there.pathname === location.pathname) return reach(pointed);
  if (mayLeave) {
    kept.set("pointed", pointed);
    location.assign(there);
  }
  return undefined;
}

const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** How much of a line an element has to say to be its place, as a share of the line's words. */
const ENOUGH = 0.5;

/** The element that says most of a line, the smallest of them. */
function place(line) {
  const wanted = words(line);
  let best = { score: ENOUGH, length: Infinity };
  for (const one of document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, blockquote, td, th, dt, dd, figcaption, summary)")) {
    const have = new Map();
    const own = words(one.textContent);
    for (const word of own) have.set(word, (have.get(word) ?? 0) + 1);
    let shared = 0;
    for (const word of wanted) {
      const left = have.get(word) ?? 0;
      if (left > 0) shared += 1;
      have.set(word, left - 1);
    }
    const score = wanted.length === 0 ? 0 : shared / wanted.length;
    if (score > best.score || (score === best.score && own.length < best.length)) best = { one, score, length: own.length };
  }
  return best.one ?? document.querySelector("main h1") ?? document.querySelector("main");
}

function reach({ words: line }) {
  const one = place(line);
  for (let fold = one?.closest("details:not([open])"); fold; fold = fold.parentElement?.closest("details:not([open])")) fold.open = true;
  one?.scrollIntoView({ block: "center" });
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    one?.animate([{ outline: "3px solid rgb(29 78 216 / 0.9)", outlineOffset: "4px" }, { outline: "3px solid rgb(29 78 216 / 0)", outlineOffset: "4px" }], { duration: 1500, easing: "ease-out" });
  }
}
