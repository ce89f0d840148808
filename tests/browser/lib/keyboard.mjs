// Walks a page with the keyboard.

const ENOUGH = 600;
/** How many stops to walk back from the end: enough to get under any bar. */
const BACK = 60;

/** The first stop is a skip link, it is visible when it has the focus, and it leads past the masthead. */
export async function skipFaults(page) {
  await fromTheTop(page);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const element = document.activeElement;
    const hash = element.getAttribute("href") ?? "";
    const target = hash.startsWith("#") ? document.getElementById(hash.slice(1)) : null;
    return { what: window.reader.describe(element), main: target?.localName === "main", ...window.reader.focused() };
  });
  if (!first.main) return [`the first stop is ${first.what}, not a link to <main>`];
  const faults = [];
  if (!first.inside || first.cover) faults.push(`the skip link is not seen when it has the focus${first.cover ? `: ${first.cover} lies over it` : ""}`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const next = await page.evaluate(() => ({ inMain: Boolean(document.activeElement.closest("main")), empty: !document.querySelector("main").querySelector("a[href], button, summary"), what: window.reader.describe(document.activeElement) }));
  if (!next.inMain && !next.empty) faults.push(`behind the skip link comes ${next.what}, outside <main>`);
  return faults;
}

/** Puts the focus before everything, where a newly opened page has it. */
async function fromTheTop(page) {
  await page.evaluate(() => {
    // The focus is on the body for a moment, and Tab continues from its beginning, as on a new page.
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
    if (location.hash) history.replaceState(null, "", location.pathname);
    scrollTo({ top: 0, behavior: "instant" });
  });
}

/**
 * Tab goes through everything that can be reached, in document order, and each stop is visible: it is in the window,
 * not covered, and looks different from how it does without focus. Then the same backwards, where bars at the top of
 * the window hide what is under them.
 */
export async function focusFaults(page) {
  const faults = new Set();
  const count = await page.evaluate(() => window.reader.stops().length);
  if (count === 0) return ["nothing can be reached by the keyboard"];
  if (count > ENOUGH) return [`${count} stops: choose a shorter page`];
  await fromTheTop(page);
  const checked = new Set();
  const visit = async (key) => {
    await page.keyboard.press(key);
    const at = await page.evaluate(() => window.reader.focused());
    if (!at) return null;
    if (!at.inside) faults.add(`outside the window when it has the focus: ${at.what}`);
    if (at.cover) faults.add(`under ${at.cover} when it has the focus: ${at.what}`);
    if (checked.has(at.kind)) return at.index;
    checked.add(at.kind);
    const rest = await page.evaluate(() => window.reader.rest());
    const changed = Object.keys(rest).some((name) => rest[name] !== at.look[name]);
    if (!changed) faults.add(`looks the same with and without focus: ${at.what}`);
    else if (!at.ring) faults.add(`has no outline when it has the focus, so none in forced colors: ${at.what}`);
    else if (at.contrast !== null && at.contrast < 3) faults.add(`its focus ring has a contrast of ${at.contrast.toFixed(1)}, less than 3: ${at.what}`);
    return at.index;
  };

  const order = [];
  for (let i = 0; i <= count; i++) {
    const index = await visit("Tab");
    if (index === null || (index === 0 && i > 0)) break;
    order.push(index);
  }
  const wrong = order.findIndex((index, i) => index !== i);
  if (wrong >= 0 || order.length !== count) {
    const at = wrong >= 0 ? wrong : order.length;
    const names = await page.evaluate(([a, b]) => [a, b].map((i) => (window.reader.stops()[i] ? window.reader.describe(window.reader.stops()[i]) : "the end")), [at, order[at] ?? count]);
    faults.add(`stop ${at + 1} should be ${names[0]} and is ${names[1]}`);
  }
  if (faults.size === 0) for (let i = 0; i < Math.min(order.length - 1, BACK); i++) if ((await visit("Shift+Tab")) === null) break;

  const list = [...faults];
  return list.length > 6 ? [...list.slice(0, 6), `and ${list.length - 6} faults of focus more`] : list;
}

/** A link into the page brings its target into view, not under a bar. `selectors` are the links to follow, if present. */
export async function jumpFaults(page, selectors) {
  const faults = [];
  for (const selector of selectors) {
    const link = page.locator(selector).first();
    if ((await link.count()) === 0) continue;
    const hash = await link.getAttribute("href");
    const hit = await page.evaluate(async (hash) => {
      scrollTo({ top: 0, behavior: "instant" });
      const target = document.getElementById(decodeURIComponent(hash.slice(1)));
      if (!target) return "no such place";
      location.hash = hash;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const rect = [...target.getClientRects()].find((r) => r.height > 0) ?? target.getBoundingClientRect();
      const x = rect.left + Math.min(rect.width, 20) / 2, y = rect.top + Math.min(rect.height, 16) / 2;
      if (y < 0 || y > innerHeight) return "it is not in the window";
      const top = document.elementFromPoint(x, y);
      if (top && !target.contains(top) && !top.contains(target)) return `it lies under ${window.reader.describe(top)}`;
      return null;
    }, hash);
    if (hit) faults.push(`${selector} leads to ${hash}, but ${hit}`);
  }
  return faults;
}
