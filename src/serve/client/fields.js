// The fields of a form, each made from what the server says it takes. A control has an `element`, gives its value in the form in
// which the server takes it (`get`), takes one (`set`), and says what it has that can't be sent (`faults`).

import { completion, Suggestions } from "./picker.js";
import { make, said, word } from "./parts.js";

let numbers = 0;

/** A name for an element that no other has. */
function fresh(name) {
  return `${name}-${++numbers}`;
}

/** How long nothing is typed before the server is asked what a date means, in milliseconds. */
const PAUSE = 150;

/**
 * A field with its label, help and place for what is wrong with it. `desk` answers questions: `find(kinds, words)`, `date(text)`,
 * and `names`, the titles of records that are known.
 */
export function field(part, value, at, desk) {
  const own = { id: fresh("field"), help: fresh("help"), fault: fresh("fault"), label: part.label, at };
  const control = build(part.control, own, desk, part);
  const fault = make("p", { class: "fault", id: own.fault, hidden: true });
  const help = part.help ? make("p", { class: "help", id: own.help }, sentence(part.help)) : undefined;
  const required = part.required ? make("span", { class: "required" }, ` (${word("required")})`) : undefined;
  const isSet = control.isSet ?? false;
  const label = isSet ? make("legend", {}, part.label, required) : make("label", { for: own.id }, part.label, required);
  const inner = control.isInline ? [make("span", { class: "inline" }, control.element, label), help] : [label, help, control.element];
  const element = make(isSet ? "fieldset" : "div", { class: "field", "data-at": at }, ...inner, fault);
  if (value !== null && value !== undefined) control.set(value);
  const describe = [help && own.help, own.fault].filter(Boolean).join(" ");
  if (isSet) element.setAttribute("aria-describedby", describe);
  else control.input.setAttribute("aria-describedby", describe);
  return {
    ...control,
    element,
    part,
    /** Shows what is wrong here or in a field inside; whether there is one at `place`. */
    blame(place, message) {
      if (place !== at) return control.blame?.(place, message) ?? false;
      fault.replaceChildren(...said(message));
      fault.hidden = !message;
      if (control.input) control.input.setAttribute("aria-invalid", String(Boolean(message)));
      return true;
    },
    clear() {
      fault.textContent = "";
      fault.hidden = true;
      control.input?.removeAttribute("aria-invalid");
      control.clear?.();
    },
    faults: () => control.faults?.() ?? [],
    focus: () => (control.input ?? element.querySelector("input, textarea, select, button"))?.focus(),
  };
}

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`.replaceAll("`", "");
}

function build(spec, own, desk, part) {
  switch (spec.is) {
    case "line": return line(own, desk, spec.markup);
    case "paragraphs": return paragraphs(own, desk, spec.markup);
    case "truth": return truth(own);
    case "number": return line(own, desk, false, { inputmode: "numeric" });
    case "degrees": return line(own, desk, false, {});
    case "address": return line(own, desk, false, { type: "url", inputmode: "url" });
    case "date": return date(own, desk, spec.open);
    case "choice": return choice(own, spec.words, part.default);
    case "pick": return pick(own, desk, spec);
    case "list": return spec.of.is === "pick" ? picks(own, desk, spec.of) : list(own, desk, spec.of, part);
    case "group": return group(own, desk, spec.fields);
    default: return locked(own);
  }
}

/** A control around an element with a value. */
function plain(input, element = input) {
  return { input, element, get: () => input.value.trim() || null, set: (value) => (input.value = value ?? "") };
}

function line(own, desk, markup, attributes = {}) {
  const input = make("input", { id: own.id, type: "text", autocomplete: "off", ...attributes });
  return plain(input);
}

function paragraphs(own, desk, markup) {
  const area = make("textarea", { id: own.id, rows: "3", spellcheck: "true" });
  return plain(area, markup ? make("div", { class: "combo" }, area, completion(area, desk.find).element) : area);
}

function truth(own) {
  const input = make("input", { id: own.id, type: "checkbox" });
  return { input, element: input, isInline: true, get: () => input.checked, set: (value) => (input.checked = value === true) };
}

function choice(own, words, preset) {
  const none = preset && words.includes(preset) ? `(${preset})` : word("not-set");
  const input = make("select", { id: own.id }, make("option", { value: "" }, none), words.map((one) => make("option", { value: one }, one)));
  const set = (value) => {
    // What the file says stays what it says, even if it is wrong.
    if (value && !words.includes(value)) input.append(make("option", { value }, value));
    input.value = value ?? "";
  };
  return { ...plain(input), set };
}

/** A date, with what it means below it. */
function date(own, desk, open) {
  const input = make("input", { id: own.id, type: "text", autocomplete: "off", placeholder: word("date-example") });
  const means = make("output", { class: "means", for: own.id });
  let waiting;
  const ask = async () => {
    const text = input.value.trim();
    if (!text) return means.replaceChildren();
    const answer = await desk.date(text, open).catch((error) => ({ fault: error.message }));
    if (input.value.trim() !== text) return undefined;
    means.classList.toggle("wrong", Boolean(answer.fault));
    const same = answer.edtf === text;
    return means.replaceChildren(...(answer.fault ? [answer.fault] : [answer.words, same ? "" : " ", ...(same ? [] : [make("small", {}, answer.edtf)])]));
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  const set = (value) => {
    input.value = value ?? "";
    ask();
  };
  return { ...plain(input, make("div", {}, input, means)), set };
}

function search(own, label) {
  return make("input", { id: own.id, type: "text", placeholder: word("search"), "aria-label": label });
}

/** One record, by its id. */
function pick(own, desk, { kinds, free }) {
  const input = search(own);
  const title = make("p", { class: "chosen" });
  const show = () => (title.textContent = desk.names[input.value.trim()] ?? "");
  const suggestions = new Suggestions(input, {
    query: () => ({ kinds, words: input.value }),
    find: ({ kinds, words }) => desk.find(kinds, words),
    label: own.label,
    choose: (one) => {
      desk.names[one.id] = one.title;
      input.value = one.id;
      show();
    },
  });
  input.addEventListener("input", show);
  const set = (value) => {
    input.value = value ?? "";
    show();
  };
  const faults = () => (!free && /\s/.test(input.value.trim()) ? [[own.at, word("choose-one")]] : []);
  return { ...plain(input, make("div", { class: "combo" }, input, suggestions.element, title)), set, faults };
}

/** A key and the place after it: `key, p. 2`. */
function parted(text) {
  const end = text.startsWith("{") ? text.indexOf("}") + 1 : 0;
  const comma = text.indexOf(",", end);
  return comma < 0 ? [text.trim(), ""] : [text.slice(0, comma).trim(), text.slice(comma + 1).trim()];
}

/** Several records. */
function picks(own, desk, { kinds, free, locator }) {
  let chosen = [];
  const items = make("ul", { class: "chips" });
  const input = search(own);
  const add = (text, was) => {
    const [id, place] = locator ? parted(text) : [text, ""];
    const title = desk.names[id] ?? id;
    const where = locator ? make("input", { class: "where", type: "text", value: place, placeholder: word("locator"), "aria-label": word("locator-of", { name: title }) }) : undefined;
    const one = { was, get: () => (where?.value.trim() ? `${id}, ${where.value.trim()}` : id) };
    const remove = make("button", { type: "button", class: "remove", "aria-label": word("remove-from", { name: title, label: own.label }) }, "×");
    const item = make("li", {}, make("span", { class: "chip" }, make("span", {}, title), title === id ? undefined : make("small", {}, ` ${id}`)), where, remove);
    remove.addEventListener("click", () => {
      chosen = chosen.filter((other) => other !== one);
      item.remove();
      input.focus();
    });
    chosen.push(one);
    items.append(item);
  };
  const suggestions = new Suggestions(input, {
    query: () => ({ kinds, words: input.value }),
    find: async ({ kinds, words }) => (await desk.find(kinds, words)).filter((one) => !chosen.some((known) => parted(known.get())[0] === one.id)),
    label: own.label,
    choose: (one) => {
      desk.names[one.id] = one.title;
      add(one.id);
      input.value = "";
    },
  });
  /** A name that no record has, or an id that somebody knows by heart. */
  const take = () => {
    const text = input.value.trim();
    if (!text || (!free && /\s/.test(text) && !locator)) return false;
    add(text);
    input.value = "";
    return true;
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || !input.value.trim()) return;
    event.preventDefault();
    suggestions.close();
    take();
  });
  return {
    input,
    element: make("div", { class: "combo" }, items, input, suggestions.element),
    get: () => chosen.map((one) => (one.was === undefined ? { value: one.get() } : { was: one.was, value: one.get() })),
    set(values) {
      chosen = [];
      items.replaceChildren();
      for (const { was, value } of values ?? []) if (value !== null) add(value, was);
    },
    faults: () => (input.value.trim() && !take() ? [[own.at, word("choose-one")]] : []),
  };
}

/** Several values below each other. */
function list(own, desk, of, part) {
  let rows = [];
  const items = make("ol", { class: "items" });
  const more = make("button", { type: "button", class: "add", "aria-label": word("add-to", { label: own.label }) }, `+ ${word("add-item")}`);
  const number = () => rows.forEach(({ remove, control }, at) => {
    remove.setAttribute("aria-label", word("remove-from", { name: String(at + 1), label: own.label }));
    if (!control.isSet) return;
    control.element.setAttribute("role", "group");
    control.element.setAttribute("aria-label", `${own.label} ${at + 1}`);
  });
  const add = (value, was) => {
    const single = { id: fresh("field"), label: own.label, at: own.at };
    const control = build(of, single, desk, { ...part, default: undefined });
    if (control.input && !control.isSet) control.input.setAttribute("aria-label", own.label);
    if (value !== null && value !== undefined) control.set(value);
    const remove = make("button", { type: "button", class: "remove" }, "×");
    const row = { was, control, remove };
    const item = make("li", {}, control.element, remove);
    remove.addEventListener("click", () => {
      rows = rows.filter((other) => other !== row);
      item.remove();
      number();
      more.focus();
    });
    rows.push(row);
    items.append(item);
    number();
    return row;
  };
  more.addEventListener("click", () => {
    add(null);
    items.lastElementChild.querySelector("input, textarea, select")?.focus();
  });
  return {
    isSet: true,
    element: make("div", {}, items, more),
    add,
    get: () => rows.map(({ was, control }) => (was === undefined ? { value: control.get() } : { was, value: control.get() })),
    set(values) {
      rows = [];
      items.replaceChildren();
      for (const { was, value } of values ?? []) add(value, was);
    },
    faults: () => rows.flatMap(({ control }, at) => (control.faults?.() ?? []).map(([place, message]) => [`${own.at}.${at}${place.slice(own.at.length)}`, message])),
    clear: () => rows.forEach(({ control }) => control.clear?.()),
    /** The number of a row follows the key of the list: `later.0.date`. */
    blame(place, message) {
      const [at, ...rest] = place.slice(own.at.length + 1).split(".");
      if (!place.startsWith(`${own.at}.`) || !rows[at]) return false;
      return rows[at].control.blame?.(rest.join("."), message) ?? false;
    },
  };
}

/** Several fields that belong together. Places in it begin with the key of a field. */
function group(own, desk, parts) {
  const fields = parts.map((part) => field(part, null, part.key, desk));
  return {
    isSet: true,
    element: make("div", { class: "group" }, fields.map((one) => one.element)),
    get() {
      const out = {};
      for (const one of fields) {
        const value = one.get();
        if (value !== null && value !== false && !(Array.isArray(value) && value.length === 0)) out[one.part.key] = value;
      }
      return Object.keys(out).length > 0 ? out : null;
    },
    set: (value) => fields.forEach((one) => one.set(value?.[one.part.key] ?? null)),
    faults: () => fields.flatMap((one) => one.faults()).map(([place, message]) => [`${own.at}.${place}`, message]),
    clear: () => fields.forEach((one) => one.clear()),
    blame(place, message) {
      const inside = place.startsWith(`${own.at}.`) ? place.slice(own.at.length + 1) : place;
      return fields.some((one) => one.blame(inside, message));
    },
  };
}

function locked(own) {
  const element = make("p", { class: "locked", id: own.id }, word("in-file"));
  return { isSet: true, element, get: () => null, set: () => {} };
}
