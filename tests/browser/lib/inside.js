// What the checks ask a page from inside it. It is loaded into every page before the page's own scripts, as
// `window.reader`. Functions here measure and describe; the checks decide what is a fault, unless only the page can
// know.

(() => {
  /** A place in the page that a person can find: `p.event-date.uncertain “about 9 April”`. */
  function describe(element) {
    const id = element.id ? `#${element.id}` : "";
    const classes = [...element.classList].map((name) => `.${name}`).join("");
    const text = (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim();
    return `${element.localName}${id}${classes}${text ? ` “${text.length > 40 ? `${text.slice(0, 40)}…` : text}”` : ""}`;
  }

  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false });

  function* ancestors(element) {
    for (let up = element; up; up = up.parentElement ?? up.getRootNode().host) yield up;
  }

  /** For screen readers only: a box of a pixel, or clipped to nothing. */
  const forEars = (element) => {
    for (const up of ancestors(element)) {
      const style = getComputedStyle(up);
      const { width, height } = up.getBoundingClientRect();
      if (style.clipPath.startsWith("inset(50%") || style.clipPath.startsWith("inset(100%") || /^rect\(/.test(style.clip)) return true;
      if (style.position === "absolute" && width <= 1 && height <= 1 && style.overflow !== "visible") return true;
    }
    return false;
  };

  const scrollsSideways = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX) && element !== document.body && element !== document.documentElement;

  /** All text nodes that a reader sees, in order, as `{ node, element }`. */
  function* texts(root = document.body) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const element = node.parentElement;
      if (!node.data.trim() || /^(script|style|noscript|template|title)$/.test(element.localName)) continue;
      if (element.closest("svg") || !visible(element)) continue;
      yield { node, element };
    }
  }

  const rectsOf = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
  };

  /** Whether the page can be scrolled sideways, and what sticks out of it; only the innermost elements. */
  function sideways() {
    const width = document.documentElement.clientWidth;
    const sticksOut = (rect) => rect.right > width + 0.5 || rect.left < -0.5;
    // Nothing to the left of the page or above it can be scrolled to: skip links wait there.
    const reachable = (rect) => rect.right > 0 && rect.bottom + scrollY > 0;
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const rect = element.getBoundingClientRect();
      if (rect.width === 0 || rect.height === 0 || !reachable(rect) || !visible(element)) return false;
      if (element.closest("svg") && element.localName !== "svg") return false;
      // A long word doesn't widen its box: it leaves it.
      const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const wordsOut = () => !scrollsSideways(element) && words.some((node) => rectsOf(node).some((r) => sticksOut(r) && reachable(r)));
      if (!sticksOut(rect) && !wordsOut()) return false;
      for (const up of ancestors(element.parentElement)) if (scrollsSideways(up)) return false;
      return !forEars(element);
    });
    const innermost = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
    return { by: Math.max(document.scrollingElement.scrollWidth, document.body.scrollWidth) - width, culprits: innermost.map(describe) };
  }

  /** Text that is cut off by a box around it that can't be scrolled. */
  function cutOff() {
    const found = new Set();
    for (const { node, element } of texts()) {
      const rects = rectsOf(node);
      if (rects.length === 0) continue;
      for (const up of ancestors(element)) {
        if (up === document.documentElement || up === document.body || found.has(up)) break;
        const style = getComputedStyle(up);
        const clipsX = /hidden|clip/.test(style.overflowX), clipsY = /hidden|clip/.test(style.overflowY);
        if (style.position === "fixed") break;
        if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
        if (!clipsX && !clipsY) continue;
        const box = up.getBoundingClientRect();
        // Two pixels, because a line's box is taller than its letters.
        const cut = rects.some((r) => (clipsX && (r.right > box.right + 2 || r.left < box.left - 2)) || (clipsY && (r.bottom > box.bottom + 2 || r.top < box.top - 2)));
        if (cut && !forEars(up)) found.add(up);
      }
    }
    return [...found].map(describe);
  }

  const paints = (element, x, y) => {
    const style = getComputedStyle(element);
    const alpha = /^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor) ? 0 : 1;
    if (alpha || style.backgroundImage !== "none" || /^(img|svg|canvas|video)$/.test(element.localName)) return true;
    return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && rectsOf(node).some((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom));
  };

  /** What covers the point, if it isn't the element, around it or inside it, and isn't transparent. */
  function over(element, x, y) {
    for (const hit of document.elementsFromPoint(x, y)) {
      if (hit === element || hit.contains(element) || element.contains(hit)) return null;
      if (paints(hit, x, y)) return hit;
    }
    return null;
  }

  /** Text that something else covers when it is in the middle of the window. */
  function covered(root) {
    const found = new Map();
    const start = scrollY;
    for (const { node, element } of texts(root)) {
      if (forEars(element)) continue;
      let rect = rectsOf(node)[0];
      if (!rect) continue;
      const middle = innerHeight / 2;
      if (rect.top < innerHeight * 0.3 || rect.bottom > innerHeight * 0.7) {
        scrollTo({ top: scrollY + rect.top - middle, behavior: "instant" });
        rect = rectsOf(node)[0];
      }
      const x = rect.left + rect.width / 2, y = rect.top + rect.height / 2;
      if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) continue;
      let hit = over(element, x, y);
      if (hit) {
        // Text in a box that scrolls can be brought out from under what stays in the box.
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const again = rectsOf(node)[0] ?? rect;
        hit = over(element, again.left + again.width / 2, again.top + again.height / 2);
      }
      if (hit) found.set(element, hit);
    }
    scrollTo({ top: start, behavior: "instant" });
    return [...found].map(([element, hit]) => `${describe(element)} under ${describe(hit)}`);
  }

  /** The part of the window's height that stays taken while the page scrolls, 0 to 1. */
  function taken() {
    scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: "instant" });
    const rows = new Set();
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      if (!/fixed|sticky/.test(style.position) || !visible(element)) continue;
      const rect = element.getBoundingClientRect();
      // A column beside the text takes width, not height; what waits above the window takes nothing.
      if (rect.width < innerWidth / 2) continue;
      const stuck = style.position === "fixed" || Math.abs(rect.top - (parseFloat(style.top) || 0)) < 1 || Math.abs(innerHeight - rect.bottom - (parseFloat(style.bottom) || 0)) < 1;
      if (!stuck) continue;
      for (let y = Math.max(0, Math.round(rect.top)); y < Math.min(innerHeight, rect.bottom); y++) rows.add(y);
    }
    scrollTo({ top: 0, behavior: "instant" });
    return rows.size / innerHeight;
  }

  /** Characters per line in the running text, for every line that isn't a paragraph's last. */
  function lineLengths(selector) {
    const lengths = [];
    for (const paragraph of document.querySelectorAll(selector)) {
      if (!visible(paragraph)) continue;
      const lines = new Map();
      for (const { node } of texts(paragraph)) {
        if (node.parentElement.closest("sup, sub, .cite")) continue;
        const range = document.createRange();
        for (let i = 0; i < node.data.length; i++) {
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const rect = range.getBoundingClientRect();
          if (rect.width > 0) lines.set(Math.round(rect.bottom / 4), (lines.get(Math.round(rect.bottom / 4)) ?? 0) + 1);
        }
      }
      lengths.push(...[...lines.values()].slice(0, -1));
    }
    return lengths.sort((a, b) => a - b);
  }

  /** The row between two heights of the window that is farthest from all text, so that a picture can end there. */
  function quietRow(least, most) {
    const lines = [...texts()].flatMap(({ node }) => rectsOf(node)).filter((rect) => rect.bottom > least - 50 && rect.top < most + 50);
    const room = (y) => Math.min(...lines.map((rect) => (y < rect.top ? rect.top - y : y > rect.bottom ? y - rect.bottom : -1)));
    const rows = Array.from({ length: most - least + 1 }, (_, i) => least + i);
    return rows.reduce((best, y) => (room(y) > room(best) ? y : best));
  }

  /** What the page says: each text that a reader can see, or can unfold in place. */
  function words(root = "body") {
    const list = [];
    const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const text = node.data.replace(/\s+/g, " ").trim();
      const element = node.parentElement;
      if (!text || element.closest("script, style, noscript, template, svg, button, [data-scripted]")) continue;
      if (visible(element) || element.closest("details:not([open]), [popover]")) list.push(text);
    }
    return list;
  }

  /** What the Tab key can reach, in document order; with `all`, also what isn't visible just now. */
  function stops() {
    const selector = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex], [contenteditable]";
    return [...document.querySelectorAll(selector)].filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]"));
  }

  let places = null;
  /** The position of an element among the stops. Computed once for a page, because asking for hundreds takes long. */
  const place = (element) => (places ??= new Map(stops().map((stop, i) => [stop, i]))).get(element) ?? -1;

  const FOCUS = ["outlineStyle", "outlineWidth", "outlineColor", "outlineOffset", "boxShadow", "backgroundColor", "color", "textDecorationLine", "textDecorationColor", "textDecorationThickness", "borderTopColor", "borderTopWidth"];
  const look = (element) => {
    const style = getComputedStyle(element);
    // The color of an outline that isn't drawn doesn't matter.
    return Object.fromEntries(FOCUS.map((name) => [name, name.startsWith("outline") && style.outlineStyle === "none" ? "none" : style[name]]));
  };

  const channels = (color) => {
    const [r, g, b, a = 1] = (color.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const scale = color.startsWith("color(") ? 255 : 1;
    return { r: r * scale, g: g * scale, b: b * scale, a };
  };
  const luminance = ({ r, g, b }) => {
    const [R, G, B] = [r, g, b].map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * R + 0.7152 * G + 0.0722 * B;
  };
  const contrast = (one, two) => {
    const [high, low] = [luminance(one), luminance(two)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  /** The color behind an element: the first around it that isn't transparent, or the canvas. */
  const behind = (element) => {
    for (const up of ancestors(element)) {
      const color = channels(getComputedStyle(up).backgroundColor);
      if (color.a > 0.5) return color;
    }
    return channels(matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.documentElement).colorScheme.includes("dark") ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)");
  };

  /** Where the focus is, and how it looks. Call `rest` on the same element afterward for the look without focus. */
  function focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const rects = [...element.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
    const rect = rects[0] ?? element.getBoundingClientRect();
    const x = rect.left + rect.width / 2, y = rect.top + rect.height / 2;
    const inside = x >= 0 && x <= innerWidth && y >= 0 && y <= innerHeight;
    const cover = inside ? over(element, x, y) : null;
    const style = look(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && channels(style.outlineColor).a > 0;
    return {
      index: place(element),
      what: describe(element),
      inside,
      cover: cover && describe(cover),
      ring,
      // A ring with space around it is drawn on what is behind the element, a ring without on the edge between the two.
      contrast: ring && style.outlineStyle !== "auto" ? contrast(channels(style.outlineColor), behind(parseFloat(style.outlineOffset) >= 0 ? element.parentElement : element)) : null,
      look: style,
      kind: [...ancestors(element)].slice(0, 3).map((up) => `${up.localName}.${[...up.classList].join(".")}`).join(" < "),
    };
  }

  /** How the same element looks without focus. */
  function rest() {
    const element = document.activeElement;
    const scroll = scrollY;
    element.blur();
    const style = look(element);
    element.focus({ preventScroll: true });
    scrollTo({ top: scroll, behavior: "instant" });
    return style;
  }

  /**
   * Small painted things without text: elements, and boxes before and after elements, whose only ink is a background or
   * a shadow. Each with what would be left of it when colors are forced: borders, and what SVG draws.
   */
  function marks() {
    const list = [];
    const see = (element, pseudo) => {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && (style.content === "none" || style.content === "normal" || style.display === "none")) return;
      // Text in a pseudo-element is text, and keeps its own color.
      if (pseudo && !/^"\s*"$/.test(style.content)) return;
      if (!pseudo && (element.childNodes.length > 0 || /^(img|svg|br|hr|input|wbr|iframe|video|canvas)$/.test(element.localName) || element.closest("svg"))) return;
      const width = parseFloat(style.width), height = parseFloat(style.height);
      if (!(width > 0 && height > 0) || !visible(element)) return;
      const bare = channels(style.backgroundColor).a === 0;
      const border = ["Top", "Right", "Bottom", "Left"].some((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0 && channels(style[`border${side}Color`]).a > 0);
      const ground = behind(pseudo ? element : element.parentElement);
      list.push({
        what: describe(element) + (pseudo ?? ""),
        kind: `${element.localName}.${[...element.classList].join(".")}${pseudo ?? ""}`,
        // Ink now: is there anything to see at all?
        ink: border || !bare && contrast(channels(style.backgroundColor), ground) > 1.05 || style.backgroundImage !== "none" || style.boxShadow !== "none",
      });
    };
    for (const element of document.body.querySelectorAll("*")) for (const pseudo of [null, "::before", "::after"]) see(element, pseudo);
    return list;
  }

  /** Text that keeps its own colors when all others are forced: its background may be anything then. */
  function unforced() {
    const probe = document.body.appendChild(document.createElement("span"));
    probe.style.forcedColorAdjust = "none";
    const system = new Set(["CanvasText", "LinkText", "VisitedText", "ActiveText", "ButtonText", "GrayText", "HighlightText", "MarkText"].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    }));
    probe.remove();
    const found = new Set();
    for (const { element } of texts()) {
      const { forcedColorAdjust, color } = getComputedStyle(element);
      if (forcedColorAdjust !== "auto" && !system.has(color)) found.add(element);
    }
    return [...found].map(describe);
  }

  /** Movement that the page would show: running animations, transitions, smooth scrolling. */
  function motion() {
    const found = document.getAnimations().map((animation) => `animation on ${describe(animation.effect.target)}`);
    const seconds = (list) => Math.max(...list.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
    for (const element of document.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      if (seconds(style.transitionDuration) > 0.01 && style.transitionProperty !== "none") found.push(`transition of ${style.transitionProperty} on ${describe(element)}`);
      if (style.animationName !== "none" && seconds(style.animationDuration) > 0.01) found.push(`animation ${style.animationName} on ${describe(element)}`);
      if (style.scrollBehavior === "smooth") found.push(`smooth scrolling on ${describe(element)}`);
    }
    return found;
  }

  /** The page's policy, and what in the page contacts other hosts before anybody has clicked. */
  function head() {
    const base = location.origin;
    const links = [...document.querySelectorAll("link[href]")];
    return {
      policy: document.querySelector('head > meta[http-equiv="Content-Security-Policy" i]')?.content ?? null,
      description: document.querySelector('meta[name="description"]')?.content.trim() ?? "",
      icon: links.some((link) => link.relList.contains("icon")),
      // A preconnection makes no visible request, but contacts the other host anyway.
      foreign: links.filter((link) => /^(preconnect|dns-prefetch|prefetch|preload|stylesheet|icon|manifest|modulepreload|prerender)$/.test(link.rel) && new URL(link.href).origin !== base && !link.href.startsWith("data:")).map((link) => link.outerHTML),
    };
  }

  // Collected from the very beginning, because neither can be asked for later.
  const seen = { policy: [], shifts: [], first: null };
  document.addEventListener("securitypolicyviolation", (event) => {
    seen.policy.push(`${event.effectiveDirective} refused ${event.blockedURI}${event.sample ? ` (${event.sample})` : ""} at line ${event.lineNumber}`);
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const moved = entry.sources.map((source) => source.node && (source.node.nodeType === Node.ELEMENT_NODE ? source.node : source.node.parentElement)).filter(Boolean);
      seen.shifts.push({ value: entry.value, moved: moved.map(describe) });
    }
  }).observe({ type: "layout-shift", buffered: true });
  // Nothing can be painted before there is a body, so what <html> says by then is what the reader sees first.
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    seen.first = attributes();
  }).observe(document, { childList: true, subtree: true });
  const attributes = () => [...document.documentElement.attributes].map((one) => `${one.name}="${one.value}"`).sort().join(" ");

  /** Whether the page is dark, judging by what is behind its text and not by what it says about itself. */
  const dark = () => luminance(behind(document.body)) < 0.2;

  window.reader = { dark, attributes, describe, forEars, sideways, cutOff, covered, taken, lineLengths, quietRow, words, stops, focused, rest, marks, unforced, motion, head, seen, contrast, channels };
})();
