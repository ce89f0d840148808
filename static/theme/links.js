// Tab goes from paragraph to paragraph; the arrow keys go through the links of one. A section of five minutes has 150 links
// and citations, and nobody wants to press Tab that often to get past them.
// A classic script, so that it works from a disk too.
void (() => {
  const hint = document.getElementById("page--keys");
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";

  /** The links of a group, except those in drawings: the text below a drawing repeats them. */
  const LINKS = "a[href]:not([aria-hidden='true'] *)";

  /** The links of a group that can be seen: others are folded away. @param {Element} group @returns {HTMLAnchorElement[]} */
  const linksOf = (group) => [...group.querySelectorAll(LINKS)].filter((link) => link.checkVisibility());

  for (const group of document.querySelectorAll(".text > *, .now > p, .key-points > ul, .standings > ul, .beside.stays > .fold > div")) {
    const all = [...group.querySelectorAll(LINKS)];
    if (all.length < 2) continue;
    all.forEach((link, at) => { link.tabIndex = at === 0 ? 0 : -1; });
    group.addEventListener("focusin", ({ target }) => {
      if (!all.includes(target)) return;
      all.forEach((link) => { link.tabIndex = link === target ? 0 : -1; });
      if (hint) hint.hidden = !target.matches(":focus-visible") || linksOf(group).length < 2;
    });
    group.addEventListener("focusout", () => { if (hint) hint.hidden = true; });
    group.addEventListener("keydown", (press) => {
      if (!/^Arrow(Left|Right)$/.test(press.key) || press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return;
      const links = linksOf(group);
      const at = links.indexOf(press.target);
      const next = links[at + (press.key === forward ? 1 : -1)];
      if (at < 0 || !next) return;
      press.preventDefault();
      next.focus();
    });
  }
})();
