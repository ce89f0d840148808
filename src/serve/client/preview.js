// Keeps an open page in step with the site: hears that something is new, asks what that means for this page, and puts the
// difference in place. Nothing is remembered on the other side, so a page that slept for a day catches up like any other.

import { Bar } from "./bar.js";
import { needsReload, parse, patch, snapshot, swapSheet } from "./patch.js";

const OWN = "/.backgrounder/";

/** The version of the page; empty for one that stands in for a page that is not there. */
let version = versionOf(document) ?? "";

/** The page as it was sent. A theme's scripts in its head have been at work already; the browser still has it without that. */
let sent = original(snapshot());

/** The versions of the other files that the page shows. */
const versions = new Map();

/** The file that the page is made of, as far as is known: a page that a mistake takes away does not say it any more. */
let madeOf;

let edition;
let busy = false;
let again = false;

const bar = new Bar({ open: openPlace, publish });

async function ask(name, body) {
  const response = await fetch(OWN + name, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response.status === 204 ? undefined : response.json();
}

function versionOf(page) {
  return page.querySelector(`script[src="${OWN}preview.js"]`)?.dataset.version;
}

/** The page from the browser's own store, if it is the same one; `copy` otherwise. */
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

/** An address of this site without what was added to it; nothing for one of another. */
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

/** Brings the page up to date. Called while it does, it begins once more afterwards. */
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
    // Whoever stopped answering is heard of when the line is there again.
    console.warn("backgrounder:", error);
  } finally {
    busy = false;
  }
}

async function once() {
  const shown = files();
  const is404 = version === "";
  const told = await ask("sync", { addresses: [location.pathname, ...shown.keys()], made_of: madeOf, stands_in: is404 });
  madeOf = told.made_of ?? madeOf;
  const now = told.versions[location.pathname];
  if ((now === null && !is404 && !told.blocked && !told.lost) || (now !== null && is404)) return location.reload();
  let changed = [];
  if (now !== null && now !== version) {
    changed = await renew();
    if (!changed) return location.reload();
  }
  for (const [own, elements] of shown) {
    const fresh = told.versions[own];
    const known = versions.get(own) ?? (await loadedVersion(own));
    versions.set(own, fresh);
    if (known === undefined || fresh === null || fresh === known) continue;
    for (const one of elements.filter((one) => one.isConnected)) {
      if (one.nodeName === "SCRIPT") return location.reload();
      if (one.nodeName === "LINK") await swapSheet(one, fresh);
      else reloadMedia(one, own, fresh);
    }
  }
  // What came with the page may have changed again since.
  again ||= [...files().keys()].some((own) => !versions.has(own));
  point(changed);
  const news = edition !== undefined && told.edition !== edition && changed.length === 0;
  const others = told.changed.filter((path) => path !== location.pathname);
  if (news && others.length > 0 && others.length === told.changed.length) offer(others[0]);
  edition = told.edition;
  await bar.show(told);
}

/** The version of a file that the browser has loaded for the page: the one that it keeps. */
async function loadedVersion(own) {
  try {
    const response = await fetch(own, { cache: "only-if-cached", mode: "same-origin" });
    response.body?.cancel();
    return response.headers.get("etag")?.replaceAll('"', "");
  } catch {
    return undefined;
  }
}

/** Fetches the page and puts what differs in place; nothing if that can't be done. */
async function renew() {
  const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
  if (!response.ok) {
    // It was there a moment ago; why it no longer is will be told.
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
  // For scripts of a theme that add to what they find.
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

/** Shows for a moment what has changed. */
function point(changed) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const one of changed.slice(0, 20).filter((one) => one !== document.body)) {
    one.animate([{ outline: "3px solid rgb(217 119 6 / 0.9)", outlineOffset: "4px" }, { outline: "3px solid rgb(217 119 6 / 0)", outlineOffset: "4px" }], { duration: 1500, easing: "ease-out" });
  }
}

/** Offers a page that has changed and is not the one in view. */
async function offer(path) {
  const response = await fetch(path);
  if (!response.ok) return;
  const page = parse(await response.text());
  // The title of a window has the site's behind its own.
  const own = page.querySelector('meta[property="og:title"]')?.content || page.querySelector("h1")?.textContent.trim();
  bar.offer(path, own || page.title || path);
}

/** Shows the site as it would be published, or as its desk sees it, in all windows of this browser. */
function publish(published) {
  // Previews at other ports of this host have the same cookies.
  document.cookie = `backgrounder-face-${location.port || 80}=${published ? "published" : "desk"}; path=/; samesite=strict`;
  faces.postMessage("other");
  return catchUp();
}

const faces = new BroadcastChannel("backgrounder");
faces.addEventListener("message", catchUp);

/** The line on which word comes. Windows that nobody sees do without: browsers keep only a few lines to one host. */
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
    // A browser gives up on an answer that is none; somebody else may have had the port for a while.
    if (line?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
}

// Before all that the page has, where the keyboard finds it at once; beside the body, which is the page's own.
document.body.before(bar.element);
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => line?.close());
addEventListener("pageshow", (event) => event.persisted && listen());
listen();
