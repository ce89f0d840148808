// Suggestions below a field: records whose names or titles have the words that are typed. Follows the combobox pattern of the ARIA
// Authoring Practices, in a text area as well.

import { count, make, word } from "./parts.js";

/** How long nothing is typed before the server is asked, in milliseconds. */
const PAUSE = 90;

let numbers = 0;

export class Suggestions {
  /**
   * `field` is an input or a text area. `query()` gives what to look for, `{ kinds, words }`, or nothing; `find` asks the server,
   * and `choose` is called with what was chosen. `label` names the list.
   */
  constructor(field, { query, find, choose, label }) {
    this.field = field;
    this.query = query;
    this.find = find;
    this.choose = choose;
    this.list = make("ul", { class: "suggestions", role: "listbox", id: `suggestions-${++numbers}`, "aria-label": label, hidden: true });
    this.said = make("span", { class: "unseen", role: "status" });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("autocomplete", "off");
    if (field.nodeName === "INPUT") {
      field.setAttribute("role", "combobox");
      field.setAttribute("aria-expanded", "false");
    }
    field.addEventListener("input", () => this.later());
    field.addEventListener("click", () => field.nodeName === "INPUT" && this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps the focus while something is chosen with the pointer.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element = make("span", { class: "suggesting" }, this.list, this.said);
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const query = this.query();
    if (!query) return this.close();
    const number = (this.number = (this.number ?? 0) + 1);
    const found = await this.find(query).catch(() => []);
    // Another key may have been pressed, or the field left.
    if (number !== this.number || this.field.getRootNode().activeElement !== this.field) return;
    this.fill(found, query);
  }

  fill(found, query) {
    this.options = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, at) => this.option(one, at)));
    this.list.hidden = found.length === 0;
    this.mark();
    if (this.field.nodeName === "INPUT") this.field.setAttribute("aria-expanded", String(found.length > 0));
    this.said.textContent = found.length > 0 ? count("found", found.length) : query.words ? word("nothing-found") : "";
  }

  option(one, at) {
    const more = [one.date, one.id].filter(Boolean).join(" · ");
    return make("li", { role: "option", id: `${this.list.id}-${at}`, "aria-selected": "false", onclick: () => this.take(at) },
      make("span", {}, one.title || one.id), " ", make("small", {}, more));
  }

  mark() {
    [...this.list.children].forEach((one, at) => one.setAttribute("aria-selected", String(at === this.at)));
    const active = this.list.children[this.at];
    active?.scrollIntoView({ block: "nearest" });
    if (active) this.field.setAttribute("aria-activedescendant", active.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  get isOpen() {
    return !this.list.hidden;
  }

  close() {
    clearTimeout(this.waiting);
    this.number = (this.number ?? 0) + 1;
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
    if (this.field.nodeName === "INPUT") this.field.setAttribute("aria-expanded", "false");
    this.said.textContent = "";
  }

  take(at) {
    const chosen = this.options[at];
    this.close();
    this.choose(chosen);
  }

  key(event) {
    if (event.isComposing) return;
    const isInput = this.field.nodeName === "INPUT";
    if (!this.isOpen) {
      if (isInput && event.key === "ArrowDown") {
        event.preventDefault();
        this.ask();
      }
      return;
    }
    const count = this.options.length;
    const moves = { ArrowDown: (this.at + 1) % count, ArrowUp: (this.at <= 0 ? count : this.at) - 1 };
    if (event.key in moves) {
      event.preventDefault();
      this.at = moves[event.key];
      this.mark();
    } else if (event.key === "Enter" && (this.at >= 0 || !isInput || count === 1)) {
      event.preventDefault();
      this.take(Math.max(this.at, 0));
    } else if (event.key === "Escape") {
      // Only the list closes, not what it is in.
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab") {
      this.close();
    }
  }
}

/** What a text area's author is about to name: the words after `[[` or `[@`, if the cursor is there. */
export function named(area) {
  const before = area.value.slice(0, area.selectionStart);
  if (area.selectionStart !== area.selectionEnd) return undefined;
  const record = /\[\[([^[\]|#\n]{0,60})$/.exec(before);
  if (record) return { kinds: ["any"], words: record[1], start: before.length - record[1].length, end: "]]" };
  const source = /\[(?:@[^[\]\n]*;\s*)?@([^[\];,\s]{0,60})$/.exec(before);
  if (source) return { kinds: ["source"], words: source[1], start: before.length - source[1].length, end: "]" };
  return undefined;
}

/** Suggestions for what is named in a text area, or in a field for a line of Markdown. */
export function completion(area, find) {
  let query;
  return new Suggestions(area, {
    query: () => (query = named(area)),
    find: async ({ kinds, words }) => (await find(kinds, words)).filter((one) => kinds[0] === "source" || one.sort !== "source"),
    label: word("suggestions"),
    choose: (one) => {
      const after = area.value.slice(area.selectionStart);
      area.setRangeText(one.id + (after.startsWith("]") ? "" : query.end), query.start, area.selectionStart, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
}
