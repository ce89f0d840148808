// The desk: a panel beside the page with a form for a record, opened from the bar, from a row, or with Alt and a click. It has its own
// shadow tree, like the bar.

import { Form } from "./form.js";
import { fromPage } from "./from-page.js";
import { breakable, kept, make, said, word } from "./parts.js";
import { Suggestions } from "./picker.js";
import { clicked, deepFocus, recordOf, ROWS } from "./places.js";
import { giveBack, makeRoom } from "./room.js";

const OWN = "/.backgrounder/";

/** What can be added, with its name. */
const KINDS = () => ({
  event: word("kind-event"),
  person: word("kind-person"),
  organization: word("kind-organization"),
  place: word("kind-place"),
  facility: word("kind-facility"),
  law: word("kind-law"),
  case: word("kind-case"),
  source: word("kind-source"),
  claim: word("kind-claim"),
  term: word("kind-term"),
  section: word("kind-section"),
  page: word("kind-page"),
  author: word("kind-author"),
  correction: word("kind-correction"),
});

/** Why the server did not do something: `answer` has `faults` or a `conflict`. */
class Refused extends Error {
  constructor(answer) {
    super(answer.faults?.map((fault) => fault.message).join(" ") ?? "");
    this.answer = answer;
  }
}

export class Desk {
  /** `openPlace` opens a location in the editor, `notice` says something with an offer to undo it, `opened` hears of the panel. */
  constructor({ openPlace, notice, opened }) {
    this.openPlace = openPlace;
    this.notice = notice;
    this.opened = opened;
    this.names = {};
    this.recalled = kept.take("form");
    /** Requests that have no answer yet. */
    this.pending = new Set();
    // Scripts with keys of their own see only this element when somebody types inside, and spare what says `contenteditable`.
    this.element = make("backgrounder-desk", { hidden: true, contenteditable: "false" });
    this.root = this.element.attachShadow({ mode: "open" });
    const sheets = ["base.css", "desk.css"].map((name) => [name, new CSSStyleSheet()]);
    this.root.adoptedStyleSheets = sheets.map(([, sheet]) => sheet);
    // The styles are fetched when the panel is first needed.
    this.styled = () => (this.styling ??= Promise.all(sheets.map(async ([name, sheet]) => sheet.replaceSync(await (await fetch(OWN + name)).text()))));
    this.title = make("h2", { id: "title", tabindex: "-1" });
    this.content = make("div", { class: "content" });
    this.status = make("p", { class: "status", role: "status" });
    this.leaving = make("div", { class: "leaving", role: "group", "aria-labelledby": "unsaved", hidden: true });
    this.save = make("button", { type: "submit", class: "save wide" });
    this.sheet = make("form", { class: "sheet", novalidate: true },
      make("div", { class: "head" }, this.title, make("button", { type: "button", class: "close", "aria-label": word("close"), onclick: () => this.leave(() => this.close()) }, "×")),
      this.content,
      make("div", { class: "foot" }, this.leaving, this.status, this.save));
    this.panel = make("section", { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true }, this.sheet);
    this.sheet.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.panel.addEventListener("keydown", (event) => this.key(event));
    this.rowButton = make("button", { type: "button", class: "row-edit", tabindex: "-1", "aria-hidden": "true", hidden: true }, word("edit"));
    this.rowButton.addEventListener("click", () => this.openRecord({ address: this.rowButton.dataset.address }));
    this.root.append(this.panel, this.rowButton);
    document.addEventListener("click", (event) => this.altClick(event), true);
    document.addEventListener("pointerover", (event) => this.overRow(event));
  }

  /** Takes in what the server told the page. */
  told({ token, opens, edition, checked, published }) {
    this.token = token ?? undefined;
    this.opens = opens;
    this.element.hidden = !token;
    if (!token || published) this.rowButton.hidden = true;
    if (token && this.recalled) this.recalling ??= this.recall().finally(() => (this.recalling = undefined));
    // A style sheet may have been replaced.
    if (this.isOpen) makeRoom(this.panel.offsetWidth);
    if (!this.form || this.panel.hidden || this.form.told.file === undefined) return;
    const state = `${edition} ${checked}`;
    if (this.seen !== state) this.refresh();
    this.seen = state;
  }

  /** Waits until every request has its answer, and whoever sent it has shown the answer or asked for more. */
  async settled() {
    do {
      await Promise.allSettled(this.pending);
      await new Promise((done) => setTimeout(done));
    } while (this.pending.size > 0);
  }

  /** Keeps an open form, with what was typed, for the page that is loaded in place of this one. */
  remember() {
    // A form that isn't open again yet goes on to the next page as it is.
    if (this.recalled && !this.isOpen) return kept.set("form", this.recalled);
    const { file, id, kind, version } = this.form?.told ?? {};
    return kept.set("form", this.isOpen && this.form ? { file, id, kind, version, filled: this.form.filled() } : undefined);
  }

  /** Opens the form that was open before the page was loaded anew. If its record can't be read now, the next edition may have it. */
  async recall() {
    const { file, id, kind, version, filled } = this.recalled;
    const told = await this.ask(file === undefined ? "new" : "form", file === undefined ? { kind } : { file, id }).catch(() => undefined);
    if (!told) return;
    if (!this.isOpen) {
      await this.render(told, file === undefined ? word("new-title", { kind: KINDS()[kind] }) : undefined);
      this.form.restore(filled, told.version === version);
      this.title.focus();
    }
    this.recalled = undefined;
  }

  async ask(task, body) {
    const answer = this.request(task, body);
    this.pending.add(answer);
    try {
      return await answer;
    } finally {
      this.pending.delete(answer);
    }
  }

  async request(task, body) {
    const response = await fetch(`${OWN}desk/${task}`, { method: "POST", headers: { "content-type": "application/json", "x-backgrounder-token": this.token ?? "" }, body: JSON.stringify(body) });
    if (response.ok) return response.json();
    const text = await response.text();
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      answer = { faults: [{ at: "", message: text.trim() }] };
    }
    throw new Refused(answer);
  }

  find = (kinds, words) => this.ask("find", { kinds, words });

  date = (text, open) => this.ask("date", { text, open });

  /** Whether something would be lost if the page were left. */
  get isBusy() {
    return this.isOpen && Boolean(this.form?.isChanged);
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  /** Shows the panel with a title and this content; the focus moves into it. */
  async show(title, ...content) {
    await this.styled();
    if (!this.isOpen) this.before = deepFocus();
    this.title.textContent = title;
    this.content.replaceChildren(...content.filter(Boolean));
    this.content.scrollTop = 0;
    this.status.replaceChildren();
    this.leaving.hidden = true;
    this.save.hidden = !this.form;
    this.save.textContent = this.form?.told.file === undefined ? word("add") : word("save");
    this.panel.hidden = false;
    this.rowButton.hidden = true;
    makeRoom(this.panel.offsetWidth);
    this.opened(true);
  }

  close() {
    this.panel.hidden = true;
    this.form = undefined;
    giveBack();
    this.opened(false);
    (this.before?.isConnected ? this.before : this.fallback)?.focus();
  }

  /** Does something that ends the form that is open, once its changes are saved or given up. */
  leave(next) {
    if (!this.form?.isChanged) return next();
    const keep = make("button", { type: "button", class: "wide" }, word("keep-editing"));
    const discard = make("button", { type: "button", class: "wide" }, word("discard"));
    const back = document.activeElement === this.element ? this.root.activeElement : undefined;
    keep.addEventListener("click", () => {
      this.leaving.hidden = true;
      (back ?? this.title).focus();
    });
    discard.addEventListener("click", () => {
      this.form = undefined;
      this.leaving.hidden = true;
      next();
    });
    this.leaving.replaceChildren(make("p", { id: "unsaved" }, word("unsaved")), keep, discard);
    this.leaving.hidden = false;
    keep.focus();
    return undefined;
  }

  key(event) {
    event.stopPropagation();
    if (event.key === "Escape" && !event.defaultPrevented) {
      if (!this.leaving.hidden) this.leaving.querySelector("button").click();
      else this.leave(() => this.close());
    } else if (event.key === "Enter" && event.target.nodeName === "INPUT" && !event.ctrlKey && !event.metaKey) {
      // A form that is half filled in isn't sent by mistake.
      if (!["checkbox", "file"].includes(event.target.type)) event.preventDefault();
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.send();
    }
  }

  /** What can be added, and a search for what can be edited. */
  openMenu() {
    this.leave(async () => {
      this.form = undefined;
      const buttons = Object.entries(KINDS()).map(([kind, name]) => make("li", {}, make("button", { type: "button", class: "wide", onclick: () => this.openNew(kind) }, name)));
      await this.show(word("new"), make("p", { id: "choose" }, word("choose-kind")), make("ul", { class: "kinds", "aria-labelledby": "choose" }, buttons),
        this.finder(word("find-record"), (one) => this.openRecord({ file: one.file, id: one.id })),
        make("button", { type: "button", class: "wide settings", onclick: () => this.openRecord({ file: "book.toml" }) }, word("settings")));
      this.content.querySelector("button").focus();
    });
  }

  /** A field in which any record can be found. */
  finder(label, choose) {
    const input = make("input", { id: "find", type: "text", placeholder: word("search") });
    const query = () => ({ kinds: ["any"], words: input.value });
    const suggestions = new Suggestions(input, { query, find: ({ kinds, words }) => this.find(kinds, words), label, choose });
    return make("div", { class: "field" }, make("label", { for: "find" }, label), make("div", { class: "combo" }, input, suggestions.element));
  }

  /** A correction is an entry in the updates of the record that it corrects. */
  openCorrection() {
    this.leave(async () => {
      this.form = undefined;
      const choose = (one) => this.openRecord({ file: one.file, id: one.id }, { corrects: true });
      await this.show(word("new-title", { kind: word("kind-correction") }), this.finder(word("find-corrected"), choose));
      this.content.querySelector("input").focus();
    });
  }

  openNew(kind) {
    if (kind === "correction") return this.openCorrection();
    return this.openForm(kind);
  }

  openForm(kind) {
    this.leave(async () => {
      const told = await this.ask("new", { kind }).catch((error) => this.fail(error));
      if (!told) return;
      await this.render(told, word("new-title", { kind: KINDS()[kind] }));
      (this.content.querySelector(".from input") ?? this.form.fields.find((one) => one.part.required) ?? this.form.fields[0])?.focus();
    });
  }

  /**
   * Opens the form of a record: `{ address }` of its page, or `{ file, id }`. `line` is a line of its file to show; with `corrects`,
   * a correction of today is begun.
   */
  openRecord(record, { line, corrects } = {}) {
    this.leave(async () => {
      const told = await this.ask("form", record).catch((error) => this.fail(error));
      if (!told) return;
      await this.render(told);
      if (corrects) this.form.begin("updates", { date: told.today, kind: "correction" });
      else this.reach(line);
    });
  }

  fail(error) {
    this.notice(error.message);
  }

  /** The cursor, in the text at a line of the file, or in the first field. */
  reach(line) {
    const area = this.form.body?.input;
    const at = line === undefined || !area ? -1 : line - this.form.told.body_line;
    if (at < 0 || at > area.value.split("\n").length) return (this.form.fields.find((one) => one.part.main !== false) ?? this.title).focus();
    const start = area.value.split("\n").slice(0, at).join("\n").length + (at > 0 ? 1 : 0);
    area.focus();
    const end = area.value.indexOf("\n", start);
    area.setSelectionRange(start, end < 0 ? area.value.length : end);
    return area.scrollIntoView({ block: "nearest" });
  }

  async render(told, title = word("edit-title", { title: told.title || told.id })) {
    this.form = new Form(told, this);
    this.where = make("p", { class: "where" });
    this.findings = make("ul", { class: "findings", "aria-label": word("problems"), hidden: true });
    this.about(told);
    await this.show(title, this.where, this.findings, told.kind === "source" && told.file === undefined && fromPage(this), this.form.element);
  }

  /** Where the record stands, and what is wrong with it. */
  about({ file, line, address, problems }) {
    if (file === undefined) return;
    const place = `${file}:${line}`;
    const open = this.opens
      ? make("button", { type: "button", class: "link", "aria-label": word("open", { place }), onclick: () => this.openPlace({ file, line, column: 1 }) }, breakable(place))
      : make("span", {}, breakable(place));
    const isHere = address && new URL(address, location.href).pathname === location.pathname;
    this.where.replaceChildren(open, address && !isHere ? make("span", {}, " · ", make("a", { href: address }, word("open-page"))) : "");
    this.findings.hidden = problems.length === 0;
    this.findings.replaceChildren(...problems.map(({ severity, message, help }) => make("li", { class: severity }, said(message), help && make("p", { class: "help" }, said(help)))));
  }

  /** Writes what was changed. */
  async send() {
    const form = this.form;
    if (!form || this.sending) return;
    const { file, id, kind, version } = form.told;
    const isNew = file === undefined;
    const unfit = form.faults();
    if (unfit.length > 0) return this.refuse(unfit);
    if (!isNew && !form.isChanged) {
      this.status.textContent = word("saved");
      return;
    }
    this.sending = true;
    this.status.textContent = word("saving");
    try {
      const answer = isNew ? await this.ask("create", { kind, ...form.filled() }) : await this.ask("save", { file, id, version, ...form.filled() });
      const scroll = this.content.scrollTop;
      await this.render(answer.form);
      this.content.scrollTop = isNew ? 0 : scroll;
      this.say(isNew ? word("added", { id: answer.form.id }) : word("saved"), answer.undo, answer.notes);
      this.save.focus({ preventScroll: true });
    } catch (error) {
      if (error.answer?.conflict) await this.conflict(error.answer.conflict);
      else this.refuse(error.answer?.faults ?? [{ at: "", message: error.message }]);
    } finally {
      this.sending = false;
    }
  }

  refuse(faults) {
    const rest = this.form.blame(faults);
    this.status.replaceChildren(word("not-written"), ...rest.flatMap(({ message }) => [" ", ...said(message)]));
  }

  say(message, undo, notes = []) {
    const button = undo && make("button", { type: "button", class: "link", onclick: () => this.undo(undo) }, word("undo"));
    this.status.replaceChildren(...[message, " ", button].filter(Boolean), ...notes.map((note) => make("span", { class: "note" }, said(note))));
  }

  async undo(number) {
    try {
      await this.ask("undo", { number });
      const { file, id } = this.form?.told ?? {};
      const told = file && (await this.ask("form", { file, id }).catch(() => undefined));
      if (told) await this.render(told);
      else if (this.form) this.close();
      if (told) {
        this.status.textContent = word("undone");
        this.save.focus({ preventScroll: true });
      } else this.notice(word("undone"));
    } catch (error) {
      this.status.textContent = error.message;
    }
  }

  /** Somebody else changed the record: both are shown, and nothing was written. */
  async conflict(now) {
    const old = this.form;
    await this.render(now);
    const both = this.form.takeOver(old);
    this.status.textContent = both ? word("conflict") : word("merged");
    (this.content.querySelector(".theirs button") ?? this.save).focus();
  }

  /** Takes in what a new edition says of the record. What somebody is typing stays. */
  async refresh() {
    const form = this.form;
    const { file, id, version } = form.told;
    const told = await this.ask("form", { file, id }).catch(() => undefined);
    if (!told || this.form !== form) return;
    if (told.version !== version && !form.isChanged && !this.sending) {
      const scroll = this.content.scrollTop;
      const had = this.root.activeElement && this.content.contains(this.root.activeElement);
      const words = [...this.status.childNodes];
      await this.render(told);
      this.content.scrollTop = scroll;
      this.status.replaceChildren(...words);
      if (had) this.title.focus({ preventScroll: true });
    } else this.about(told);
  }

  /** Applies the fix of a problem. */
  async fix(id) {
    const { undo, message } = await this.ask("fix", { id });
    return { message: word("fixed", { message }), undo };
  }

  /** With Alt, a click leads to the place in the files: in the editor, or in the form if none is set. */
  async altClick(event) {
    if (!event.altKey || !this.token || event.composedPath().some((one) => one.localName?.startsWith("backgrounder-"))) return;
    const asked = clicked(event.target);
    if (!asked) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      const place = await this.ask("place", { address: location.pathname, ...asked });
      if (this.opens) await this.openPlace(place);
      else this.openRecord({ file: place.file, id: place.id }, { line: place.line });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Offers to edit what a row is about while the pointer is over it. */
  overRow(event) {
    if (!this.token || this.element.hidden || event.pointerType === "touch" || event.composedPath().includes(this.rowButton)) return;
    const row = event.target.closest?.(ROWS);
    const link = row && recordOf(row);
    this.rowButton.hidden = !link;
    if (!link) return;
    const { top, right, left } = row.getBoundingClientRect();
    this.rowButton.dataset.address = link;
    this.rowButton.style.top = `${Math.max(top, 0)}px`;
    this.rowButton.style.left = getComputedStyle(row).direction === "rtl" ? `${left}px` : "";
    this.rowButton.style.right = getComputedStyle(row).direction === "rtl" ? "" : `${innerWidth - right}px`;
  }
}
