// Opens the search, by its button, by Ctrl-K or by a slash, and only then loads the rest of it.
(() => {
  /** @type {HTMLElement | null} */
  const panel = document.getElementById("page--search");
  const field = panel?.querySelector("input");
  if (!panel || !field || !panel.showPopover) return;
  const KEY = "backgrounder-search-slash";
  /** @type {HTMLInputElement | null} */
  const slash = panel.querySelector("[name=slash]");
  let loaded = false;

  const load = () => {
    if (loaded) return;
    loaded = true;
    const script = document.createElement("script");
    script.src = panel.dataset.script ?? "";
    script.addEventListener("error", () => {
      loaded = false;
      const status = panel.querySelector("[role=status]");
      if (status) status.textContent = panel.dataset.failed ?? "";
    });
    document.head.append(script);
  };
  const open = () => {
    if (!panel.matches(":popover-open")) panel.showPopover();
    field.focus();
    field.select();
  };

  // Storage may be blocked; then the choice lasts as long as this document.
  let bySlash = true;
  try { bySlash = localStorage.getItem(KEY) !== "off"; } catch {}
  if (slash) {
    slash.checked = bySlash;
    slash.addEventListener("change", () => {
      bySlash = slash.checked;
      try { localStorage.setItem(KEY, bySlash ? "on" : "off"); } catch {}
    });
  }
  panel.addEventListener("toggle", event => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") load();
  });
  field.addEventListener("focus", load);
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (control && !event.shiftKey && event.key.toLowerCase() === "k" || !control && bySlash && event.key === "/" && !typing) {
      event.preventDefault();
      open();
    }
  });

  // An address with a query shows its results; one that was opened before this script ran is waited for.
  const asked = new URLSearchParams(location.search).get("search");
  if (asked) {
    field.value = asked;
    open();
  }
  if (panel.matches(":popover-open")) load();
})();
