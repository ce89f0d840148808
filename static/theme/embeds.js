// @ts-check
// Loads what another site provides, in a frame, when a reader asks for it and never before. Without this script there are the
// picture and the link.

for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".embed[data-frame]"))) {
  const button = /** @type {HTMLButtonElement | null} */ (figure.querySelector(".embed-show"));
  if (!button || !button.hidden) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const { frame: address = "", title = "", sandbox = "", allow = "", referrer = "no-referrer", ratio, height } = figure.dataset;
    const frame = document.createElement("iframe");
    frame.className = "embed-frame";
    frame.title = title;
    // All of this has to be there before the address is, or the frame would load without it.
    frame.setAttribute("sandbox", sandbox);
    frame.allow = allow;
    frame.setAttribute("referrerpolicy", referrer);
    if (ratio) frame.style.aspectRatio = ratio;
    if (height) frame.style.height = `${height}px`;
    // When its page arrives, the frame loses the keyboard, which its reader may have taken elsewhere by then.
    frame.addEventListener("load", () => {
      if (document.activeElement === frame) frame.contentWindow?.focus();
    });
    frame.src = address;
    figure.classList.add("shown");
    figure.prepend(frame);
    button.remove();
    frame.focus();
  });
}
