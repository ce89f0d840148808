// The page as others see it, in a frame: on a phone, at full width, on paper, without JavaScript; with what axe finds in it, if
// axe-core is at hand. A page of its own, because pages of the site allow no frames.

import { breakable, copier, count, isOn, make, said, turn, word } from "./parts.js";
import { clicked } from "./places.js";

const OWN = "/.backgrounder/";
const VIEWS = ["phone", "wide", "paper", "plain"];

const asked = new URLSearchParams(location.search);
let page = local(asked.get("page"));
let view = VIEWS.includes(asked.get("as")) ? asked.get("as") : "phone";

/** What the server told last: the token, whether an editor opens files, which face of the site is shown. */
let told = {};

/** A path on this host, whatever the address says. */
function local(path) {
  const url = new URL(path || "/", location.origin);
  return url.origin === location.origin && !url.pathname.startsWith(OWN) ? url.pathname : "/";
}

async function ask(name, body) {
  const headers = { "content-type": "application/json", "x-backgrounder-token": told.token ?? "" };
  const response = await fetch(OWN + name, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.status === 204 ? undefined : response.json();
}

const title = make("h1", {}, word("see-as"));
const back = make("a", { href: page }, word("view-back"));
const views = new Map(VIEWS.map((one) => [one, make("button", { type: "button", "aria-pressed": "false", onclick: () => show(one) }, word(`view-${one}`))]));
const published = make("button", { type: "button", "aria-pressed": "false", onclick: publish }, word("as-published"));
const print = make("button", { type: "button", onclick: () => frame.contentWindow.print() }, word("view-print"));
const check = make("button", { type: "button", onclick: () => isOn(check) && examine() }, word("view-check"));
const status = make("p", { role: "status", class: "status" });
const list = make("ol", { class: "list" });
const stage = make("main", { class: "stage", "aria-label": word("see-as") });
let frame;

document.body.append(
  make("nav", { "aria-label": word("view-views") }, title, back, make("div", { class: "group" }, ...views.values()), make("div", { class: "group" }, published, print, check)),
  stage,
  make("aside", { "aria-label": word("view-check") }, status, list));

/** Shows the page in this view. */
function show(chosen) {
  view = chosen;
  for (const [name, button] of views) button.setAttribute("aria-pressed", String(name === view));
  history.replaceState(null, "", `?as=${view}&page=${encodeURIComponent(page)}`);
  print.hidden = view !== "paper";
  // Without scripts nothing can be examined in the frame.
  turn(check, view !== "plain");
  forget();
  const rights = view === "plain" ? "allow-same-origin" : "allow-same-origin allow-scripts allow-forms allow-modals";
  frame = make("iframe", { class: view, title: word("view-frame", { view: word(`view-${view}`) }), sandbox: rights, src: page });
  frame.addEventListener("load", loaded);
  stage.replaceChildren(frame);
}

/** A page has come, perhaps another: links in the frame lead there. */
function loaded() {
  const inside = frame.contentDocument;
  if (!inside?.body) return;
  page = local(frame.contentWindow.location.pathname);
  back.href = page;
  title.textContent = document.title = word("view-title", { title: inside.title });
  history.replaceState(null, "", `?as=${view}&page=${encodeURIComponent(page)}`);
  forget();
  if (view === "paper") {
    frame.contentWindow.dispatchEvent(new Event("beforeprint"));
    for (const sheet of inside.styleSheets) onPaper(sheet);
    frame.style.height = `${inside.documentElement.scrollHeight}px`;
  }
  hear();
}

/** Lets rules for paper hold on the screen, and those for the screen nowhere. */
function onPaper(sheet) {
  const turned = (media) => {
    if (/\bprint\b/.test(media.mediaText)) media.mediaText = media.mediaText.replace(/\bprint\b/g, "all");
    else if (/\bscreen\b/.test(media.mediaText)) media.mediaText = "not all";
  };
  if (sheet.media) turned(sheet.media);
  for (const rule of sheet.cssRules) {
    if (rule.media && rule.cssRules) turned(rule.media);
    if (rule.styleSheet) onPaper(rule.styleSheet);
    else if (rule.cssRules?.length > 0) onPaper({ cssRules: rule.cssRules });
  }
}

/** Asks what is true of the page. */
async function hear() {
  told = await ask("sync", { addresses: [page], stands_in: false }).catch(() => told);
  published.setAttribute("aria-pressed", String(Boolean(told.published)));
}

/** Shows the site as it would be published, or as the newsroom sees it, in all windows of this browser. */
function publish() {
  const is = published.getAttribute("aria-pressed") !== "true";
  document.cookie = `backgrounder-face-${location.port || 80}=${is ? "published" : "desk"}; path=/; samesite=strict`;
  faces.postMessage("other");
  frame.contentWindow.location.reload();
}

const faces = new BroadcastChannel("backgrounder");
faces.addEventListener("message", () => frame.contentWindow.location.reload());

/** Removes what was drawn into the page, and the list. */
function forget() {
  list.replaceChildren();
  status.textContent = "";
  frame?.contentDocument?.querySelector("backgrounder-marks")?.remove();
}

/** Loads axe into the frame, once. */
function loadAxe() {
  const inside = frame.contentDocument;
  if (frame.contentWindow.axe) return Promise.resolve();
  const script = inside.createElement("script");
  script.src = `${OWN}axe.js`;
  return new Promise((done, fail) => {
    script.addEventListener("load", done);
    script.addEventListener("error", fail);
    inside.documentElement.append(script);
  });
}

/** Has axe look at the page, and lists what it finds beside it. */
async function examine() {
  forget();
  status.textContent = word("checking");
  try {
    await loadAxe();
  } catch {
    status.replaceChildren(...said(word("view-no-axe")));
    return;
  }
  const inside = frame.contentDocument;
  const { violations } = await frame.contentWindow.axe.run(inside, { resultTypes: ["violations"] });
  const found = violations.flatMap((rule) => rule.nodes.map((node) => ({ rule, element: element(inside, node.target), html: node.html })));
  status.textContent = found.length > 0 ? count("view-found", found.length) : word("view-none");
  const layer = inside.createElement("backgrounder-marks");
  inside.documentElement.append(layer);
  list.replaceChildren(...found.map((one, at) => finding(one, at + 1, layer)));
}

/** The element at the end of a path of selectors, one for each frame or shadow tree. */
function element(inside, target) {
  const path = target.flat();
  return inside.querySelector(path[0]);
}

/** A finding: what is wrong, where in the page, and where in the files. */
function finding({ rule, element, html }, number, layer) {
  const place = make("span", { class: "place" });
  const seen = element && make("button", { type: "button", class: "link", onclick: () => point(element) }, word("view-show"));
  if (element) {
    layer.append(mark(element, number));
    where(element).then((found) => found && place.replaceChildren(found));
  }
  return make("li", {},
    make("p", {}, make("b", {}, rule.impact ?? ""), " ", rule.help, " ", make("small", {}, rule.id)),
    make("pre", {}, make("code", {}, html.length > 200 ? `${html.slice(0, 200)}…` : html)),
    make("p", { class: "ways" }, seen, " ", place));
}

/** A number in a corner of an element. Only styles that are set one by one pass the page's policy. */
function mark(element, number) {
  const box = element.getBoundingClientRect();
  const inside = element.ownerDocument;
  const one = inside.createElement("span");
  one.textContent = String(number);
  one.setAttribute("aria-hidden", "true");
  Object.assign(one.style, {
    position: "absolute", zIndex: "2147483647", left: `${box.left + inside.defaultView.scrollX}px`, top: `${box.top + inside.defaultView.scrollY}px`,
    background: "#b91c1c", color: "#ffffff", font: "700 12px/1.4 system-ui, sans-serif", padding: "0 0.35em", borderRadius: "0.2em",
  });
  return one;
}

function point(element) {
  element.scrollIntoView({ block: "center" });
  element.animate?.([{ outline: "4px solid #b91c1c", outlineOffset: "2px" }, { outline: "4px solid transparent", outlineOffset: "2px" }], { duration: 2500 });
}

/** Where an element comes from, as a button; nothing if that can't be known, as for the theme's own. */
async function where(element) {
  const asked = told.token && element.closest("main") && clicked(element);
  if (!asked) return undefined;
  const place = await ask("desk/place", { address: page, ...asked }).catch(() => undefined);
  if (!place) return undefined;
  const name = `${place.file}:${place.line}`;
  if (!told.opens) return copier(`${name}:${place.column ?? 1}`);
  const open = () => ask("open", { file: place.file, line: place.line, column: place.column ?? 1 });
  return make("button", { type: "button", class: "link", "aria-label": word("open", { place: name }), onclick: open }, breakable(name));
}

// What has scripts follows by itself; the rest is loaded anew.
new EventSource(`${OWN}events`).addEventListener("message", async () => {
  const before = told.versions?.[page];
  await hear();
  if ((view === "plain" || view === "paper") && before !== undefined && told.versions?.[page] !== before) frame.contentWindow.location.reload();
});

show(view);
