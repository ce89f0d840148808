// Puts the later of two pictures over the earlier one, with a slider between them. Without this script they lie side by side.
// A classic script, so that it works from a disk too.
void (() => {
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".block-gallery.compare"))) {
    const pictures = /** @type {HTMLElement | null} */ (figure.querySelector(".pictures"));
    const [earlier, later] = /** @type {NodeListOf<HTMLImageElement>} */ (figure.querySelectorAll(".picture img"));
    if (!pictures || !earlier || !later || figure.classList.contains("ready")) continue;

    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = "100";
    slider.value = "50";
    slider.className = "compare-slider";
    slider.setAttribute("aria-label", figure.dataset.label ?? "");

    const rightToLeft = getComputedStyle(pictures).direction === "rtl";
    const show = () => {
      pictures.style.setProperty("--cut", `${slider.value}%`);
    };
    slider.addEventListener("input", show);

    // One click on the pictures moves the line there.
    pictures.addEventListener("click", (event) => {
      if (!(event.target instanceof HTMLImageElement)) return;
      const box = event.target.getBoundingClientRect();
      const part = ((event.clientX - box.left) / box.width) * 100;
      slider.value = String(Math.round(rightToLeft ? 100 - part : part));
      show();
    });

    pictures.style.setProperty("--shape", `${earlier.getAttribute("width") ?? 3} / ${earlier.getAttribute("height") ?? 2}`);
    figure.classList.add("ready");
    pictures.append(slider);
    show();
  }
})();
