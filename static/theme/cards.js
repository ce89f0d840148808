// @ts-check
// A link to a record opens a card, and so does a group of citations: what it is, where it stands, its sources, two links.
// Clicks with a modifier key, long presses and everything else that a browser does with links stay what they are; without
// this script, links lead to pages. It is a classic script without imports, so that it works from a disk too.
void (() => {
  /** @typedef {{ text: string, url: string, external?: boolean }} Link */
  /** @typedef {{ html: string, value?: number }} Entry */
  /** @typedef {{ kind: string, name: string, when?: string, now?: { since: string, text: string }, texts: string[], sources?: { label: string, entries: (string | Entry)[], more?: Link }, links: Link[] }} Card */

  const found = document.getElementById("page--card");
  if (!found || !("popover" in found)) return;
  const card = found;
  const records = ".ref-event, .ref-entity, .ref-claim, .ref-term, .ref-source";
  const sheet = matchMedia("(width < 48rem)");
  const isRtl = document.documentElement.dir === "rtl";
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`));
  const isOpen = () => card.matches(":popover-open");

  /** The link whose card is open, or was last. @type {HTMLAnchorElement | null} */
  let opener = null;
  /** Where in the window it was pressed. */
  let pressed = { x: 0, y: 0 };
  /** The number of the last link that was opened; a card that comes late isn't shown. */
  let turn = 0;
  /** Whether this page is being left, so that its history is no longer ours. */
  let isLeaving = false;

  // ---- What a card says ----

  /** What each card's own script handed over. @type {WeakMap<Element, Card>} */
  const given = new WeakMap();
  Object.assign(window, {
    /** @param {Card} data */
    backgrounderCard(data) {
      if (document.currentScript) given.set(document.currentScript, data);
    },
  });

  /** Cards by the address of their scripts. @type {Map<string, Promise<Card>>} */
  const known = new Map();
  // In a preview, a save may have changed them.
  document.addEventListener("backgrounder:patched", () => known.clear());

  /** Where a record's card is: beside its page. Terms share one. @param {HTMLAnchorElement} link */
  function addressOf(link) {
    const id = link.matches(".ref-term") ? `${decodeURIComponent(link.hash.slice(1))}/` : "";
    return new URL(`${id}card.js`, link.href).href;
  }

  /** A record's card, fetched once. @param {string} url @returns {Promise<Card>} */
  function fetched(url) {
    const before = known.get(url);
    if (before) return before;
    const card = new Promise((/** @type {(card: Card) => void} */ done, fail) => {
      const script = document.createElement("script");
      script.onerror = fail;
      script.onload = () => {
        const data = given.get(script);
        script.remove();
        if (!data) return fail();
        // Its addresses are relative to its own file.
        for (const link of [...data.links, ...(data.sources?.more ? [data.sources.more] : [])]) link.url = new URL(link.url, url).href;
        done(data);
      };
      script.src = url;
      document.head.append(script);
    });
    known.set(url, card);
    card.catch(() => known.delete(url));
    return card;
  }

  /** The card of a group of citations, whose sources are on this page. @param {HTMLAnchorElement} link @returns {Card | null} */
  function cited(link) {
    const ids = [link, ...link.querySelectorAll("[id]")].map((one) => one.id);
    const numbers = [...new Set(ids.flatMap((id) => /^cite--(\d+)-/.exec(id)?.[1] ?? []))];
    const entries = numbers.flatMap((number) => {
      const entry = document.querySelector(`#page--sources li[value="${number}"]`)?.cloneNode(true);
      if (!(entry instanceof HTMLElement)) return [];
      entry.querySelectorAll(".number, .back").forEach((one) => one.remove());
      return [{ html: entry.innerHTML.trim(), value: Number(number) }];
    });
    if (entries.length === 0) return null;
    const word = entries.length > 1 ? card.dataset.sources : card.dataset.source;
    const name = document.createElement("span");
    name.textContent = `${word} ${link.textContent}`;
    return { kind: "", name: name.innerHTML, texts: [], sources: { label: "", entries }, links: [] };
  }

  /** @param {Link} link */
  function anchor({ text, url, external }) {
    const a = document.createElement("a");
    a.href = url;
    a.textContent = text;
    if (external) a.rel = "external noopener";
    return a;
  }

  /** Fills the card, and hides the parts that it has nothing for. @param {Card} data */
  function fill({ kind, name, when, now, texts, sources, links }) {
    /** @param {string} name @param {string} html */
    const html = (name, html) => {
      part(name).innerHTML = html;
      part(name).hidden = html === "";
    };
    part("kind").textContent = kind;
    part("kind").hidden = kind === "";
    html("name", name);
    html("when", when ?? "");
    part("now").hidden = !now;
    if (now) {
      part("since").innerHTML = now.since;
      part("stands").textContent = now.text;
    }
    part("texts").replaceChildren(...texts.map((text) => {
      const paragraph = document.createElement("p");
      paragraph.dir = "auto";
      paragraph.textContent = text;
      return paragraph;
    }));
    part("sources").hidden = !sources;
    part("label").textContent = sources?.label ?? "";
    part("label").hidden = !sources?.label;
    part("entries").replaceChildren(...(sources?.entries ?? []).map((entry) => {
      const item = document.createElement("li");
      item.innerHTML = typeof entry === "string" ? entry : entry.html;
      if (typeof entry !== "string" && entry.value) item.value = entry.value;
      return item;
    }));
    part("entries").classList.toggle("numbered", (sources?.entries ?? []).some((entry) => typeof entry !== "string"));
    part("more").replaceChildren(...(sources?.more ? [anchor(sources.more)] : []));
    part("more").hidden = !sources?.more;
    part("links").replaceChildren(...links.map(anchor));
    part("links").hidden = links.length === 0;
    card.scrollTop = 0;
  }

  // ---- Where it is ----

  /** On a desk beside the link, and on a phone below the line that was touched. @param {HTMLAnchorElement} link */
  function place(link) {
    const boxes = [...link.getClientRects()];
    const box = boxes.find(({ left, right, top, bottom }) => pressed.x >= left && pressed.x <= right && pressed.y >= top && pressed.y <= bottom) ?? boxes[0] ?? link.getBoundingClientRect();
    for (const property of ["left", "top", "max-height"]) card.style.removeProperty(property);
    if (sheet.matches) {
      const under = box.bottom + 24 - (innerHeight - card.offsetHeight);
      if (under > 0) scrollBy({ top: under, behavior: "instant" });
      return;
    }
    const width = card.offsetWidth, left = isRtl ? box.right - width : box.left;
    // Below the link if it fits there, or else where there is more room; all of it within the window.
    const above = box.top - 16, below = innerHeight - box.bottom - 16;
    const isAbove = card.offsetHeight > below && above > below;
    card.style.maxHeight = `${Math.max(160, Math.min(card.offsetHeight, isAbove ? above : below))}px`;
    card.style.left = `${Math.max(16, Math.min(left, document.documentElement.clientWidth - width - 16)) + scrollX}px`;
    card.style.top = `${(isAbove ? box.top - 8 - card.offsetHeight : box.bottom + 8) + scrollY}px`;
  }
  addEventListener("resize", () => {
    if (isOpen() && opener && !sheet.matches) place(opener);
  });

  // ---- Opening and closing ----

  /** @param {HTMLAnchorElement} link @param {Card} data */
  function show(link, data) {
    if (isOpen()) card.hidePopover();
    opener = link;
    fill(data);
    // The link comes before the card in the order of the keyboard.
    /** @type {any} */ (card).showPopover({ source: link });
    place(link);
    part("name").focus({ preventScroll: true });
    // “Back” closes the card, and leaves the page only then.
    if (!history.state?.card) history.pushState({ ...history.state, card: true }, "");
  }

  /** @param {HTMLAnchorElement} link */
  async function open(link) {
    const mine = ++turn;
    const own = cited(link);
    if (own) return show(link, own);
    link.setAttribute("aria-busy", "true");
    try {
      const data = await fetched(addressOf(link));
      if (mine === turn) show(link, data);
    } catch {
      // Without its card, a link leads where it always did.
      if (mine === turn) location.assign(link.href);
    } finally {
      link.removeAttribute("aria-busy");
    }
  }

  card.addEventListener("toggle", () => {
    if (isOpen()) return;
    const active = document.activeElement;
    if (!active || active === document.body || card.contains(active)) opener?.focus({ preventScroll: true });
    // Only once it is certain that no other card takes its place.
    setTimeout(() => {
      if (isOpen() || isLeaving || !history.state?.card) return;
      // The reader may have scrolled meanwhile; the browser would go back to where the card was opened.
      const top = scrollY, stay = () => scrollTo({ top, behavior: "instant" });
      addEventListener("popstate", () => (stay(), requestAnimationFrame(stay)), { once: true });
      history.back();
    });
  });

  addEventListener("popstate", () => {
    if (isOpen() && !history.state?.card) card.hidePopover();
  });

  // A page that is left, and perhaps kept by the browser, has no card when the reader comes back to it.
  addEventListener("pagehide", () => {
    isLeaving = true;
    turn += 1;
    if (isOpen()) card.hidePopover();
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
    if (!isOpen() && history.state?.card) history.back();
  });

  /** The link whose card was open when the pointer went down: pressing it again closes the card. @type {Element | null} */
  let again = null;
  document.addEventListener("pointerdown", () => { again = isOpen() ? opener : null; }, { capture: true });

  document.addEventListener("click", (click) => {
    const link = click.target instanceof Element ? click.target.closest("a") : null;
    if (!link?.href || click.defaultPrevented || click.button !== 0 || click.altKey || click.ctrlKey || click.metaKey || click.shiftKey) return;
    if (card.contains(link)) {
      // The page takes the place of the card in the history, so that “back” leads to the text.
      click.preventDefault();
      isLeaving = new URL(link.href).href.split("#")[0] !== location.href.split("#")[0];
      card.hidePopover();
      location.replace(link.href);
      return;
    }
    if (!link.closest("main") || !link.matches(`${records}, .cite a`)) return;
    const isAgain = again === link || (isOpen() && opener === link);
    again = null;
    if (link.matches(".cite a") && !document.getElementById("page--sources")) return;
    click.preventDefault();
    if (isAgain) {
      if (isOpen()) card.hidePopover();
      return;
    }
    pressed = { x: click.clientX, y: click.clientY };
    void open(link);
  });
})();
