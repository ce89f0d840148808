// Says how old the page is, once that is more days than the site allows. It comes right after the line that it fills, and
// runs before anything below is drawn, so that nothing moves.
(() => {
  const line = document.currentScript.previousElementSibling;
  const day = 86400000, passed = Math.floor((Date.now() - Date.parse(line.dataset.day)) / day);
  if (!(passed > Number(line.dataset.after))) return;
  const [count, unit] = passed < 60 ? [passed, "day"] : passed < 730 ? [Math.floor(passed / 30.44), "month"] : [Math.floor(passed / 365.25), "year"];
  const age = new Intl.RelativeTimeFormat(document.documentElement.lang).format(-count, unit);
  line.textContent = line.dataset.text.replace("{age}", age);
  line.hidden = false;
})();
