// The reader's choice of a light or dark page: stored in this browser, applied before the first paint, shared by all tabs.
// It is in the head of every page, so it is short. The build only removes comments and indentation from it.
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
  // Storage may be blocked; then the choice lasts as long as this document.
  try { pick(localStorage.getItem(key)); } catch {}
  show();
  doc.addEventListener("DOMContentLoaded", show);
  doc.addEventListener("click", event => {
    if (!event.target.closest(".theme-switch")) return;
    // Choosing what the system asks for anyway means following the system again.
    pick(isDark() == os.matches ? (isDark() ? "light" : "dark") : "");
    try { localStorage.setItem(key, own); } catch {}
    show();
  });
  os.addEventListener("change", show);
  addEventListener("storage", event => { if (event.key == key) { pick(event.newValue); show(); } });
})();
