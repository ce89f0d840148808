// The search: names from one file, sentences from an index in many small files, each fetched when a word needs it. All of them
// are classic scripts that hand over data, so that a site can also be searched from a disk. The index is made by the program,
// in src/output/search/; `words` and `shard` have to do what its words.rs does.
(() => {
  /**
   * @typedef {[kind: number, name: string, address: string, detail: string, ...aliases: string[]]} Row
   * @typedef {{ kinds: string[], rows: Row[], shards: number, wordHashes: string, textHashes: string, textsInHash: number, pages: number,
   *   inOne: [pages: number, others: number], records: number, sentences: number, text: Record<string, string>,
   *   counts: Record<string, string> }} Names
   * @typedef {[kind: number, title: string, address: string, detail: string, heads: [number, string, string][],
   *   sentences: string[]]} Doc
   * @typedef {[word: string, places: number[], all?: number]} Entry
   * @typedef {{ kind: string, title: string, href: string, detail: string, heading?: string, text?: string }} Result
   */
  const panel = /** @type {HTMLElement} */ (document.getElementById("page--search"));
  const field = /** @type {HTMLInputElement} */ (panel.querySelector("input"));
  const status = /** @type {HTMLElement} */ (panel.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (panel.querySelector(".search-results"));
  const lists = /** @type {HTMLElement} */ (panel.querySelector(".search-lists"));
  const root = panel.dataset.root ?? "";
  const NAMES_SHOWN = 10, SENTENCES_SHOWN = 10, OF_ONE_PAGE = 2, FORMS = 40;
  // While a reader types, a few sentences are enough: each may be in a file of its own. The others follow after a pause.
  const AT_ONCE = 3, PAUSE = 300;

  // Words.

  const ACCENTS = "\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f";
  const MARKS = "\\u0900-\\u0963\\u0971-\\u0dff\\u0e31-\\u0e4e\\u0eb1-\\u0ecd\\u0f18-\\u0fbc\\u1000-\\u109f\\u1780-\\u17d3\\u3099\\u309a";
  const CJK = "\\u3005\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
  const PIECE = new RegExp(`[\\p{Alphabetic}\\p{N}${ACCENTS}${MARKS}]+`, "gu");
  const ACCENT = new RegExp(`[${ACCENTS}]`, "gu");
  const RUN = new RegExp(`[${CJK}]+|[^${CJK}]+`, "gu");
  const WIDE = new RegExp(`[${CJK}]`, "u");
  /** @type {Record<string, string>} */
  const LETTERS = { "ς": "σ", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe" };

  /** @param {string} piece */
  const fold = piece =>
    piece.normalize("NFD").replace(ACCENT, "").normalize("NFC").toLowerCase().replace(/[ςßøłđıæœ]/g, letter => LETTERS[letter]);

  /** What one run of letters and digits consists of. @param {string} piece */
  const parts = piece =>
    (fold(piece).match(RUN) ?? []).flatMap(run => {
      const chars = [...run];
      if (!WIDE.test(chars[0])) return [chars.slice(0, 32).join("")];
      return chars.length === 1 ? [run] : chars.slice(1).map((char, at) => chars[at] + char);
    });

  /** The words of a text, folded. @param {string} text */
  const words = text => {
    /** @type {string[]} */
    const out = [];
    let initials = "", end = -1, wasLetter = false;
    for (const { 0: piece, index } of text.matchAll(PIECE)) {
      const between = end < 0 ? "" : text.slice(end, index);
      const isOne = [...piece].length === 1;
      const isLetter = isOne && /\p{Alphabetic}/u.test(piece) && !WIDE.test(piece);
      end = index + piece.length;
      // The letter of “Noem’s”.
      if (isOne && /^\.?['’]$/.test(between)) {
        wasLetter = false;
        continue;
      }
      // “U.S.” is one word.
      if (!(isLetter && wasLetter && between === ".")) {
        out.push(...parts(initials));
        initials = "";
      }
      if (isLetter) initials += piece;
      else out.push(...parts(piece));
      wasLetter = isLetter;
    }
    return [...out, ...parts(initials)];
  };

  /** The file, out of `of`, in which a word is kept. @param {string} word @param {number} of */
  const shard = (word, of) => {
    let hash = 0x811c9dc5;
    for (const char of [...word].slice(0, 3)) hash = Math.imul(hash ^ /** @type {number} */ (char.codePointAt(0)), 0x01000193);
    return ((hash ^ (hash >>> 15)) >>> 0) % of;
  };

  // Files.

  /** @type {Map<string, { promise: Promise<any>, done: (value: any) => void }>} */
  const files = new Map();
  /** The data in a file, fetched once. @param {string} name @param {string} [version] @returns {Promise<any>} */
  const file = (name, version) => {
    const known = files.get(name);
    if (known) return known.promise;
    /** @type {(value: any) => void} */
    let done = () => {};
    const promise = new Promise((resolve, reject) => {
      done = resolve;
      const script = document.createElement("script");
      script.src = `${root}search/${name}.js${version ? `?${version}` : ""}`;
      script.addEventListener("load", () => script.remove());
      script.addEventListener("error", () => {
        script.remove();
        files.delete(name);
        reject(new Error(name));
      });
      document.head.append(script);
    });
    files.set(name, { promise, done });
    return promise;
  };
  /** @param {string} hashes @param {number} at */
  const version = (hashes, at) => hashes.slice(at * 6, at * 6 + 6);

  // Names.

  /** @type {{ row: Row, own: string[][], detail: string[] }[]} */
  let known = [];
  /** @param {Names} names */
  const prepare = names => {
    known = names.rows.map(row => ({
      row,
      own: [row[1], ...row.slice(4)].map(name => words(String(name))),
      detail: words(`${names.kinds[row[0]]} ${row[3]}`),
    }));
  };

  /** How well a word of a name is what was asked: exactly, or as its beginning. @param {string[]} own @param {string} word */
  const likeness = (own, word) =>
    own.includes(word) ? 1 : own.some(one => one.startsWith(word) || one === singular(word)) ? 0.6 : 0;

  /** A word without the last letter of a plural, in languages that have it. @param {string} word */
  const singular = word => word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word;

  /** The records whose names have all words, best first. @param {string[]} asked */
  const byName = asked => {
    const found = known.flatMap(({ row, own, detail }) => {
      let best = 0;
      for (const name of own) {
        const each = asked.map(word => likeness(name, word) || likeness(detail, word) * 0.3);
        if (each.includes(0)) continue;
        // A name that has little else is nearer to what was meant.
        const whole = name.length === asked.length && name.every((word, at) => word === asked[at]) ? 2 : 0;
        best = Math.max(best, each.reduce((a, b) => a + b) / asked.length + whole + 0.4 * Math.min(1, asked.length / name.length));
      }
      return best > 0 ? [{ row, best }] : [];
    });
    // The order of kinds decides between names that are as good to a quarter.
    const step = (/** @type {number} */ score) => Math.round(score * 4);
    return found.sort((a, b) => step(b.best) - step(a.best) || a.row[0] - b.row[0] || b.best - a.best);
  };

  // Sentences.

  /** More than one page has. */
  const SENTENCES = 2 ** 20;

  /** The entries of a word: the word itself, and what begins with it. @param {Names} names @param {string} word */
  const entries = async (names, word) => {
    const at = shard(word, names.shards);
    /** @type {Entry[]} */
    const all = await file(`words/${at}`, version(names.wordHashes, at));
    // Without an entry that begins like this, the word loses its last letters: “deportations” finds “deportation”.
    for (let length = word.length; length >= Math.max(word.length - 3, Math.min(word.length, 4)); length--) {
      const stem = word.slice(0, length);
      const found = all.filter(([own]) => own === stem || length >= 3 && own.startsWith(stem) || own === singular(stem));
      if (found.length > 0) return found.sort((a, b) => a[0].length - b[0].length).slice(0, FORMS);
    }
    return [];
  };

  /** @typedef {{ page: number, sentence: number, score: number }} Place */

  /** Whether a place comes before another. @param {Place} one @param {Place} other */
  const isBefore = (one, other) =>
    one.score !== other.score ? one.score > other.score : one.page !== other.page ? one.page < other.page : one.sentence < other.sentence;

  /** Adds a place to the `most` best, of which few may be of one page. @param {Place[]} best @param {Place} place @param {number} most */
  const rank = (best, place, most) => {
    if (best.length >= most && !isBefore(place, best[best.length - 1])) return;
    const same = best.filter(({ page }) => page === place.page);
    if (same.length >= OF_ONE_PAGE) {
      const last = same[same.length - 1];
      if (!isBefore(place, last)) return;
      best.splice(best.indexOf(last), 1);
    }
    const at = best.findIndex(other => isBefore(place, other));
    best.splice(at < 0 ? best.length : at, 0, place);
    if (best.length > most) best.pop();
  };

  /** The best sentences and titles of pages that have all words. @param {Names} names @param {string[]} asked */
  const bySentence = async (names, asked) => {
    const all = await Promise.all(asked.map(word => entries(names, word)));
    // Of a word that is nearly everywhere, the index has only some places, so a page may have it all the same.
    const isCut = all.map(forms => forms.some(form => form.length > 2));
    let needed = 0;
    asked.forEach((_, at) => { if (!isCut[at] || isCut.every(Boolean)) needed |= 1 << at; });
    const whole = (1 << asked.length) - 1;

    const pages = new Uint16Array(names.records);
    all.forEach((forms, at) => {
      for (const [, places] of forms) for (let i = 0, page = 0; i < places.length; i += 2) pages[(page += places[i])] |= 1 << at;
    });
    /** @type {Map<number, number>} each sentence's place in the lists of its words and scores */
    const seen = new Map();
    const bits = /** @type {number[]} */ ([]), scores = /** @type {number[]} */ ([]);
    all.forEach((forms, at) => {
      // How rare a word is depends on all its forms: a rare one is no better than the one that was typed.
      const often = forms.reduce((sum, [, places, count]) => sum + (count ?? places.length / 2), 0);
      const rarity = Math.log(1 + names.sentences / Math.max(often, 1));
      for (const [own, places] of forms) {
        const score = rarity * (own === asked[at] ? 1 : 0.7);
        for (let i = 0, page = 0; i < places.length; i += 2) {
          page += places[i];
          if ((pages[page] & needed) !== needed) continue;
          const key = page * SENTENCES + places[i + 1], known = seen.get(key);
          if (known === undefined) {
            seen.set(key, bits.length);
            bits.push(1 << at);
            scores.push(score);
          } else if (!(bits[known] & 1 << at)) {
            bits[known] |= 1 << at;
            scores[known] += score;
          }
        }
      }
    });
    const sentences = /** @type {Place[]} */ ([]), titles = /** @type {Place[]} */ ([]);
    for (const [key, at] of seen) {
      const sentence = key % SENTENCES, place = { page: (key - sentence) / SENTENCES, sentence, score: scores[at] * (1 + count(bits[at])) };
      if (sentence > 0) rank(sentences, place, SENTENCES_SHOWN + 1);
      else if (bits[at] === whole) rank(titles, place, NAMES_SHOWN);
    }
    return { sentences, titles };
  };

  /** How many bits are set. @param {number} bits */
  const count = bits => {
    let sum = 0;
    for (; bits; bits &= bits - 1) sum++;
    return sum;
  };

  /** A page of the site, as the index has it. @param {Names} names @param {number} page @returns {Promise<Doc>} */
  const doc = async (names, page) => {
    const [few, many] = names.inOne;
    const before = Math.ceil(names.pages / few);
    const at = page < names.pages ? Math.floor(page / few) : before + Math.floor((page - names.pages) / many);
    const all = await file(`texts/${at}`, version(names.textHashes, Math.floor(at / names.textsInHash)));
    return all[page < names.pages ? page % few : (page - names.pages) % many];
  };

  // What the reader sees.

  /** Appends `text`, with the words that were asked for marked. @param {Element} element @param {string} text @param {string[]} asked */
  const mark = (element, text, asked) => {
    let from = 0;
    for (const { 0: piece, index } of text.matchAll(PIECE)) {
      const own = parts(piece);
      const hit = asked.some(word => own.some(one => one === word || word.length >= 3 && (one.startsWith(word) || one.length >= 4 && word.startsWith(one) && word.length - one.length <= 3)));
      if (!hit) continue;
      element.append(text.slice(from, index));
      const marked = document.createElement("mark");
      marked.textContent = piece;
      element.append(marked);
      from = index + piece.length;
    }
    element.append(text.slice(from));
  };

  /** @param {Result} result @param {string[]} asked */
  const item = (result, asked) => {
    const link = document.createElement("a");
    link.href = root + result.href;
    const line = (/** @type {string} */ name, /** @type {string} */ text, marked = false) => {
      const span = document.createElement("span");
      span.className = name;
      // A name may be in a script that runs the other way than the page.
      const own = document.createElement("bdi");
      if (marked) mark(own, text, asked);
      else own.textContent = text;
      span.append(own);
      link.append(span, " ");
    };
    const detail = [result.kind, result.detail].filter(Boolean).join(" · ");
    if (result.text) {
      line("search-text", result.text, true);
      line("search-where", [result.kind, result.title, result.heading].filter(Boolean).join(" · "));
    } else {
      line("search-name", result.title, true);
      line("search-where", detail);
    }
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  /** @param {Result[]} results @param {string[]} asked @param {string} said */
  const show = (results, asked, said) => {
    // The focus stays with a result that is there again.
    const focused = document.activeElement instanceof HTMLAnchorElement && list.contains(document.activeElement) ? document.activeElement.href : "";
    list.replaceChildren(...results.map(result => item(result, asked)));
    if (focused) [...list.querySelectorAll("a")].find(link => link.href === focused)?.focus();
    lists.hidden = asked.length > 0;
    if (asked.length === 0) list.ariaBusy = "false";
    status.textContent = said;
  };

  let plurals = new Intl.PluralRules();
  try { plurals = new Intl.PluralRules(document.documentElement.lang); } catch { /* A tag that the browser doesn't know counts like its own. */ }
  /** @param {Names} names @param {number} n @param {boolean} isAll */
  const said = (names, n, isAll) => {
    const text = n === 0 ? names.text.none : isAll ? names.counts[plurals.select(n)] ?? names.counts.other : names.text.best;
    return text.replace("{n}", () => String(n)).replace("{query}", () => field.value.trim());
  };

  /** What stands at some places of the index. @param {Names} names @param {Place[]} places @returns {Promise<Result[]>} */
  const resultsAt = async (names, places) => {
    const docs = await Promise.all(places.map(({ page }) => doc(names, page)));
    return places.map(({ sentence }, at) => {
      const [kind, title, address, detail, heads, texts] = docs[at];
      if (sentence === 0) return { kind: names.kinds[kind], title, href: address, detail };
      const head = heads.findLast(([from]) => from <= sentence);
      const href = head?.[2] ? `${address}#${head[2]}` : address;
      return { kind: names.kinds[kind], title, href, detail, heading: head?.[1], text: texts[sentence - 1] };
    });
  };

  /** Sentences with the words side by side, as they were typed, come first. @param {Result[]} results @param {string[]} asked */
  const nearest = (results, asked) => {
    const phrase = ` ${asked.join(" ")}`;
    const has = (/** @type {Result} */ result) => ` ${words(result.text ?? "").join(" ")}`.includes(phrase) ? 1 : 0;
    return results.sort((a, b) => has(b) - has(a));
  };

  let turn = 0;
  /** Whether a newer search has begun. @param {number} own */
  const isOver = own => own !== turn;
  const search = async () => {
    const own = ++turn;
    const asked = [...new Set(words(field.value))].slice(0, 12);
    keep();
    if (asked.length === 0) return show([], [], "");
    list.ariaBusy = "true";
    try {
      /** @type {Names} */
      const names = await file("names");
      if (isOver(own)) return;
      const rows = byName(asked);
      /** @type {Result[]} */
      const named = rows.slice(0, NAMES_SHOWN).map(({ row: [kind, title, href, detail] }) => ({ kind: names.kinds[kind], title, href, detail }));
      if (named.length > 0) show(named, asked, "");
      // One letter is hardly ever a word that is looked for: the next one is on its way.
      const long = asked.filter(word => [...word].length > 1 || WIDE.test(word) || /\p{N}/u.test(word));
      const found = long.length > 0 ? await bySentence(names, long) : { sentences: [], titles: [] };
      const some = await resultsAt(names, found.sentences.slice(0, AT_ONCE));
      if (isOver(own)) return;
      show([...named, ...nearest(some, asked)], asked, "");
      list.ariaBusy = "false";
      await new Promise(done => setTimeout(done, PAUSE));
      if (isOver(own)) return;
      const sentences = await resultsAt(names, found.sentences.slice(0, SENTENCES_SHOWN));
      const titles = await resultsAt(names, found.titles.slice(0, NAMES_SHOWN - named.length));
      if (isOver(own)) return;
      // A title that is among the names is not listed again.
      const listed = new Set(named.map(result => result.href));
      const results = [...named, ...titles.filter(({ href }) => !listed.has(href)), ...nearest(sentences, asked)];
      show(results, asked, said(names, results.length, rows.length <= NAMES_SHOWN && found.sentences.length <= SENTENCES_SHOWN));
    } catch {
      if (isOver(own)) return;
      status.textContent = panel.dataset.failed ?? "";
      list.ariaBusy = "false";
    }
  };

  /** Keeps the query in the page's address, and the results there for the way back. */
  const keep = () => {
    const address = new URL(location.href);
    const query = panel.matches(":popover-open") ? field.value.trim() : "";
    if (query === (address.searchParams.get("search") ?? "")) return;
    if (query) address.searchParams.set("search", query);
    else address.searchParams.delete("search");
    // A page from a disk may not change its address.
    try { history.replaceState(history.state, "", address); } catch {}
  };

  field.addEventListener("input", search);
  panel.addEventListener("toggle", event => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") search();
    else keep();
  });
  panel.querySelector("form")?.addEventListener("submit", event => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  panel.addEventListener("keydown", event => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = [...list.querySelectorAll("a")];
    const at = links.findIndex(link => link === document.activeElement);
    if (links.length === 0 || at < 0 && document.activeElement !== field) return;
    event.preventDefault();
    (links[Math.min(at + step, links.length - 1)] ?? field).focus();
  });
  list.addEventListener("click", event => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    // A place on this page: the panel would stay over it.
    if (link && link.pathname === location.pathname && !event.ctrlKey && !event.metaKey && !event.shiftKey) panel.hidePopover();
  });

  Object.defineProperty(window, "backgrounderSearch", {
    value: {
      /** @param {string} name @param {any} data */
      got(name, data) {
        if (name === "names") prepare(data);
        files.get(name)?.done(data);
      },
      words,
      shard,
    },
  });
  // The names are there before the first letter is typed.
  file("names").catch(() => {});
  search();
})();
