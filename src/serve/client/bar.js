// The bar: how many problems there are, what and where, and which view of the site is shown. It has its own shadow tree, so
// that the site's styles and its own don't affect each other.

import { breakable, copier, count, isOn, kept, make, said, turn, word } from "./parts.js";

const OWN = "/.backgrounder/";

/** Whether the bar is folded, for as long as the window is open. Browsers that store nothing always show it in full. */
const folded = {
  get() {
    try {
      return sessionStorage.getItem("backgrounder-bar") === "folded";
    } catch {
      return false;
    }
  },
  set(is) {
    try {
      sessionStorage.setItem("backgrounder-bar", is ? "folded" : "whole");
    } catch {
      // It stays folded until the next page.
    }
  },
};

export class Bar {
  /**
   * `open` opens a location in the editor, `publish` switches the view, `fix` applies a fix and `undo` undoes a change; all return a
   * promise. `edit` and `add` open forms.
   */
  constructor({ open, publish, edit, add, fix, undo }) {
    this.openPlace = open;
    this.applyFix = fix;
    this.undo = undo;
    this.element = make("backgrounder-preview");
    this.root = this.element.attachShadow({ mode: "open" });
    const sheets = ["base.css", "bar.css"].map((name) => [name, new CSSStyleSheet()]);
    this.root.adoptedStyleSheets = sheets.map(([, sheet]) => sheet);
    this.element.hidden = true;
    this.styled = Promise.all(sheets.map(async ([name, sheet]) => sheet.replaceSync(await (await fetch(OWN + name)).text())))
      .catch((error) => console.warn("backgrounder:", error))
      .finally(() => (this.element.hidden = false));

    this.list = make("ol", { class: "list" });
    this.panel = make("section", { class: "panel", id: "panel", "aria-labelledby": "title", hidden: true },
      make("header", {}, make("h2", { id: "title" }, word("problems")), this.close(() => this.toggle(false))),
      this.list);
    this.reasons = make("ol", { class: "list" });
    // If the page is only a placeholder, there is nothing behind the box to show.
    const isWaiting = document.documentElement.hasAttribute("data-waiting");
    // The browser itself gives the box the focus, keeps it there, closes it on Escape, and restores the focus.
    this.blocked = make("dialog", { class: "blocked", role: "alertdialog", "aria-labelledby": "why", "aria-describedby": "what" },
      make("h2", { id: "why" }, word("blocked")),
      make("p", { id: "what" }, isWaiting ? word("blocked-nothing") : word("blocked-text")),
      this.reasons,
      ...(isWaiting ? [] : [make("button", { class: "wide", onclick: () => this.blocked.close() }, word("show-last"))]));
    this.notice = make("p", { class: "notice offer", role: "status" });
    this.kept = make("p", { class: "notice kept", role: "status" });
    this.gone = make("p", { class: "notice gone", role: "status" });
    this.done = make("p", { class: "notice done", role: "status" });
    this.mark = make("strong", { class: "mark", hidden: true });
    this.text = make("span", { class: "text" }, word("checking"));
    this.counts = make("button", { class: "counts", "aria-expanded": "false", "aria-controls": "panel", "aria-disabled": "true", onclick: () => isOn(this.counts) && this.toggle() }, this.text);
    this.face = make("button", { class: "face", "aria-pressed": "false", onclick: () => isOn(this.face) && publish(this.face.getAttribute("aria-pressed") !== "true") }, word("as-published"));
    this.edit = make("button", { class: "edit", hidden: true, onclick: () => isOn(this.edit) && edit() }, word("edit"));
    this.add = make("button", { class: "edit", hidden: true, onclick: add }, word("new"));
    // No link: the page's own first link is the one that skips to its text.
    this.see = make("button", { class: "see", onclick: () => window.open(`${OWN}view.html?page=${encodeURIComponent(location.pathname)}`, "_blank") }, word("see-as"));
    this.folder = make("button", { class: "fold", onclick: () => this.fold(!folded.get()) });
    // For the keyboard, the panel comes after the button that opens it; on screen, it is above.
    this.bar = make("aside", { "aria-label": word("bar") },
      make("div", { class: "row" }, this.mark, this.counts, this.edit, this.add, this.face, this.see, this.folder), this.kept, this.gone, this.done, this.notice, this.panel);
    this.root.append(this.blocked, this.bar);
    this.fold(folded.get());
    const told = kept.take("told");
    if (told) this.tell(told.message, told.undo);
    // Wherever the focus is.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.blocked.open) this.toggle(false);
    });
  }

  close(action) {
    return make("button", { class: "close", "aria-label": word("close"), onclick: action }, "×");
  }

  /** Folds the bar down to its number, or shows all of it. */
  fold(is) {
    folded.set(is);
    this.bar.classList.toggle("folded", is);
    this.folder.textContent = is ? "‹" : "›";
    const label = is ? word("unfold") : word("fold");
    this.folder.setAttribute("aria-label", label);
    this.folder.title = label;
  }

  /** Opens or closes the list; the focus moves into it, and returns afterward. */
  toggle(open = this.panel.hidden) {
    if (open === !this.panel.hidden) return;
    const isInside = this.panel.contains(this.root.activeElement);
    this.panel.hidden = !open;
    this.counts.setAttribute("aria-expanded", String(open));
    if (open) enter(this.list.firstElementChild);
    else if (isInside) this.counts.focus();
  }

  /** The text of the number; `short` is what remains when the bar is folded. */
  label(text, short, state) {
    this.text.textContent = text;
    this.counts.dataset.short = short;
    this.counts.dataset.state = state;
  }

  /** Shows what the server reported. */
  async show(told) {
    await this.styled;
    const { errors, warnings } = told;
    const found = [errors && count("errors", errors), warnings && count("warnings", warnings)].filter(Boolean).join(", ");
    if (found) this.label(found, errors + warnings, errors ? "errors" : "warnings");
    else if (told.checked) this.label(word("no-problems"), "", "fine");
    else this.label(word("checking"), "…", "checking");
    this.face.setAttribute("aria-pressed", String(told.published));
    const edits = Boolean(told.token) && !told.published;
    this.add.hidden = !edits;
    this.edit.hidden = !edits || !told.made_of || told.made_of.endsWith(".toml");
    this.keep(told);
    // A page that is shown as it was also keeps its mark.
    if (!told.lost) {
      this.mark.hidden = !told.hidden;
      this.mark.textContent = told.hidden ?? "";
    }
    if (told.problems.length === 0) this.toggle(false);
    turn(this.counts, told.problems.length > 0);
    this.fill(this.list, told.problems, told.opens);
    const reasons = JSON.stringify(told.blocked);
    if (told.blocked && reasons !== this.why) {
      this.fill(this.reasons, told.blocked, told.opens);
      if (!this.blocked.open) this.blocked.showModal();
    }
    if (!told.blocked) this.blocked.close();
    this.why = reasons;
  }

  /** Says that the page is shown as it was, because an error removed it. */
  keep({ lost, errors, opens }) {
    const key = lost ? JSON.stringify([lost, errors, opens]) : "";
    if (key === (this.kept.dataset.key ?? "")) return;
    this.kept.dataset.key = key;
    const [before, after] = word("kept-at").split("{place}");
    if (!lost) this.kept.replaceChildren();
    else if (lost.place) this.kept.replaceChildren(make("span", {}, before, this.place(lost.place, opens), after));
    else this.kept.replaceChildren(count("kept", errors));
  }

  /** Lists problems. Items that stay keep their element, and the focus stays in the list. */
  fill(list, problems, opens) {
    const known = new Map([...list.children].map((item) => [item.dataset.key, item]));
    const items = problems.map((problem) => {
      const key = JSON.stringify([problem, opens]);
      const item = known.get(key) ?? this.problem(problem, opens);
      item.dataset.key = key;
      known.delete(key);
      return item;
    });
    const before = [...list.children];
    if (items.length === before.length && items.every((item, at) => item === before[at])) return;
    const focused = this.root.activeElement;
    const at = before.findIndex((item) => item.contains(focused));
    list.replaceChildren(...items);
    if (at < 0) return;
    if (focused.isConnected) focused.focus();
    else enter(items[Math.min(at, items.length - 1)]);
  }

  problem({ severity, code, message, help, place, fix }, opens) {
    const kind = { error: word("error"), warning: word("warning"), info: word("info") }[severity];
    return make("li", { class: severity, tabindex: "-1" },
      make("p", { class: "message" }, make("b", {}, kind), " ", said(message), " ", make("small", {}, code)),
      place && this.place(place, opens),
      place && make("pre", {}, make("code", {}, place.before, make("mark", {}, place.marked), place.after)),
      help && make("p", { class: "help" }, said(help)),
      fix && this.mend(fix));
  }

  /** A button that applies a fix. */
  mend({ id, from, to }) {
    const label = from === null || to === null ? word("fix") : from === "" ? word("fix-insert", { to }) : to === "" ? word("fix-remove", { from }) : word("fix-replace", { from, to });
    const button = make("button", { class: "fix wide" }, label);
    button.addEventListener("click", async () => {
      if (!isOn(button)) return;
      turn(button, false);
      try {
        const { message, undo } = await this.applyFix(id);
        this.tell(message, undo);
      } catch (error) {
        this.tell(error.message);
        turn(button, true);
      }
    });
    return button;
  }

  /** Says what was done, and offers to undo it if it can be undone. */
  tell(message, undo) {
    this.told = { message, undo };
    const back = async () => {
      try {
        await this.undo(undo);
        this.tell(word("undone"));
      } catch (error) {
        this.tell(error.message);
      }
      this.done.querySelector("button")?.focus();
    };
    const button = undo && make("button", { class: "link", onclick: back }, word("undo"));
    this.done.replaceChildren(...[make("span", {}, ...said(message)), button, this.close(() => (this.done.replaceChildren(), this.counts.focus()))].filter(Boolean));
  }

  /** Keeps what was said for the page that is loaded in place of this one. */
  remember() {
    kept.set("told", this.done.hasChildNodes() ? this.told : undefined);
  }

  /** Makes room for the panel beside the page. */
  beside(is) {
    this.bar.classList.toggle("beside", is);
  }

  place(place, opens) {
    const name = `${place.file}:${place.line}:${place.column}`;
    if (!opens) return make("span", { class: "place" }, copier(name));
    const said = make("span", { class: "said", role: "status" });
    const open = () => this.openPlace(place).catch((error) => (said.textContent = error.message));
    const label = word("open", { place: name });
    return make("span", { class: "place" }, make("button", { class: "link", "aria-label": label, title: label, onclick: open }, breakable(name)), said);
  }

  /** Offers a page that has changed. */
  offer(path, title) {
    const link = make("a", { href: path }, title);
    const [before, after] = word("changed").split("{title}");
    this.notice.replaceChildren(make("span", {}, before, link, after ?? ""), this.close(() => this.notice.replaceChildren()));
  }

  /** Says that the server stopped answering, or is back; the rest is shown once it has reported. */
  away(is) {
    this.gone.textContent = is ? word("away") : "";
    turn(this.face, !is);
    if (!is) return;
    this.toggle(false);
    this.blocked.close();
    this.why = undefined;
    turn(this.counts, false);
    this.label(word("ended"), word("ended"), "away");
  }
}

/** Gives the focus to the button of a problem, or to the problem itself. */
function enter(item) {
  (item?.querySelector("button") ?? item)?.focus();
}
