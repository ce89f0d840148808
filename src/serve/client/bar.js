// The bar: how many things are wrong, what and where, and which face of the site is shown. It lives in a shadow of its own,
// so that neither the site's style reaches it nor its own the site.

import words from "./words.js";

const OWN = "/.backgrounder/";
const plural = new Intl.PluralRules(document.documentElement.lang || "en");

/** What the bar says under a key, with names filled in. */
function word(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function count(key, n) {
  return word(words[`${key}.${plural.select(n)}`] ? `${key}.${plural.select(n)}` : `${key}.other`, { n: n.toLocaleString(document.documentElement.lang || "en") });
}

/** An element with attributes, listeners (`onclick`) and children. */
function make(name, attributes = {}, ...children) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) one.addEventListener(key.slice(2), value);
    else if (value === true) one.setAttribute(key, "");
    else if (value !== false && value !== undefined) one.setAttribute(key, value);
  }
  one.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return one;
}

/** Words in which \`code\` stands between backticks. */
function said(text) {
  return text.split(/`([^`]+)`/).map((piece, at) => (at % 2 === 1 ? make("code", {}, piece) : piece));
}

export class Bar {
  /** `open` opens a place in the editor's program, `publish` changes the face; both give a promise. */
  constructor({ open, publish }) {
    this.openPlace = open;
    this.element = make("backgrounder-preview");
    const root = this.element.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    root.adoptedStyleSheets = [style];
    this.element.hidden = true;
    fetch(`${OWN}bar.css`).then(async (response) => {
      style.replaceSync(await response.text());
      this.element.hidden = false;
    });

    this.list = make("ol", { class: "list" });
    this.panel = make("section", { class: "panel", id: "panel", "aria-labelledby": "title", hidden: true },
      make("header", {}, make("h2", { id: "title" }, word("problems")), this.close("panel", () => this.toggle(false))),
      this.list);
    this.reasons = make("ol", { class: "list" });
    this.blocked = make("section", { class: "blocked", role: "alert", "aria-labelledby": "why", hidden: true },
      make("div", { class: "box" },
        make("h2", { id: "why" }, word("blocked")),
        make("p", {}, word("blocked-text")),
        this.reasons,
        make("button", { class: "wide", onclick: () => (this.blocked.hidden = true) }, word("show-last"))));
    this.notice = make("p", { class: "notice", role: "status" });
    this.mark = make("strong", { class: "mark", hidden: true });
    this.counts = make("button", { class: "counts", "aria-expanded": "false", "aria-controls": "panel", onclick: () => this.toggle() }, word("checking"));
    this.face = make("button", { class: "face", "aria-pressed": "false", onclick: () => publish(this.face.getAttribute("aria-pressed") !== "true") }, word("as-published"));
    this.gone = make("span", { class: "gone", role: "status" });
    root.append(this.blocked, make("aside", { "aria-label": word("bar") },
      this.panel, this.notice, make("div", { class: "row" }, this.mark, this.gone, this.counts, this.face)));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.panel.hidden) {
        this.toggle(false);
        this.counts.focus();
      }
    });
    // Wherever the focus is: the box covers it.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.blocked.hidden = true;
    });
  }

  close(what, action) {
    return make("button", { class: "close", "aria-label": word("close"), onclick: action }, "×");
  }

  toggle(open = this.panel.hidden) {
    this.panel.hidden = !open;
    this.counts.setAttribute("aria-expanded", String(open));
  }

  /** Shows what the site told. */
  show(told) {
    const { errors, warnings } = told;
    const found = [errors && count("errors", errors), warnings && count("warnings", warnings)].filter(Boolean).join(", ");
    this.counts.textContent = found || (told.checked ? word("no-problems") : word("checking"));
    this.counts.dataset.state = errors ? "errors" : warnings ? "warnings" : "fine";
    this.face.setAttribute("aria-pressed", String(told.published));
    this.mark.hidden = !told.hidden;
    this.mark.textContent = told.hidden ?? "";
    // The list stays as it is while it says the same, with the focus in it.
    this.fill(this.list, told.problems, told.opens);
    if (told.problems.length === 0) this.toggle(false);
    this.counts.disabled = told.problems.length === 0;
    const reasons = JSON.stringify(told.blocked);
    if (told.blocked && reasons !== this.why) {
      this.fill(this.reasons, told.blocked, told.opens);
      this.blocked.hidden = false;
    }
    if (!told.blocked) this.blocked.hidden = true;
    this.why = reasons;
  }

  fill(list, problems, opens) {
    const key = JSON.stringify([problems, opens]);
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...problems.map((problem) => this.problem(problem, opens)));
  }

  problem({ severity, code, message, help, place }, opens) {
    const kind = { error: word("error"), warning: word("warning"), info: word("info") }[severity];
    return make("li", { class: severity },
      make("p", { class: "message" }, make("b", {}, kind), " ", said(message), " ", make("small", {}, code)),
      place && this.place(place, opens),
      place && make("pre", {}, make("code", {}, place.before, make("mark", {}, place.marked || " "), place.after)),
      help && make("p", { class: "help" }, said(help)));
  }

  place(place, opens) {
    const name = `${place.file}:${place.line}:${place.column}`;
    const said = make("span", { class: "said", role: "status" });
    const act = async () => {
      try {
        if (opens) await this.openPlace(place);
        else {
          await navigator.clipboard.writeText(name);
          said.textContent = word("copied");
        }
      } catch (error) {
        said.textContent = error.message;
      }
    };
    const label = opens ? word("open", { place: name }) : word("copy", { place: name });
    return make("p", { class: "place" }, make("button", { class: "link", "aria-label": label, title: label, onclick: act }, name), said);
  }

  /** Offers a page that has changed. */
  offer(path, title) {
    const link = make("a", { href: path }, title);
    const [before, after] = word("changed").split("{title}");
    this.notice.replaceChildren(make("span", {}, before, link, after ?? ""), this.close("notice", () => this.notice.replaceChildren()));
  }

  /** Says that nobody answers any more, or that somebody does again. */
  away(is) {
    this.gone.textContent = is ? word("away") : "";
  }
}
