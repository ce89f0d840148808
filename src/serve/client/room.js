// Room for the panel beside the page. The page is laid out for the width that is left to it, as it would be in a window of that
// width: the conditions of its styles count the panel as not there.

/** Below this width of the window, in rem, the panel covers the page. */
const LEAST = 56;

const margin = new CSSStyleSheet();

/** The conditions as the styles have them, by their media lists. */
let before = new Map();

/** Every rule with a condition in a style sheet, and the sheet itself. */
function* conditions(sheet) {
  if (sheet.media?.mediaText) yield sheet.media;
  let rules;
  try {
    rules = sheet.cssRules;
  } catch {
    // Of another host: it can't be read.
    return;
  }
  for (const rule of rules) {
    if (rule.styleSheet) yield* conditions(rule.styleSheet);
    else if (rule.cssRules?.length > 0) yield* conditions(rule);
  }
}

/** A condition that holds when the window is wider by `width` pixels. */
function wider(text, width) {
  return text.replace(/\([^()]*\bwidth\b[^()]*\)/g, (one) => (one.includes("device-") ? one : one.replace(/(\d*\.?\d+)(px|em|rem)/g, (length) => `calc(${length} + ${width}px)`)));
}

/** Makes room of this many pixels, or has the page's new styles make it as well. */
export function makeRoom(width) {
  margin.replaceSync(`@media screen and (width >= ${LEAST}rem) { html { margin-inline-end: ${width}px; } }`);
  if (!document.adoptedStyleSheets.includes(margin)) document.adoptedStyleSheets.push(margin);
  for (const sheet of document.styleSheets) {
    for (const media of conditions(sheet)) {
      if (before.has(media) || !/\bwidth\b/.test(media.mediaText)) continue;
      before.set(media, media.mediaText);
      media.mediaText = wider(media.mediaText, width);
    }
  }
}

/** Gives the page its whole window back. */
export function giveBack() {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== margin);
  for (const [media, text] of before) media.mediaText = text;
  before = new Map();
}
