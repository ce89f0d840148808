// Folded parts open for what is inside them: a link's target, and paper. Browsers are beginning to do both by themselves.
// A classic script, so that it works from a disk too.
void (() => {
  /** Opens every fold around the place that the address names. */
  function unfold() {
    const id = decodeURIComponent(location.hash.slice(1));
    const place = id ? document.getElementById(id) : null;
    const closed = [];
    for (let fold = place?.closest("details:not([open])"); fold; fold = fold.parentElement?.closest("details:not([open])")) closed.push(fold);
    if (closed.length === 0) return;
    closed.forEach((fold) => { fold.open = true; });
    place.scrollIntoView();
  }

  // Where the timeline is beside the text, it is open for everything that asks, such as paper.
  const beside = document.querySelector(".timeline-fold");
  if (beside instanceof HTMLDetailsElement && matchMedia("(width >= 62rem)").matches) beside.open = true;

  addEventListener("hashchange", unfold);
  unfold();

  // A link to where the page is already gives no event; a source may have been folded again since.
  document.addEventListener("click", (click) => {
    // A card may open instead.
    if (click.target instanceof Element && click.target.closest("a[href^='#']")) setTimeout(() => { if (!click.defaultPrevented) unfold(); });
  });

  /** @type {HTMLDetailsElement[]} */
  let forPaper = [];
  addEventListener("beforeprint", () => {
    forPaper = [...document.querySelectorAll("details:not([open])")];
    forPaper.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => forPaper.forEach((fold) => { fold.open = false; }));
})();
