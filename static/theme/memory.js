// @ts-check
// Tells a reader who comes back what has changed since the last visit. What was there then is noted in this browser alone
// (`localStorage`) and never sent. It stands right behind the section that it fills, so that nothing moves on a first visit,
// which shows nothing, and little on a later one. Where storage is blocked, nothing happens.
void (() => {
  /** @typedef {{ kind: number, is: string, says: string, title: string, url: string, date: string }} Thing */
  /** @typedef {{ kinds: [string, string][], things: Thing[] }} Manifest */
  /** @typedef {{ day: string, seen: Record<string, string> }} Visit */
  /** @typedef {{ day: string, state: string, parts: string }} View */
  /** @typedef {{ now?: Visit, before?: Visit, pages: Record<string, { now: View, before?: View }> }} Notes */

  const found = document.currentScript?.previousElementSibling;
  if (!(found instanceof HTMLElement) || !found.dataset.manifest) return;
  const section = found;
  const words = JSON.parse(section.dataset.words ?? "{}");
  const language = document.documentElement.lang;
  const manifest = new URL(found.dataset.manifest, location.href);
  // Several sites may share a host, and previews of several an address.
  const key = `backgrounder-memory:${new URL("../", manifest).pathname}:${section.dataset.site}`;
  const path = location.pathname.replace(/index\.html$/, "");
  /** How many pages are remembered. */
  const PAGES = 50;
  /** @param {string} name @returns {HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (section.querySelector(`[data-part="${name}"]`));

  /** @returns {Notes} */
  const none = () => ({ pages: {} });
  /** @type {Notes} */
  let notes = none();
  try {
    const read = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (read.pages) notes = read;
  } catch {
    // Blocked, or not ours: as on a first visit.
  }
  const save = () => {
    try {
      localStorage.setItem(key, JSON.stringify(notes));
    } catch {
      // Blocked or full: the next visit is a first one.
    }
  };

  const clock = new Date();
  const today = [clock.getFullYear(), clock.getMonth() + 1, clock.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  /** A day in words. @param {string} day */
  function spoken(day) {
    const [year, month, date] = day.split("-").map(Number);
    const isThisYear = year === clock.getFullYear();
    return new Intl.DateTimeFormat(language, { month: "long", day: "numeric", year: isThisYear ? undefined : "numeric", numberingSystem: "latn" }).format(new Date(year, month - 1, date));
  }
  /** @param {string} message @param {Record<string, string>} values */
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  /** A message about `n` things. @param {number} n @param {string} date */
  function changed(n, date) {
    const forms = words.changed;
    return fill(forms[new Intl.PluralRules(language).select(n)] ?? forms.other, { n: String(n), date });
  }
  /** @param {string} text */
  function say(text) {
    section.hidden = false;
    part("said").textContent = text;
  }

  // ---- The whole site, on its front page ----

  /** @param {Visit} before @param {Manifest} all */
  function list(before, { kinds, things }) {
    const news = things.filter(({ kind, is, says, url }) => {
      // What was read on its own page since then is no news.
      const page = kind === 0 && notes.pages[new URL(url, manifest).pathname]?.now;
      return before.seen[is] !== says && !(page && page.state === says);
    });
    const date = spoken(before.day);
    part("list").hidden = news.length === 0;
    say(news.length === 0 ? fill(words.nothing, { date }) : "");
    if (news.length === 0) return;
    part("changed").textContent = changed(news.length, date);
    part("things").replaceChildren(...news.map((thing) => {
      const item = document.createElement("li"), when = document.createElement("span"), what = document.createElement("span");
      const label = document.createElement("strong"), link = document.createElement("a");
      when.className = "when";
      when.textContent = thing.date;
      label.className = "what";
      label.textContent = kinds[thing.kind]?.[before.seen[thing.is] === undefined ? 0 : 1] ?? "";
      link.href = new URL(thing.url, manifest).href;
      link.innerHTML = thing.title;
      what.append(label, " ", link);
      item.append(when, " ", what);
      return item;
    }));
  }

  async function whole() {
    if (notes.now && notes.now.day !== today) notes.before = notes.now;
    const { before } = notes;
    // The line is there before anything below it is drawn, and gets its number once that is known.
    if (before) say(section.getAttribute("aria-label") ?? "");
    try {
      const answer = await fetch(manifest);
      if (!answer.ok) throw new Error(answer.statusText);
      const all = /** @type {Manifest} */ (await answer.json());
      if (before) list(before, all);
      notes.now = { day: today, seen: Object.fromEntries(all.things.map(({ is, says }) => [is, says])) };
      save();
    } catch {
      section.hidden = true;
    }
  }

  // ---- One page, and its parts ----

  /** A hash of what a part says, whatever its citations are numbered. @param {Element} element */
  function hash(element) {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    copy.querySelectorAll(".cite").forEach((one) => one.remove());
    const text = (copy.textContent ?? "").replace(/\s+/g, " ").trim();
    let sum = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
    return (sum >>> 0).toString(36);
  }

  /** @param {string} state */
  function page(state) {
    const known = notes.pages[path];
    if (known && known.now.day !== today) known.before = known.now;
    const before = known?.before;
    const isNew = before !== undefined && before.state !== state;
    if (isNew && section.dataset.whole === undefined) say(fill(words.page, { date: spoken(before.day) }));
    document.addEventListener("DOMContentLoaded", () => {
      const parts = [...document.querySelectorAll(".text > *")].map((element) => ({ element, hash: hash(element) }));
      const had = new Set(before?.parts.split(" "));
      let isRun = false;
      for (const { element, hash } of isNew ? parts : []) {
        const isFresh = !had.has(hash);
        element.classList.toggle("new-part", isFresh);
        // Once for parts in a row, for those who can't see the bar.
        if (isFresh && !isRun) {
          const note = document.createElement("p");
          note.className = "new-note visually-hidden";
          note.textContent = fill(words.mark, { date: spoken(before?.day ?? today) });
          element.before(note);
        }
        isRun = isFresh;
      }
      delete notes.pages[path];
      const others = Object.entries(notes.pages).slice(1 - PAGES);
      const own = { now: { day: today, state, parts: parts.map(({ hash }) => hash).join(" ") }, ...(before ? { before } : {}) };
      notes.pages = Object.fromEntries([...others, [path, own]]);
      save();
    });
  }

  part("forget").addEventListener("click", () => {
    notes = none();
    try {
      localStorage.removeItem(key);
    } catch {
      // Then there was nothing to forget.
    }
    document.querySelectorAll(".new-note").forEach((note) => note.remove());
    document.querySelectorAll(".new-part").forEach((one) => one.classList.remove("new-part"));
    part("list").hidden = true;
    part("forget").hidden = true;
    say(words.forgotten);
  });

  if (section.dataset.state) page(section.dataset.state);
  if (section.dataset.whole !== undefined) void whole();
})();
