// A section's contents, timeline and bottom bar follow the reading. Without this script all of them are plain links.
// A classic script, so that it works from a disk too.
void (() => {
  /** The element that a link of this page leads to. @param {Element} link */
  const target = (link) => document.getElementById(decodeURIComponent((link.getAttribute("href") ?? "").slice(1)));

  /** Where links lead, in the order of the text. @param {Iterable<Element>} links @returns {{ link: Element, place: Element }[]} */
  function places(links) {
    const found = [...links].map((link) => ({ link, place: target(link) })).filter(({ place }) => place?.closest(".lead"));
    return found.sort((a, b) => (a.place.compareDocumentPosition(b.place) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  }

  const contents = document.getElementById("page--contents");
  const beside = document.querySelector(".beside.stays");
  const here = document.querySelector(".bar-here");
  const headings = places(document.querySelectorAll(".toc a[href^='#']"));
  const events = places(document.querySelectorAll(".beside .event a[href^='#']"));

  /** The last of `list` that the reader has reached. @param {{ link: Element, place: Element }[]} list @param {number} line */
  function reached(list, line) {
    let last = null;
    for (const one of list) {
      if (one.place.getBoundingClientRect().top > line) break;
      last = one;
    }
    return last;
  }

  /** Moves `aria-current` to another element. @param {Element | null | undefined} from @param {Element | null | undefined} to */
  function pass(from, to) {
    if (from === to) return;
    from?.removeAttribute("aria-current");
    to?.setAttribute("aria-current", "true");
  }

  let heading, event;

  function follow() {
    const line = innerHeight * 0.4;
    const nowHeading = reached(headings, line)?.link;
    pass(heading, nowHeading);
    heading = nowHeading;
    const nowEvent = reached(events, line)?.link.closest(".event");
    if (nowEvent === event) return;
    pass(event, nowEvent);
    event = nowEvent;
    if (here) {
      const date = event?.querySelector(".event-date time, .event-date");
      here.replaceChildren(date?.textContent ?? "");
    }
    // The timeline scrolls inside itself; the page stays where it is.
    if (event?.checkVisibility() && beside && beside.scrollHeight > beside.clientHeight && !beside.matches(":hover, :focus-within")) {
      const off = event.getBoundingClientRect().top - beside.getBoundingClientRect().top;
      beside.scrollTop += off - beside.clientHeight / 3;
    }
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  }, { passive: true });
  follow();

  // The sheet of contents closes once a heading is chosen, and the focus goes there.
  contents?.addEventListener("click", (click) => {
    const link = click.target instanceof Element ? click.target.closest("a[href^='#']") : null;
    if (!link || !contents.matches(":popover-open")) return;
    contents.hidePopover();
    const place = target(link);
    place?.setAttribute("tabindex", "-1");
    place?.focus({ preventScroll: true });
  });
})();
