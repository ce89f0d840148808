// Keeps an open page up to date with the site: hears that something is new, asks what that means for this page, and applies
// the difference. The server remembers nothing, so a page that slept for a day catches up like any other.

import { Bar } from "./bar.js";
import { Desk } from "./desk.js";
import { needsReload, parse, patch, snapshot, swapSheet } from "./patch.js";
import { follow, rememberPlace } from "./pointed.js";

const OWN = "/.backgrounder/";

/** Whether the page is shown in a frame of ours, which has controls of its own. */
const isFramed = window.parent !== window && framedByUs();

/** The version of the page; empty for a placeholder of a page that does not exist. */
let version = versionOf(document) ?? "";

/** The page as it was sent. Scripts in its head have already changed it, but the browser's cache has the original. */
let sent = original(snapshot());

/** The versions of the other files that the page shows. */
const versions = new Map();

/** The source file of the page, if known: a page that an error removes no longer says it. */
let madeOf;

let edition;
let busy = false;
let again = false;

const bar = new Bar({
  open: openPlace,
  publish,
  edit: () => desk.openRecord({ address: location.pathname }),
  add: () => desk.openMenu(),
  fix: (id) => desk.fix(id),
  undo: (number) => desk.ask("undo", { number }),
});
const desk = new Desk({ openPlace, notice: (message, undo) => bar.tell(message, undo), opened: (is) => bar.beside(is) });

function framedByUs() {
  try {
    return window.parent.location.pathname.startsWith(OWN);
  } catch {
    return false;
  }
}

async function ask(name, body) {
  const response = await fetch(OWN + name, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.status === 204 ? undefined : response.json();
}

function versionOf(page) {
  return page.querySelector(`script[src="${OWN}preview.js"]`)?.dataset.version;
}

/** The page from the browser's cache, if it is the same one; otherwise `copy`. */
async function original(copy) {
  try {
    const text = await (await fetch(location.pathname + location.search, { cache: "only-if-cached", mode: "same-origin" })).text();
    return versionOf(new DOMParser().parseFromString(text, "text/html")) === version ? parse(text) : copy;
  } catch {
    return copy;
  }
}

function openPlace({ file, line, column }) {
  return ask("open", { file, line, column });
}

/** An address of this site without our additions; undefined for other sites. */
function address(href) {
  const url = new URL(href, document.baseURI);
  if (url.origin !== location.origin || url.pathname.startsWith(OWN)) return undefined;
  url.searchParams.delete("backgrounder");
  return url.pathname + url.search;
}

/** The elements of the page that show a file of the site, by its address. */
function files() {
  const found = new Map();
  const add = (one, name) => {
    const own = one.getAttribute(name) && address(one.getAttribute(name));
    if (own) found.set(own, [...(found.get(own) ?? []), one]);
  };
  document.querySelectorAll('link[rel="stylesheet"]').forEach((one) => add(one, "href"));
  document.querySelectorAll("script[src], img[src], video[src], audio[src], source[src], object[data]").forEach((one) => add(one, one.nodeName === "OBJECT" ? "data" : "src"));
  return found;
}

/** Brings the page up to date. If it is called while it runs, it starts over afterward. */
async function catchUp() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    do {
      again = false;
      await once();
    } while (again);
  } catch (error) {
    // If the server stopped answering, it announces itself when the connection is back.
    console.warn("backgrounder:", error);
  } finally {
    busy = false;
  }
}

async function once() {
  const shown = files();
  const is404 = version === "";
  const told = await ask("sync", { addresses: [location.pathname, ...shown.keys()], edition, made_of: madeOf, stands_in: is404 });
  madeOf = told.made_of ?? madeOf;
  const now = told.versions[location.pathname];
  if ((now === null && !is404 && !told.blocked && !told.lost) || (now !== null && is404)) return reload();
  let changed = [];
  if (now !== null && now !== version) {
    changed = await renew();
    if (!changed) return reload();
  }
  for (const [own, elements] of shown) {
    const fresh = told.versions[own];
    const known = versions.get(own) ?? (await loadedVersion(own));
    versions.set(own, fresh);
    if (known === undefined || fresh === null || fresh === known) continue;
    for (const one of elements.filter((one) => one.isConnected)) {
      if (one.nodeName === "SCRIPT") return reload();
      if (one.nodeName === "LINK") await swapSheet(one, fresh);
      else reloadMedia(one, own, fresh);
    }
  }
  // The files of the page may have changed again in the meantime.
  again ||= [...files().keys()].some((own) => !versions.has(own));
  point(changed);
  const news = edition !== undefined && told.edition !== edition && changed.length === 0;
  const others = told.changed.filter((path) => path !== location.pathname);
  if (news && others.length > 0 && others.length === told.changed.length) offer(others[0]);
  edition = told.edition;
  if (isFramed) return;
  desk.told(told);
  await bar.show(told);
  follow(told.pointed, !desk.isBusy);
}

/**
 * Loads the page anew; an open form and what was said last are there again afterward. The page often hears of a new edition before
 * the request that caused it has its answer, and must not miss that.
 */
async function reload() {
  await desk.settled();
  bar.remember();
  desk.remember();
  rememberPlace();
  location.reload();
}

/** The version of a file that the browser loaded for the page: the one in its cache. */
async function loadedVersion(own) {
  try {
    const response = await fetch(own, { cache: "only-if-cached", mode: "same-origin" });
    response.body?.cancel();
    return response.headers.get("etag")?.replaceAll('"', "");
  } catch {
    return undefined;
  }
}

/** Fetches the page and applies the difference; undefined if that can't be done. */
async function renew() {
  const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
  if (!response.ok) {
    // It existed a moment ago; the server will report why it no longer does.
    await new Promise((done) => setTimeout(done, 50));
    again = true;
    return [];
  }
  const text = await response.text();
  const fresh = versionOf(new DOMParser().parseFromString(text, "text/html"));
  const page = parse(text);
  if (!fresh || needsReload(await sent, page)) return undefined;
  const changed = await patch(await sent, page);
  sent = page;
  version = fresh;
  // For scripts of a theme that modify the page when it loads.
  document.dispatchEvent(new CustomEvent("backgrounder:patched", { detail: { changed } }));
  return changed;
}

function reloadMedia(one, own, fresh) {
  const name = one.nodeName === "OBJECT" ? "data" : "src";
  one.setAttribute(name, `${own}${own.includes("?") ? "&" : "?"}backgrounder=${fresh}`);
  one.removeAttribute("srcset");
  one.parentElement?.querySelectorAll(":scope > source[srcset]").forEach((source) => source.remove());
  one.closest("video, audio")?.load();
}

/** Briefly highlights what has changed. */
function point(changed) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  // The page's own scripts may have hidden it.
  for (const one of changed.filter((one) => one !== document.body && one.checkVisibility()).slice(0, 20)) {
    one.animate([{ outline: "3px solid rgb(217 119 6 / 0.9)", outlineOffset: "4px" }, { outline: "3px solid rgb(217 119 6 / 0)", outlineOffset: "4px" }], { duration: 1500, easing: "ease-out" });
  }
}

/** Offers a page that has changed and is not the one in view. */
async function offer(path) {
  const response = await fetch(path);
  if (!response.ok) return;
  const page = parse(await response.text());
  // A window's title ends with that of the site.
  const own = page.querySelector('meta[property="og:title"]')?.content || page.querySelector("h1")?.textContent.trim();
  bar.offer(path, own || page.title || path);
}

/** Shows the site as it would be published, or as the newsroom sees it, in all windows of this browser. */
function publish(published) {
  // Previews on other ports of this host share the same cookies.
  document.cookie = `backgrounder-face-${location.port || 80}=${published ? "published" : "desk"}; path=/; samesite=strict`;
  faces.postMessage("other");
  return catchUp();
}

const faces = new BroadcastChannel("backgrounder");
faces.addEventListener("message", catchUp);

/** The connection for announcements. Hidden windows go without: browsers allow only a few connections to one host. */
let line;
let ended;

function listen() {
  clearTimeout(ended);
  line?.close();
  line = undefined;
  if (document.visibilityState === "hidden") return;
  line = new EventSource(`${OWN}events`);
  line.addEventListener("open", () => {
    clearTimeout(ended);
    ended = undefined;
    bar.away(false);
  });
  line.addEventListener("message", catchUp);
  line.addEventListener("error", () => {
    ended ??= setTimeout(() => bar.away(true), 2000);
    // A browser gives up on an invalid answer; another program may have had the port for a while.
    if (line?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
}

// Before everything else on the page, so that the keyboard gets there first; outside the body, which belongs to the page.
if (!isFramed) document.body.before(bar.element, desk.element);
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => line?.close());
addEventListener("pageshow", (event) => event.persisted && listen());
listen();
