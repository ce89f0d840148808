// One form: the fields of a record and its text, what was changed in them, and what somebody else changed in the meantime.

import { field } from "./fields.js";
import { make, word } from "./parts.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** A value in words, for reading only. */
function words(value) {
  if (value === null || value === undefined) return "—";
  if (Array.isArray(value)) return value.map((item) => words(item?.value ?? item)).join("\n");
  if (typeof value === "object") return Object.entries(value).map(([key, one]) => `${key}: ${words(one)}`).join(", ");
  return String(value);
}

/** A list without what says where its items stood, to be written as a whole. */
function unplaced(value) {
  return Array.isArray(value) ? value.map(({ value }) => ({ value })) : value;
}

export class Form {
  /** `told` is a form as the server tells it, `desk` answers questions about records and dates. */
  constructor(told, desk) {
    this.told = told;
    Object.assign(desk.names, told.names);
    this.fields = told.fields.map((one) => field(one, one.value, one.key, desk));
    const isMain = new Map(told.fields.map((one) => [one.key, one.main]));
    const main = this.fields.filter((one) => isMain.get(one.part.key));
    const rest = this.fields.filter((one) => !isMain.get(one.part.key));
    if (told.file === undefined) this.id = field({ key: "id", label: word("id"), help: word("id-help"), control: { is: "line" } }, null, "", desk);
    if (typeof told.body === "string") {
      this.body = field({ key: "body", label: word("text"), help: word("text-help"), control: { is: "paragraphs", markup: true } }, told.body, "body", desk);
      this.body.element.classList.add("body");
    }
    this.more = make("details", { class: "more" }, make("summary", {}, word("more-fields")), rest.map((one) => one.element), this.id?.element);
    this.element = make("div", { class: "fields" }, main.map((one) => one.element), this.body?.element, this.more);
    this.initial = new Map(this.all().map((one) => [one, one.get()]));
  }

  /** All fields, with the text. */
  all() {
    return [...this.fields, ...(this.body ? [this.body] : []), ...(this.id ? [this.id] : [])];
  }

  changed() {
    return this.all().filter((one) => !same(one.get(), this.initial.get(one)));
  }

  get isChanged() {
    return this.changed().length > 0;
  }

  /** Adds an item to a list, with some of its fields filled in, and goes to the first that isn't. */
  begin(key, item) {
    const list = this.field(key);
    if (!list?.add) return list?.focus();
    if (this.more.contains(list.element)) this.more.open = true;
    list.add(item);
    const empty = [...list.element.querySelectorAll("li:last-child :is(input, textarea, select)")].find((one) => !one.value);
    list.element.scrollIntoView({ block: "nearest" });
    return empty?.focus();
  }

  /** What was changed, as the server takes it. */
  filled() {
    const out = { fields: {} };
    for (const one of this.changed()) {
      if (one === this.body) out.body = one.get() ?? "";
      else if (one === this.id) out.id = one.get();
      else out.fields[one.part.key] = one.get();
    }
    return out;
  }

  /** Fills in fields by their keys, in place of what they have. */
  fill(values) {
    for (const one of this.fields) if (one.part.key in values) one.set(values[one.part.key]);
  }

  /** Fills in what was typed before, into a form of the same version or of another. */
  restore({ fields, body, id }, isSame) {
    for (const [key, value] of Object.entries(fields)) this.field(key)?.set(isSame ? value : unplaced(value));
    if (body !== undefined) this.body?.set(body);
    if (id) this.id?.set(id);
  }

  field(key) {
    return key === "body" ? this.body : this.fields.find((one) => one.part.key === key);
  }

  /** What can't be sent at all. */
  faults() {
    return this.all().flatMap((one) => one.faults()).map(([at, message]) => ({ at, message }));
  }

  /** Shows what is wrong, field by field; returns what has no field. */
  blame(faults) {
    this.all().forEach((one) => one.clear());
    const rest = faults.filter(({ at, message }) => !this.all().some((one) => (at || one === this.id) && one.blame(at, message) && at));
    const first = this.element.querySelector(".fault:not([hidden])")?.closest(".field");
    if (first && this.more.contains(first)) this.more.open = true;
    this.all().find((one) => one.element === first || one.element.contains(first))?.focus();
    return rest;
  }

  /**
   * Takes over what somebody typed into an older form of the same record. What both changed is shown side by side, and the editor
   * chooses. Returns whether there is such a field.
   */
  takeOver(old) {
    let both = false;
    for (const theirs of old.changed()) {
      const mine = theirs === old.body ? this.body : this.field(theirs.part.key);
      if (!mine) continue;
      const before = theirs === old.body ? old.told.body : old.told.fields.find((one) => one.key === theirs.part.key).value;
      const now = theirs === old.body ? this.told.body : this.told.fields.find((one) => one.key === theirs.part.key).value;
      const value = theirs.get();
      if (same(before, now)) {
        mine.set(value);
        continue;
      }
      both = true;
      mine.set(unplaced(value));
      this.offer(mine, now);
    }
    return both;
  }

  /** Shows what the file has now, with a button that takes it. */
  offer(field, now) {
    const box = make("div", { class: "theirs" });
    const take = make("button", { type: "button", class: "wide" }, word("take"));
    take.addEventListener("click", () => {
      field.set(now);
      box.remove();
      field.focus();
    });
    box.append(make("b", {}, word("theirs")), make("pre", {}, words(now)), take);
    field.element.append(box);
    if (this.more.contains(field.element)) this.more.open = true;
  }
}

