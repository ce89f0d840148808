// @ts-check
// The site's timeline: the strip of all events, the filter, and moving about by keys and on phones.
// A classic script without imports, so that it works from a disk too. What it says comes from the page (`data-words`), and
// the page's address holds the whole view. The HTML is whole without it.
void (async () => {
  /** @typedef {{ first: number, last: number, days: [number, number] }} Span months since year 0 with fractions, and days */
  /** @typedef {{ spans: Span[], first: Span | null, from: number, to: number, open: boolean, soft: boolean, mark: string, of: number[], row: HTMLElement | null, text: string, found: boolean }} Entry */
  /** @typedef {{ heading: HTMLElement | null, list: HTMLElement, rows: HTMLElement[], offset: number, reversed: boolean }} Month */
  /** @typedef {{ heading: HTMLElement | null, months: Month[] }} Year */
  /** @typedef {{ url: string, label: string, offset: number, count: number, years: Year[] | null, more: HTMLElement, told: number, busy: boolean }} Period */

  const found = document.getElementById("timeline--filter");
  const list = /** @type {HTMLElement | null} */ (document.querySelector(".timeline-filter ~ .spine"));
  if (!(found instanceof HTMLFormElement) || !list) return;
  const form = found, spine = list;
  const words = JSON.parse(form.dataset.words ?? "{}");
  const language = document.documentElement.lang;
  const isRtl = document.documentElement.dir === "rtl";
  const phone = matchMedia("(width < 48rem)");
  /** @param {string} name @returns {HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-part="${name}"]`));
  const strip = part("strip"), status = part("status"), tools = part("tools"), count = part("count"), show = part("show"), now = part("now");
  const link = /** @type {HTMLAnchorElement} */ (part("link"));
  /** Where what was chosen stands in words; an older template may have no such place. */
  const askedFor = document.querySelector('[data-part="asked"]');
  const handles = [part("from"), part("to")];
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=checkbox][data-number]")]);
  const text = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const order = /** @type {HTMLSelectElement} */ (form.elements.namedItem("order"));
  const scale = /** @type {HTMLInputElement} */ (form.elements.namedItem("scale"));

  // ---- Words ----

  /** @param {string} message @param {Record<string, string>} values */
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  /** @param {number} n */
  function number(n) {
    const digits = String(n);
    return digits.length < Math.max(4, Number(words.least) || 99) ? digits : digits.replace(/\B(?=(\d{3})+$)/g, words.group);
  }

  let plurals = new Intl.PluralRules();
  try { plurals = new Intl.PluralRules(language); } catch { /* A tag that the browser doesn't know counts like its own. */ }
  /** A message about `n` things. @param {"events" | "shown" | "show"} name @param {number} n @param {number} [all] */
  function counted(name, n, all = n) {
    const forms = words[name];
    return fill(forms[plurals.select(all)] ?? forms.other, { n: number(n), all: number(all) });
  }

  /** @param {number} year */
  const yearName = (year) => (year > 999 ? String(year) : year > 0 ? fill(words.ce, { year: String(year) }) : fill(words.bce, { year: String(1 - year) }));

  // ---- Dates ----

  /** Days since 1970 of the proleptic calendar. @param {number} y @param {number} m @param {number} d */
  function dayNumber(y, m, d) {
    const year = m <= 2 ? y - 1 : y, era = Math.floor(year / 400), of = year - era * 400;
    const day = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
    return era * 146097 + of * 365 + Math.floor(of / 4) - Math.floor(of / 100) + day - 719468;
  }

  /** A day as months since year 0 and as days; `null` for an open end. @param {string} day @returns {[number, number] | null} */
  function moment(day) {
    const parts = /^(-?\d+)-(\d\d)-(\d\d)$/.exec(day);
    if (!parts) return null;
    const [y, m, d] = parts.slice(1).map(Number);
    return [y * 12 + m - 1 + (d - 1) / 31, dayNumber(y, m, d)];
  }

  /** The days of an event. @param {string} days @returns {Span[]} */
  function spansOf(days) {
    const day = days.length === 10 ? moment(days) : null;
    if (day) return [{ first: day[0], last: day[0], days: [day[1], day[1]] }];
    return days.split(" ").flatMap((one) => {
      const [from, to = from] = one.split("/");
      const first = moment(from) ?? moment(to), last = moment(to) ?? first;
      return first && last ? [{ first: first[0], last: last[0], days: /** @type {[number, number]} */ ([first[1], last[1]]) }] : [];
    });
  }

  /** @param {string} days @param {string} mark @param {string} of @param {HTMLElement | null} row @returns {Entry} */
  function entry(days, mark, of, row) {
    const spans = spansOf(days), open = mark.includes(" open") || days.endsWith("..");
    return { spans, first: spans[0] ?? null, from: 0, to: 0, open, soft: mark.includes(" soft") || spans.length > 1, mark: /\bs\d\b/.exec(mark)?.[0] ?? "s0", of: of ? of.split(" ").map(Number) : [], row, text: "", found: true };
  }

  // ---- The list ----

  /** The years and months of a list, as they are. @param {Iterable<Element>} children @param {number} offset @returns {Year[]} */
  function parse(children, offset) {
    /** @type {Year[]} */
    const years = [];
    /** @type {HTMLElement | null} */
    let heading = null;
    let at = offset;
    for (const child of children) {
      if (!(child instanceof HTMLElement)) continue;
      if (child.matches(".year")) years.push({ heading: child, months: [] });
      else if (child.matches(".month")) heading = child;
      else if (child.matches(".events")) {
        if (years.length === 0) years.push({ heading: null, months: [] });
        const rows = /** @type {HTMLElement[]} */ ([...child.children]);
        years[years.length - 1].months.push({ heading, list: child, rows, offset: at, reversed: false });
        at += rows.length;
        heading = null;
      }
    }
    return years;
  }

  /** On a phone, major events are closed too. @param {Element} rows */
  function fold(rows) {
    for (const details of rows.querySelectorAll("details.event-more[open]")) details.removeAttribute("open");
  }

  const data = /** @type {{ backgrounderEvents?: { periods: number[], events: [string, string, string][] }, backgrounderTitles?: string[] }} */ (/** @type {unknown} */ (window));
  const whole = data.backgrounderEvents;
  const original = [...spine.children];
  const shownYears = parse(original, 0);
  if (phone.matches) fold(spine);
  // A long list is read in slices, so that the page can be used in the meantime; everything else at once, before it is drawn.
  /** @type {Entry[]} */
  const entries = whole
    ? await sliced(whole.events, ([days, mark, of]) => entry(days, mark, of, null))
    : shownYears.flatMap((year) => year.months.flatMap((month) => month.rows.map((row) => entry(row.dataset.days ?? "", row.className, row.dataset.of ?? "", row))));
  const periods = whole ? findPeriods(whole.periods) : [];

  /** @template T, U @param {T[]} list @param {(one: T) => U} make @returns {Promise<U[]>} */
  async function sliced(list, make) {
    const out = [];
    for (let at = 0; at < list.length; at += 400) {
      await new Promise((done) => setTimeout(done));
      for (const one of list.slice(at, at + 400)) out.push(make(one));
    }
    return out;
  }

  /** @param {number[]} counts @returns {Period[]} */
  function findPeriods(counts) {
    let offset = 0;
    return [...document.querySelectorAll(".periods li")].map((item, at) => {
      const source = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
      const more = document.createElement("p");
      more.className = "period-more";
      const period = { url: source.href, label: source.textContent ?? "", offset, count: counts[at] ?? 0, years: null, more, told: -1, busy: false };
      offset += period.count;
      return period;
    });
  }

  // ---- Units of the strip ----

  const dated = entries.filter((one) => one.first);
  const lowest = dated.reduce((least, { first }) => Math.min(least, /** @type {Span} */ (first).first), Infinity);
  const highest = dated.reduce((most, { spans }) => spans.reduce((most, span) => Math.max(most, span.first), most), -Infinity);
  const months = Math.floor(highest) - Math.floor(lowest) + 1;
  const byDay = months <= 2;
  const size = byDay || months <= 180 ? 1 : months <= 180 * 12 ? 12 : months <= 180 * 120 ? 120 : 1200;
  const leap = byDay ? 7 : size === 1 ? 12 : 10;
  /** @param {Span} span @param {boolean} last */
  const value = (span, last) => (byDay ? span.days[last ? 1 : 0] + (last ? 0.99 : 0) : (last ? span.last + 1 / 32 : span.first) / size);
  const starts = dated.map((one) => Math.floor(value(/** @type {Span} */ (one.first), false)));
  const min = starts.reduce((least, unit) => Math.min(least, unit), Infinity), max = starts.reduce((most, unit) => Math.max(most, unit), min);
  if (!dated.length) return;
  for (const one of entries) {
    if (!one.first) continue;
    const last = one.spans[one.spans.length - 1];
    one.from = Math.floor(value(one.first, false));
    // What goes on is found where it began: otherwise it would be in every month since.
    one.to = one.open ? one.from : Math.max(one.from, Math.floor(value(last, true)));
  }

  /** @param {number} days @returns {[number, number, number]} */
  function civil(days) {
    const z = days + 719468, era = Math.floor(z / 146097), of = z - era * 146097;
    const year = Math.floor((of - Math.floor(of / 1460) + Math.floor(of / 36524) - Math.floor(of / 146096)) / 365);
    const day = of - (365 * year + Math.floor(year / 4) - Math.floor(year / 100)), m = Math.floor((5 * day + 2) / 153);
    const month = m < 10 ? m + 3 : m - 9;
    return [year + era * 400 + (month <= 2 ? 1 : 0), month, day - Math.floor((153 * m + 2) / 5) + 1];
  }

  /** A unit of the strip in words. @param {number} unit */
  function unitName(unit) {
    if (byDay) {
      const [y, m, d] = civil(unit);
      const day = fill(words.date, { day: words.digits === "2" ? String(d).padStart(2, "0") : String(d) });
      return fill(words.day, { day, month: words.months[m - 1], year: String(y) });
    }
    if (size === 1) return fill(words.month, { month: words.months[((unit % 12) + 12) % 12], year: yearName(Math.floor(unit / 12)) });
    return yearName((unit * size) / 12);
  }

  /** A unit as the address has it. @param {number} unit */
  function unitCode(unit) {
    /** @param {number} y */
    const year = (y) => (y < 0 ? "-" : "") + String(Math.abs(y)).padStart(4, "0");
    if (byDay) {
      const [y, m, d] = civil(unit);
      return `${year(y)}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
    }
    return size === 1 ? `${year(Math.floor(unit / 12))}-${String((((unit % 12) + 12) % 12) + 1).padStart(2, "0")}` : year((unit * size) / 12);
  }

  /** @param {string | null} code @param {boolean} last @param {number} otherwise */
  function unitOf(code, last, otherwise) {
    const parts = /^(-?\d{1,9})(?:-(\d\d))?(?:-(\d\d))?$/.exec(code ?? "");
    if (!parts) return otherwise;
    const y = Number(parts[1]), m = Number(parts[2] ?? (last ? 12 : 1)), d = Number(parts[3] ?? (last ? 31 : 1));
    const unit = byDay ? dayNumber(y, m, d) : Math.floor((y * 12 + m - 1) / size);
    return Math.min(max, Math.max(min, unit));
  }

  // ---- The view ----

  const view = { from: min, to: max };
  const isPeriodWhole = () => view.from <= min && view.to >= max;
  /** @param {string} words */
  const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  /** Whether a box is as the page has it. @param {HTMLInputElement} box */
  const isDefault = (box) => box.checked === box.defaultChecked;
  const isFiltered = () => !isPeriodWhole() || text.value.trim() !== "" || boxes.some((box) => !isDefault(box));

  /** @returns {URLSearchParams} */
  function query() {
    const out = new URLSearchParams();
    for (const box of boxes) {
      if (box.name === "major" && !isDefault(box)) out.append("major", box.checked ? "1" : "0");
      else if (box.name !== "major" && box.checked) out.append(box.name, box.value);
    }
    if (!isPeriodWhole()) {
      out.set("from", unitCode(view.from));
      out.set("to", unitCode(view.to));
    }
    if (text.value.trim()) out.set("q", text.value.trim());
    if (order.value) out.set("order", order.value);
    if (scale.checked) out.set("scale", "log");
    return out;
  }

  /** Takes the view from the address: from its query or, where browsers don't let a page change that, from its fragment. */
  function read() {
    const given = new URLSearchParams(location.hash.startsWith("#?") ? location.hash.slice(2) : location.search);
    for (const box of boxes) {
      if (box.name === "major") box.checked = given.has("major") ? given.get("major") === "1" : box.defaultChecked;
      else box.checked = given.getAll(box.name).includes(box.value);
    }
    view.from = unitOf(given.get("from"), false, min);
    view.to = Math.max(view.from, unitOf(given.get("to"), true, max));
    text.value = given.get("q") ?? "";
    order.value = given.get("order") === "newest" ? "newest" : "";
    scale.checked = given.get("scale") === "log";
  }

  let writing = 0;
  function write() {
    clearTimeout(writing);
    writing = setTimeout(() => {
      const code = query().toString();
      try {
        history.replaceState(history.state, "", location.pathname + (code ? `?${code}` : "") + (location.hash.startsWith("#?") ? "" : location.hash));
      } catch {
        // A page from a disk or in a closed frame may only change its fragment.
        if (code || location.hash.startsWith("#?")) location.replace(`#?${code}`);
      }
    }, 250);
    const code = query().toString();
    link.href = location.protocol === "file:" ? `#?${code}` : `${location.pathname}?${code}`;
    if (window !== window.top) link.target = "_blank";
  }

  // ---- Filtering ----

  // The boxes of a fieldset are alternatives; those of different fieldsets are all asked for.
  const sets = [...new Set(boxes.map((box) => box.closest("fieldset") ?? box))].map((set) => ({
    boxes: boxes.filter((box) => set === box || set.contains(box)),
    label: set.closest("details")?.querySelector('[data-part="chosen"]') ?? null,
  }));

  /** Notes for each event whether it is found, apart from the period. */
  function match() {
    /** @type {Uint8Array[]} */
    const asked = [];
    for (const set of sets) {
      const chosen = set.boxes.filter((box) => box.checked), line = chosen.length ? number(chosen.length) : "";
      if (set.label && set.label.textContent !== line) set.label.textContent = line;
      if (chosen.length === 0) continue;
      const flags = new Uint8Array(1024);
      for (const box of chosen) flags[Number(box.dataset.number)] = 1;
      asked.push(flags);
    }
    const needles = folded(text.value).split(/\s+/).filter(Boolean);
    if (needles.length && entries[0] && !entries[0].text) readTexts();
    for (const one of entries) {
      one.found = asked.every((flags) => one.of.some((n) => flags[n] === 1)) && needles.every((needle) => one.text.includes(needle));
    }
  }

  function readTexts() {
    entries.forEach((one, at) => {
      const title = one.row ? one.row.querySelector(".event-title")?.textContent : data.backgrounderTitles?.[at];
      one.text = title == null ? "" : `${folded(title)} `;
    });
  }

  /** Loads the headlines of a divided timeline when they are first asked for. */
  function loadTitles() {
    const source = form.dataset.titles;
    if (!source || data.backgrounderTitles || document.querySelector("script[data-titles]")) return;
    const script = document.createElement("script");
    script.src = source;
    script.dataset.titles = "";
    script.onload = () => refresh(true);
    document.head.append(script);
  }

  /** @param {Entry} one */
  const isShown = (one) => one.found && (isPeriodWhole() || (one.first !== null && one.from <= view.to && one.to >= view.from));

  /** A long list changes in parts, after the paint that shows what was chosen; a short one changes with it. */
  const isLong = entries.length > 300;
  /** How many rows the first part has. The next has twice as many, or half as many if the last kept the page busy for longer than `PART` milliseconds. */
  const FEWEST = 5, PART = 25;
  /** The milliseconds between a paint and the next part, in which the reader's next key or click is heard. */
  const BREATH = 30;
  let following = 0, followingFrame = 0;

  /**
   * Changes the list, in parts if it is long. What is left of an earlier call is dropped.
   * @param {Iterator<number>} steps each does a little and tells how many rows it changed
   */
  function spread(steps) {
    clearTimeout(following);
    cancelAnimationFrame(followingFrame);
    let room = isLong ? FEWEST : Infinity;
    /** @param {() => void} then */
    const afterPaint = (then) => { followingFrame = requestAnimationFrame(() => { following = setTimeout(then); }); };
    const some = () => {
      const begun = performance.now();
      for (let changed = 0; changed < room;) {
        const { done, value } = steps.next();
        if (done) return;
        changed += value;
      }
      afterPaint(() => {
        room = performance.now() - begun < PART ? room * 2 : Math.max(FEWEST, room / 2);
        following = setTimeout(some, BREATH);
      });
    };
    if (isLong) afterPaint(() => { following = setTimeout(some, BREATH); });
    else some();
  }

  /** @param {HTMLElement} element @param {boolean} is */
  function setHidden(element, is) {
    if (element.hidden !== is) element.hidden = is;
  }

  /** @param {Month} month */
  const hasShown = ({ rows, offset }) => rows.some((_, nth) => isShown(entries[offset + nth]));

  /**
   * Puts years, and places of years that aren't here yet, in the order that the reader wants, from the top down, and shows
   * those rows that are found, and the headings that still have some. Whatever stands behind them is left where it is.
   * @param {(Year | HTMLElement)[]} parts @param {boolean} newest @returns {Generator<number, void>}
   */
  function* arranged(parts, newest) {
    /** @type {Element | null} */
    let before = null;
    /** @param {HTMLElement} element */
    const place = (element) => {
      const next = before ? before.nextElementSibling : spine.firstElementChild;
      if (next !== element) before ? before.after(element) : spine.prepend(element);
      before = element;
    };
    for (const part of parts) {
      if (part instanceof HTMLElement) {
        place(part);
        continue;
      }
      if (part.heading) {
        setHidden(part.heading, !part.months.some(hasShown));
        place(part.heading);
      }
      for (const month of newest ? [...part.months].reverse() : part.months) {
        const is = hasShown(month);
        setHidden(month.list, !is);
        if (month.heading) {
          setHidden(month.heading, !is);
          place(month.heading);
        }
        place(month.list);
        yield* updateMonth(month, newest);
      }
    }
  }

  /** Shows the rows of a month that are found, in the order that is wanted. @param {Month} month @param {boolean} newest @returns {Generator<number, void>} */
  function* updateMonth(month, newest) {
    if (month.reversed !== newest) {
      month.list.append(...[...month.list.children].reverse());
      month.reversed = newest;
      yield month.rows.length;
    }
    for (const row of newest ? [...month.rows.keys()].reverse() : month.rows.keys()) {
      const is = isShown(entries[month.offset + row]);
      if (month.rows[row].hidden === !is) continue;
      month.rows[row].hidden = !is;
      yield 1;
    }
  }

  let byPeriod = false;

  /** Brings the list up to date. */
  function updateList() {
    spread(whole ? arrangedByPeriod() : arrangedHere());
  }

  /** The whole list, which is on this page. */
  function arrangedHere() {
    const newest = order.value === "newest";
    return arranged(newest ? [...shownYears].reverse() : shownYears, newest);
  }

  /** A list of which this page has only the latest period: as the page came, or all periods if something is asked for. */
  function* arrangedByPeriod() {
    const newest = order.value === "newest", wanted = isFiltered() || newest;
    for (const other of document.querySelectorAll(".periods, .majors-only")) other.toggleAttribute("hidden", wanted);
    if (wanted !== byPeriod) spine.replaceChildren(...(wanted ? [] : original));
    byPeriod = wanted;
    if (!wanted) return;
    for (const period of periods) if (!period.years) announce(period);
    /** @param {Period} period @returns {(Year | HTMLElement)[]} */
    const parts = ({ years, more }) => (!years ? [more] : newest ? [...years].reverse() : years);
    yield* arranged((newest ? [...periods].reverse() : periods).flatMap(parts), newest);
    // A place stays until the rows are there, so that nothing below it moves up in between.
    for (const { years, more } of periods) if (years) more.remove();
  }

  // ---- Periods that are not on this page ----

  /** Those whose place is in the window or near it. @type {Set<Period>} */
  const near = new Set();
  const approach = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      const period = periods.find((one) => one.more === target);
      if (period && isIntersecting) near.add(period);
      else if (period) near.delete(period);
    }
    loadSoon();
  }, { rootMargin: "1000px" });

  /** Says at a period's place how many of its events are found. @param {Period} period */
  function announce(period) {
    let n = 0;
    for (let at = period.offset; at < period.offset + period.count; at++) if (isShown(entries[at])) n++;
    if (period.told === n) return;
    period.told = n;
    period.more.hidden = n === 0;
    // About as tall as its rows will be, so that only what is near loads.
    period.more.style.minHeight = `${n * 5}rem`;
    const source = document.createElement("a");
    source.href = period.url;
    source.textContent = period.label;
    period.more.replaceChildren(source, ` ${counted("events", n)}`);
    approach.observe(period.more);
  }

  let loading = 0;
  /** Loads what is near once nothing has been asked for a moment: a page that is being read in answers late. */
  function loadSoon() {
    clearTimeout(loading);
    loading = setTimeout(() => {
      // From a disk, nothing can be fetched; the link to the page stays.
      if (!byPeriod || location.protocol === "file:") return;
      // One at a time, from the top: what was near may be far once the rows of the one before are there.
      const inOrder = order.value === "newest" ? [...periods].reverse() : periods;
      const next = inOrder.find((one) => near.has(one) && !one.busy && !one.years);
      if (next && !periods.some((one) => one.busy)) void load(next);
    }, 100);
  }

  /** Fetches a period's page and puts its rows in their place. @param {Period} period */
  async function load(period) {
    period.busy = true;
    try {
      const answer = await fetch(period.url);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const rows = page.querySelector(".spine");
      if (!rows) return;
      for (const anchor of rows.querySelectorAll("a[href]")) anchor.setAttribute("href", new URL(anchor.getAttribute("href") ?? "", period.url).href);
      if (phone.matches) fold(rows);
      period.years = parse([...rows.children].map((child) => document.adoptNode(child)), period.offset);
    } catch {
      // The network is away: the link to the page stays.
      return;
    } finally {
      near.delete(period);
      approach.unobserve(period.more);
      period.busy = false;
    }
    if (byPeriod) updateList();
    loadSoon();
  }

  // ---- The strip ----

  const SVG = "http://www.w3.org/2000/svg";
  /** Patterns of sections: what is left out of their columns. The hues are not enough for everybody. */
  const WEAVES = ["M1 3h.1M4 6h.1", "", "M-1 7L7 -1", "M0 3H6", "M-1 -1L7 7", "M3 0V6", "M3 3h.01", "M0 3H6M3 0V6", "M0 0L6 6M0 6L6 0"];
  /** @param {string} name @param {Record<string, string | number>} attributes @param {Element} parent */
  function draw(name, attributes, parent) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    parent.append(element);
    return element;
  }

  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  strip.prepend(svg);
  const defs = draw("defs", {}, svg);
  WEAVES.forEach((weave, at) => {
    const pattern = draw("pattern", { id: `timeline--weave${at}`, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, defs);
    draw("path", { d: weave, class: "weave", "stroke-linecap": "round" }, pattern);
  });
  const drawing = draw("g", {}, svg);
  const outside = [draw("rect", { class: "outside", y: 0, height: 78, x: 0, width: 0 }, svg), draw("rect", { class: "outside", y: 0, height: 78, x: 0, width: 0 }, svg)];
  for (const swatch of form.querySelectorAll(".swatch")) {
    const at = Number(/\bs(\d)\b/.exec(swatch.className)?.[1] ?? 0);
    const own = document.createElementNS(SVG, "svg");
    own.setAttribute("aria-hidden", "true");
    draw("rect", { width: 16, height: 16, class: "hue" }, own);
    draw("rect", { width: 16, height: 16, fill: `url(#timeline--weave${at})` }, own);
    swatch.append(own);
  }

  const TOP = 60, UNITS = max - min + 1;
  let width = 0;
  /** Where a value of the strip is, from the left. @param {number} at */
  const x = (at) => share(at) * width;
  /** @param {number} at */
  const share = (at) => (isRtl ? max + 1 - at : at - min) / UNITS;

  /** Draws the columns of all events that are found in any period. */
  function drawStrip() {
    if (width === 0) return;
    isStripOld = false;
    svg.setAttribute("viewBox", `0 0 ${width} 98`);
    const columns = new Map();
    for (const one of entries) {
      if (!one.found || !one.first) continue;
      const column = columns.get(one.from) ?? new Uint32Array(10);
      column[Number(one.mark[1])]++;
      column[9]++;
      columns.set(one.from, column);
    }
    const most = Math.max(1, ...[...columns.values()].map((column) => column[9]));
    const wide = width / UNITS, gap = wide > 6 ? 1.5 : wide > 3 ? 0.5 : 0;
    const paths = Array.from({ length: 9 }, () => "");
    for (const [unit, column] of columns) {
      const total = column[9];
      const height = scale.checked ? (Math.log(1 + total) / Math.log(1 + most)) * TOP : (total / most) * TOP;
      let y = TOP;
      const left = Math.min(x(unit), x(unit + 1)) + gap / 2;
      for (let mark = 0; mark < 9; mark++) {
        if (!column[mark]) continue;
        const own = Math.max(1, (column[mark] / total) * height);
        y -= own;
        paths[mark] += `M${left.toFixed(1)} ${y.toFixed(1)}h${Math.max(1, wide - gap).toFixed(1)}v${own.toFixed(1)}h${(-Math.max(1, wide - gap)).toFixed(1)}z`;
      }
    }
    drawing.replaceChildren();
    drawTicks();
    paths.forEach((d, mark) => {
      if (!d) return;
      draw("path", { d, class: `column s${mark}` }, drawing);
      if (WEAVES[mark]) draw("path", { d, fill: `url(#timeline--weave${mark})` }, drawing);
    });
    draw("path", { d: `M0 ${TOP + 0.5}H${width}`, class: "base" }, drawing);
    drawWidths();
    drawRange();
  }

  /** What isn't one known day is a bar below the columns, as wide as what is known of it. */
  function drawWidths() {
    const ends = [-Infinity, -Infinity, -Infinity, -Infinity];
    /** @type {Map<string, string>} */
    const paths = new Map();
    for (const one of entries) {
      if (!one.found || !one.first || !(one.soft || one.open || one.spans.some((span) => span.days[1] > span.days[0]))) continue;
      for (const span of one.spans) {
        const begin = value(span, false), end = one.open ? max + 1 : Math.max(value(span, true), begin);
        const lane = ends.findIndex((last) => last <= begin);
        if (lane < 0) break;
        const own = Math.max(Math.abs(x(end) - x(begin)), 4);
        ends[lane] = begin + (own / width) * UNITS + 0.1;
        const left = Math.min(x(begin), x(end)), y = TOP + 3 + lane * 4;
        const key = `${one.soft || one.open ? "soft" : "known"} ${one.mark}`;
        paths.set(key, `${paths.get(key) ?? ""}M${left.toFixed(1)} ${y}h${own.toFixed(1)}v3h${(-own).toFixed(1)}z`);
      }
    }
    for (const [key, d] of paths) draw("path", { d, class: key }, drawing);
  }

  function drawTicks() {
    let last = -Infinity;
    const every = byDay ? 1 : size === 1 ? 12 : 1;
    const room = byDay ? 110 : 44;
    for (let unit = min; unit <= max; unit++) {
      if (every > 1 && ((unit % every) + every) % every !== 0 && unit !== min) continue;
      const left = Math.min(x(unit), x(unit + 1));
      if (Math.abs(left - last) < room && unit !== min) continue;
      // A first, partial year gives way to the next if both have no room.
      const next = min + every - (((min % every) + every) % every);
      if (every > 1 && unit === min && unit % every !== 0 && next <= max && Math.abs(x(next) - x(unit)) < room) continue;
      last = left;
      draw("path", { d: `M${left.toFixed(1)} 0V82`, class: "tick" }, drawing);
      const label = draw("text", { x: Math.min(left + 2, width - 28).toFixed(1), y: 94 }, drawing);
      label.textContent = byDay ? unitName(unit) : yearName(Math.floor((unit * size) / 12));
    }
  }

  /** Places the handles, and says what they say. */
  function drawRange() {
    handles[0].style.left = `${share(view.from) * 100}%`;
    handles[1].style.left = `${share(view.to + 1) * 100}%`;
    const [begin, end] = [x(view.from), x(view.to + 1)], [left, right] = [Math.min(begin, end), Math.max(begin, end)];
    outside[0].setAttribute("width", String(Math.max(0, left)));
    outside[1].setAttribute("x", String(right));
    outside[1].setAttribute("width", String(Math.max(0, width - right)));
  }

  // ---- Together ----

  /** What is chosen, for someone who came by a link. */
  function inWords() {
    const chosen = boxes.filter((box) => box.checked && !isDefault(box)).map((box) => {
      const name = /** @type {Element} */ (box.parentElement?.lastElementChild ?? box).cloneNode(true);
      if (name instanceof Element) name.querySelector(".n")?.remove();
      return (name.textContent ?? "").trim();
    });
    // Each is apart from the dash, which numbers would draw to themselves where text runs from right to left.
    const [from, to] = [view.from, view.to].map((unit) => `\u2068${unitName(unit)}\u2069`);
    const period = view.from === view.to ? unitName(view.from) : `${from} – ${to}`;
    const found = text.value.trim();
    return [...chosen, ...(isPeriodWhole() ? [] : [period]), ...(found ? [found] : [])].join(" · ");
  }

  /** Brings everything up to date with the view. @param {boolean} [again] whether more than the period and the order has changed @param {boolean} [atRest] whether the list need not wait for the next move */
  function refresh(again = true, atRest = true) {
    if (again) match();
    isStripOld ||= again;
    tell();
    if (atRest) listNow();
    else listSoon();
  }

  /** How long a handle or the keyboard has to rest before the list follows, and the longest that the list waits for that, in milliseconds. Under a finger, or with a key held down, the list would be in the way of the next move. */
  const REST = 50, PATIENCE = 300;
  let resting = 0, restless = 0;
  function listSoon() {
    const now = performance.now();
    restless ||= now;
    clearTimeout(resting);
    resting = setTimeout(listNow, Math.max(0, Math.min(REST, restless + PATIENCE - now)));
  }

  /** Brings the list and the columns up to date, and loads what is near. */
  function listNow() {
    clearTimeout(resting);
    restless = 0;
    updateList();
    // The columns follow in a task of their own.
    clearTimeout(drawingSoon);
    if (isStripOld) drawingSoon = setTimeout(drawStrip);
    if (near.size) loadSoon();
  }

  /** Says how many events are shown, and of which period. */
  function tell() {
    const n = entries.reduce((sum, one) => sum + (isShown(one) ? 1 : 0), 0);
    const filtered = isFiltered();
    const line = !filtered ? "" : n === 0 ? words.none : counted("shown", n, entries.length);
    if (status.textContent !== line) status.textContent = line;
    tools.hidden = !filtered;
    if (askedFor) askedFor.textContent = filtered ? inWords() : "";
    count.textContent = filtered ? counted("shown", n, entries.length) : counted("events", entries.length);
    show.textContent = counted("show", n);
    const events = counted("events", n);
    handles.forEach((handle, at) => {
      const unit = at === 0 ? view.from : view.to;
      handle.setAttribute("aria-valuemin", String(at === 0 ? min : view.from));
      handle.setAttribute("aria-valuemax", String(at === 0 ? view.to : max));
      handle.setAttribute("aria-valuenow", String(unit));
      handle.setAttribute("aria-valuetext", fill(at === 0 ? words.from : words.to, { date: unitName(unit), events }));
    });
    drawRange();
    write();
  }

  let drawingSoon = 0, isStripOld = false;
  let asked = 0, isAgain = false, isAtRest = false;
  /**
   * Brings everything up to date before the next frame, however often it is asked.
   * @param {boolean} again whether more than the period and the order has changed
   * @param {boolean} [atRest] whether the list need not wait for the next move
   */
  function soon(again, atRest = true) {
    isAgain ||= again;
    isAtRest ||= atRest;
    if (asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      refresh(isAgain, isAtRest);
      isAgain = isAtRest = false;
    });
  }

  /** @param {number} which @param {number} unit */
  function move(which, unit) {
    const before = which === 0 ? view.from : view.to;
    if (which === 0) view.from = Math.min(Math.max(unit, min), view.to);
    else view.to = Math.max(Math.min(unit, max), view.from);
    if (before !== (which === 0 ? view.from : view.to)) soon(false, false);
  }

  /** The unit under a pointer. @param {PointerEvent | MouseEvent} event */
  function under(event) {
    const box = strip.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return min + (isRtl ? 1 - share : share) * UNITS;
  }

  handles.forEach((handle, which) => {
    handle.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const unit = which === 0 ? view.from : view.to;
      const step = event.shiftKey ? leap : 1, ahead = isRtl ? -step : step;
      const steps = /** @type {Record<string, number>} */ ({ ArrowRight: unit + ahead, ArrowLeft: unit - ahead, ArrowUp: unit + step, ArrowDown: unit - step, PageUp: unit + leap, PageDown: unit - leap, Home: which === 0 ? min : view.from, End: which === 0 ? view.to : max });
      if (!(event.key in steps)) return;
      event.preventDefault();
      move(which, steps[event.key]);
    });
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      handle.focus({ preventScroll: true });
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (handle.hasPointerCapture(event.pointerId)) move(which, which === 0 ? Math.round(under(event)) : Math.round(under(event)) - 1);
    });
  });

  svg.addEventListener("click", (event) => {
    const unit = Math.min(max, Math.max(min, Math.floor(under(event))));
    const isAlone = view.from === unit && view.to === unit;
    [view.from, view.to] = isAlone ? [min, max] : [unit, unit];
    soon(false);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.matches(":popover-open")) form.hidePopover();
  });
  form.addEventListener("input", (event) => {
    if (event.target === keysBox) return;
    if (event.target === text) loadTitles();
    soon(event.target !== order, event.target !== text || !isLong);
  });
  text.addEventListener("focus", loadTitles);
  part("clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = box.defaultChecked;
    text.value = "";
    [view.from, view.to] = [min, max];
    refresh();
    (phone.matches ? /** @type {HTMLElement | null} */ (spine.querySelector(".event-title a")) : text)?.focus();
  });
  // Its width isn't asked for while drawing: that would lay out the list in the middle of a change.
  new ResizeObserver(([seen]) => {
    if (seen.contentRect.width === width) return;
    width = seen.contentRect.width;
    drawStrip();
  }).observe(strip);

  // ---- Keys: they can be switched off, as single letters get in the way of speech input (WCAG 2.1.4). ----

  const KEYS = "backgrounder-timeline-keys";
  const keysBox = /** @type {HTMLInputElement} */ (part("keys"));
  try { keysBox.checked = localStorage.getItem(KEYS) !== "off"; } catch { /* Storage may be blocked: then they are on. */ }
  keysBox.addEventListener("change", () => {
    try {
      if (keysBox.checked) localStorage.removeItem(KEYS);
      else localStorage.setItem(KEYS, "off");
    } catch { /* The choice lasts as long as this page. */ }
  });

  /** To the next event or the one before. @param {number} step */
  function walk(step) {
    const rows = /** @type {HTMLElement[]} */ ([...spine.querySelectorAll(".event")].filter((row) => row instanceof HTMLElement && !row.hidden));
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const seen = at >= 0 ? at + step : rows.findIndex((row) => row.getBoundingClientRect().top >= 0);
    const target = /** @type {HTMLElement | null | undefined} */ (rows[seen]?.querySelector(".event-title a"));
    if (!target) return;
    target.focus({ preventScroll: true });
    rows[seen].scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  document.addEventListener("keydown", (event) => {
    if (!keysBox.checked || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const target = /** @type {HTMLElement} */ (event.target);
    // Where the site's search is open, its results have the keys.
    if (target.closest("select, textarea, [contenteditable], #page--search") || target.matches("input:not([type=checkbox])")) return;
    if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    else if (event.key === "/") {
      if (phone.matches && !form.matches(":popover-open")) form.showPopover();
      text.focus();
      text.scrollIntoView({ block: "nearest", behavior: "instant" });
    } else return;
    event.preventDefault();
  }, true);

  // ---- On a phone ----

  const jump = /** @type {HTMLElement} */ (document.getElementById("timeline--jump"));
  /** Every heading that can be jumped to, in order. */
  const headings = () => /** @type {HTMLElement[]} */ ([...spine.querySelectorAll(".year, .month, .period-more")].filter((one) => one instanceof HTMLElement && !one.hidden));

  jump.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    const all = headings(), years = all.filter((one) => !one.matches(".month"));
    const stops = years.length > 6 ? years : all;
    part("jump").replaceChildren(...stops.map((heading) => {
      const item = document.createElement("li"), to = document.createElement("a");
      to.textContent = heading.querySelector("a")?.textContent ?? heading.textContent;
      to.href = "#timeline--jump";
      if (stops === all && heading.matches(".year")) item.className = "whole-row";
      to.addEventListener("click", (event) => {
        event.preventDefault();
        jump.hidePopover();
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
        // A heading that stays at the top is there already: what follows it is what has to move.
        const after = heading.nextElementSibling ?? heading;
        scrollTo({ top: scrollY + after.getBoundingClientRect().top - 56, behavior: "instant" });
      });
      item.append(to);
      return item;
    }));
  });

  const jumpTo = jump.getAttribute("aria-label");
  let placing = 0;
  /** Says in the bar which year is being read. */
  function place() {
    placing = 0;
    if (!phone.matches) return;
    let name = "";
    for (const year of spine.querySelectorAll(".year:not([hidden]), .period-more:not([hidden])")) {
      if (name && year.getBoundingClientRect().top > 80) break;
      name = (year.querySelector("a") ?? year).textContent ?? "";
    }
    if (!name || now.textContent === name) return;
    now.textContent = name;
    now.setAttribute("aria-label", `${jumpTo} ${name}`);
  }
  addEventListener("scroll", () => { placing ||= requestAnimationFrame(place); }, { passive: true });

  // ---- The beginning ----

  // A link to an event opens what it says.
  const opened = location.hash.length > 1 && !location.hash.startsWith("#?") ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  opened?.querySelector("details.event-more")?.setAttribute("open", "");
  form.classList.add("ready");
  read();
  if (text.value) loadTitles();
  refresh();
  place();
  // A link such as `#t--order` leads to its row, wherever the filter has moved it.
  if (opened && isFiltered()) opened.scrollIntoView({ behavior: "instant" });
  addEventListener("popstate", () => { read(); refresh(); });
  addEventListener("hashchange", () => { if (location.hash.startsWith("#?")) { read(); refresh(); } });
})();
