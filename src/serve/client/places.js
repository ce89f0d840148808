// What parts of a page are about: the records that rows show, the words of what was clicked, and what has the focus.

/** Parts of pages that are about one record. */
export const ROWS = "li.event, .sources li, .source-list li, .claims li, .entity-group li, .by-kind li, .cards li";

/** The address of the record that a row is about. */
export function recordOf(row) {
  const link = row.querySelector(".event-title a, a.about, h2 a, h3 a, .title a") ?? row.querySelector("a[href]");
  const here = row.ownerDocument.location;
  if (!link || link.origin !== here.origin || link.pathname === here.pathname) return undefined;
  return link.pathname + link.hash;
}

/** What somebody clicked: its words, and the record that it shows. */
export function clicked(target) {
  // A citation leads to its entry below the text, and that to the source's page.
  const mark = target.closest("sup.cite a, a.cite");
  const entry = mark?.hash && target.ownerDocument.getElementById(decodeURIComponent(mark.hash.slice(1)));
  if (entry && recordOf(entry)) return { words: "", link: recordOf(entry) };
  const row = target.closest(ROWS);
  const link = row ? recordOf(row) : undefined;
  if (link && row.matches("li.event")) return { words: "", link };
  const block = target.closest("p, li, h1, h2, h3, h4, h5, h6, blockquote, figcaption, td, th, dt, dd, summary");
  if (!block) return undefined;
  const copy = block.cloneNode(true);
  copy.querySelectorAll("sup, .back, .about, ul, ol, svg").forEach((one) => one.remove());
  return { words: copy.textContent.slice(0, 2000), link };
}

/** The element that has the focus, inside shadow trees as well. */
export function deepFocus() {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one;
}
