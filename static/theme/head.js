// The reader's choice of a light or dark page: kept in this browser, shown before the first paint, the same in every tab.
// It stands in the head of every page, so it is short: the build takes comments and indents out of it, and no more.
(() => {
  const doc = document, key = "backgrounder-theme", os = matchMedia("(prefers-color-scheme: dark)");
  let own;
  const pick = value => { own = /^(light|dark)$/.test(value) ? value : ""; };
  const isDark = () => own ? own == "dark" : os.matches;
  const show = () => {
    doc.documentElement.dataset.theme = own;
    doc.querySelectorAll("[name=theme-color]").forEach((meta, at) => { meta.media = at == isDark() ? "all" : "not all"; });
    doc.querySelectorAll(".theme-switch").forEach(button => { button.ariaPressed = isDark(); });
  };
  // Storage may be forbidden; the choice then holds for this doc.
  try { pick(localStorage.getItem(key)); } catch {}
  show();
  doc.addEventListener("DOMContentLoaded", show);
  doc.addEventListener("click", event => {
    if (!event.target.closest(".theme-switch")) return;
    // To choose what the system says anyway is to follow the system again.
    pick(isDark() == os.matches ? (isDark() ? "light" : "dark") : "");
    try { localStorage.setItem(key, own); } catch {}
    show();
  });
  os.addEventListener("change", show);
  addEventListener("storage", event => { if (event.key == key) { pick(event.newValue); show(); } });
})();
