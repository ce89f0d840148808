// Applies the difference between two versions of a page to the page that is open.
//
// There are three trees: the page as it was sent, the page as it is now, and the page as the browser shows it, which the
// theme's scripts and the reader have changed since. Only what differs between the first two is changed in the third, so
// everything else keeps its state: focus, open details, positions, typed text.

/** Parses a page, without the parts that are never compared. */
export function parse(text) {
  return bare(new DOMParser().parseFromString(text, "text/html"));
}

/** A copy of the open page, if the original can't be had; correct as long as no other script has changed it. */
export function snapshot() {
  return bare(document.cloneNode(true));
}

function bare(page) {
  for (const script of page.querySelectorAll('script[src^="/.backgrounder/"]')) script.remove();
  // It is parsed differently where scripts run, and never shown there.
  for (const hidden of page.querySelectorAll("noscript")) hidden.replaceChildren();
  return page;
}

/** Whether only a reload gives the right page: scripts run once, and a policy can't be taken back. */
export function needsReload(before, after) {
  // Structured data is a script in name only.
  const runs = (one) => one.nodeName !== "SCRIPT" || /^(|module|importmap|(text|application)\/javascript)$/.test(one.type);
  const fixed = (page) => [...page.querySelectorAll("script, template, base, meta[http-equiv]")].filter(runs).map((one) => one.outerHTML);
  return fixed(before).join("\n") !== fixed(after).join("\n");
}

/** Applies the difference between `before` and `after` to the open page; returns the innermost changed elements. */
export async function patch(before, after) {
  const touched = new Set();
  attributes(document.documentElement, before.documentElement, after.documentElement);
  await head(before.head, after.head);
  const anchor = hold();
  element(document.body, before.body, after.body, touched);
  anchor();
  return innermost([...touched].filter((one) => one.isConnected));
}

/** Those of `elements` that don't contain any others. */
function innermost(elements) {
  const around = new Set();
  for (const one of elements) {
    for (let up = one.parentElement; up && !around.has(up); up = up.parentElement) around.add(up);
  }
  return elements.filter((one) => !around.has(one));
}

/** How many elements are remembered: at least one of so many survives a save, whatever is being read. */
const HELD = 30;

/** Remembers what is at the top of the window, and what has the focus; the returned function restores both. */
function hold() {
  const focused = document.activeElement;
  const id = focused?.id;
  const seen = scrollY === 0 ? [] : inView(document.body, []).map((one) => [one, one.getBoundingClientRect().top]);
  // Some browsers do the same on their own; doing it twice would scroll too far.
  document.documentElement.style.overflowAnchor = "none";
  return () => {
    const [one, at] = seen.find(([one]) => one.isConnected) ?? [];
    if (one) scrollBy({ top: one.getBoundingClientRect().top - at, behavior: "instant" });
    requestAnimationFrame(() => {
      document.documentElement.style.removeProperty("overflow-anchor");
      if (document.documentElement.getAttribute("style") === "") document.documentElement.removeAttribute("style");
    });
    if (focused && !focused.isConnected && id) document.getElementById(id)?.focus({ preventScroll: true });
  };
}

/**
 * What is in view below an element, from top to bottom: first the elements that are fully visible, then those cut off by the
 * window's edge. Elements that don't move with the text, such as a sticky table of contents, say nothing about the position.
 */
function inView(parent, found) {
  for (const one of parent.children) {
    if (found.length >= HELD) break;
    const { top, bottom, height } = one.getBoundingClientRect();
    const { position, display } = getComputedStyle(one);
    if (position === "fixed" || position === "sticky") continue;
    if (display !== "contents" && (height === 0 || bottom <= 0 || top >= innerHeight)) continue;
    if (top < 0 || bottom > innerHeight || display === "contents") inView(one, found);
    if (display !== "contents") found.push(one);
  }
  return found;
}

/** The head: like any other element, but a style sheet is removed only once its replacement has loaded. */
async function head(before, after) {
  const isSheet = (one) => one.nodeName === "LINK" && one.rel === "stylesheet";
  const sheets = (of) => [...of.children].filter(isSheet).map((one) => one.getAttribute("href"));
  const [had, wanted] = [sheets(before), sheets(after)];
  const last = [...document.head.children].filter(isSheet).at(-1);
  const fresh = wanted.filter((href) => !had.includes(href));
  await Promise.all(fresh.map((href) => loaded(sheet(href), last)));
  for (const one of [...document.head.children].filter(isSheet)) {
    const href = one.dataset.backgrounderHref ?? one.getAttribute("href");
    if (had.includes(href) && !wanted.includes(href)) one.remove();
  }
  const rest = (of) => {
    const copy = of.cloneNode(true);
    [...copy.children].filter(isSheet).forEach((one) => one.remove());
    return copy;
  };
  element(document.head, rest(before), rest(after), new Set());
}

function sheet(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.setAttribute("href", href);
  return link;
}

/** Inserts a style sheet after another and waits for it, but not forever. */
function loaded(link, behind) {
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    setTimeout(done, 3000);
    behind ? behind.after(link) : document.head.append(link);
  });
}

/** Switches a style sheet to another version without ever leaving the page without one. */
export async function swapSheet(link, version) {
  const href = link.dataset.backgrounderHref ?? link.getAttribute("href");
  const fresh = link.cloneNode();
  fresh.dataset.backgrounderHref = href;
  fresh.setAttribute("href", `${href}${href.includes("?") ? "&" : "?"}backgrounder=${version}`);
  await loaded(fresh, link);
  link.remove();
}

function attributes(live, before, after) {
  for (const { name, value } of after.attributes) {
    if (before.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  for (const { name } of before.attributes) {
    if (!after.hasAttribute(name)) live.removeAttribute(name);
  }
}

function element(live, before, after, touched) {
  if (before.isEqualNode(after)) return;
  attributes(live, before, after);
  const places = locate(before.childNodes, live.childNodes);
  const steps = align([...before.childNodes], [...after.childNodes]);
  // If a script has moved or replaced something, it can't be matched with what was sent: use the page as it is sent now.
  if (steps.some(([old]) => old && !places.has(old))) {
    const made = new Map([...after.childNodes].map((node) => [node, document.importNode(node, true)]));
    live.replaceChildren(...made.values());
    for (const [old, fresh] of steps) if (fresh && !old?.isEqualNode(fresh)) touch(made.get(fresh), touched);
    return;
  }
  let last = null;
  for (const [old, fresh] of steps) {
    const place = old && places.get(old);
    if (old && fresh) {
      node(place, old, fresh, touched);
      last = place;
    } else if (old) {
      // Nothing is left of it to point at, and what is around it is unchanged.
      place.remove();
    } else {
      const made = document.importNode(fresh, true);
      last ? last.after(made) : live.prepend(made);
      last = made;
      touch(made, touched);
    }
  }
}

/** Notes what changed: an element, or the element around a text. White space between elements is invisible. */
function touch(one, touched) {
  if (one.nodeType === Node.ELEMENT_NODE) touched.add(one);
  else if (one.nodeType === Node.TEXT_NODE && one.nodeValue.trim() !== "") touched.add(one.parentElement);
}

function node(live, before, after, touched) {
  if (before.nodeType === Node.ELEMENT_NODE) {
    if (!before.cloneNode().isEqualNode(after.cloneNode())) touched.add(live);
    element(live, before, after, touched);
  } else if (before.nodeValue !== after.nodeValue) {
    live.nodeValue = after.nodeValue;
    touch(live, touched);
  }
}

/** Whether two nodes can be two states of the same one. */
function alike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");
}

/** Matches `nodes`, the children as they are shown, with those that were sent. Both are in order. */
function locate(sent, nodes) {
  const places = new Map();
  let at = 0;
  for (const one of sent) {
    for (let next = at; next < nodes.length; next++) {
      const same = one.nodeType === Node.TEXT_NODE ? one.nodeValue === nodes[next].nodeValue : true;
      if (alike(one, nodes[next]) && same) {
        places.set(one, nodes[next]);
        at = next + 1;
        break;
      }
    }
  }
  return places;
}

/** Pairs of an old node and the new one in its place, in order; either may be missing. */
function align(olds, news) {
  let start = 0;
  while (start < olds.length && start < news.length && olds[start].isEqualNode(news[start])) start++;
  let end = 0;
  const most = Math.min(olds.length, news.length) - start;
  while (end < most && olds[olds.length - 1 - end].isEqualNode(news[news.length - 1 - end])) end++;
  const pairs = [];
  for (let at = 0; at < start; at++) pairs.push([olds[at], news[at]]);
  between(olds.slice(start, olds.length - end), news.slice(start, news.length - end), pairs);
  for (let at = end; at > 0; at--) pairs.push([olds[olds.length - at], news[news.length - at]]);
  return pairs;
}

/** Pairs of the nodes between the equal beginnings and equal ends. */
function between(olds, news, pairs) {
  const text = (one) => one.outerHTML ?? `${one.nodeType} ${one.nodeValue}`;
  const [before, after] = [olds.map(text), news.map(text)];
  let [old, fresh] = [0, 0];
  for (const [i, j] of common(before, after)) {
    gap(olds.slice(old, i), news.slice(fresh, j), pairs);
    pairs.push([olds[i], news[j]]);
    [old, fresh] = [i + 1, j + 1];
  }
  gap(olds.slice(old), news.slice(fresh), pairs);
}

/** The longest common subsequence, as pairs of indices. Very long lists use only entries that occur once in both. */
function common(one, other) {
  const [n, m] = [one.length, other.length];
  if (n * m > 1_000_000) {
    const seen = new Map(other.map((text, at) => [text, at]));
    let last = -1;
    return one.flatMap((text, at) => {
      const place = seen.get(text);
      if (place === undefined || place <= last) return [];
      last = place;
      return [[at, place]];
    });
  }
  const best = Array.from({ length: n + 1 }, () => new Uint32Array(m + 1));
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      best[i][j] = one[i] === other[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < n && j < m; ) {
    if (one[i] === other[j]) pairs.push([i++, j++]);
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

/** Where nothing is equal, similar nodes are paired in order. */
function gap(olds, news, pairs) {
  let next = 0;
  for (const old of olds) {
    const at = news.findIndex((fresh, index) => index >= next && alike(old, fresh));
    if (at < 0) {
      pairs.push([old, null]);
      continue;
    }
    for (; next < at; next++) pairs.push([null, news[next]]);
    pairs.push([old, news[at]]);
    next = at + 1;
  }
  for (; next < news.length; next++) pairs.push([null, news[next]]);
}
