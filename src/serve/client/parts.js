// What the bar and the desk of the preview have in common: their words, and how they make elements.

import words from "./words.js";

const plural = new Intl.PluralRules(document.documentElement.lang || "en");

/** The text of the bar for a key, with names filled in. */
export function word(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function count(key, n) {
  return word(words[`${key}.${plural.select(n)}`] ? `${key}.${plural.select(n)}` : `${key}.other`, { n: n.toLocaleString(document.documentElement.lang || "en") });
}

/** An element with attributes, listeners (`onclick`) and children. */
export function make(name, attributes = {}, ...children) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) one.addEventListener(key.slice(2), value);
    else if (value === true) one.setAttribute(key, "");
    else if (value !== false && value !== undefined) one.setAttribute(key, value);
  }
  one.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return one;
}

/** Text with \`code\` between backticks. */
export function said(text) {
  return text.split(/`([^`]+)`/).map((piece, at) => (at % 2 === 1 ? make("code", {}, piece) : piece));
}

/** A path that can break after its slashes and, unless a piece is longer than a line, nowhere else. */
export function breakable(name) {
  return name.split(/(?<=\/)/).flatMap((piece) => [make("span", { class: "piece" }, piece), make("wbr")]);
}

/** A button that copies a text, which is what it shows. */
export function copier(text) {
  const told = make("span", { class: "said", role: "status" });
  let forget;
  const copy = async () => {
    clearTimeout(forget);
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = word("copied");
      forget = setTimeout(() => (told.textContent = ""), 2000);
    } catch (error) {
      told.textContent = error.message;
    }
  };
  const label = word("copy", { place: text });
  return make("span", {}, make("button", { type: "button", class: "link", "aria-label": label, title: label, onclick: copy }, breakable(text)), told);
}

/** Whether a button is active. It keeps the focus when it is not. */
export function isOn(button) {
  return button.getAttribute("aria-disabled") !== "true";
}

export function turn(button, on) {
  button.setAttribute("aria-disabled", String(!on));
}

/** What a page leaves to the one that is loaded in its place, as long as the window is open. */
export const kept = {
  set(name, value) {
    try {
      if (value === undefined) sessionStorage.removeItem(`backgrounder-${name}`);
      else sessionStorage.setItem(`backgrounder-${name}`, JSON.stringify(value));
    } catch {
      // Browsers that store nothing lose it.
    }
  },
  take(name) {
    try {
      const text = sessionStorage.getItem(`backgrounder-${name}`);
      sessionStorage.removeItem(`backgrounder-${name}`);
      return text ? JSON.parse(text) : undefined;
    } catch {
      return undefined;
    }
  },
};
