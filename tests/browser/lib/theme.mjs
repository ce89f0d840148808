// The switch between light and dark.

import { settle, visit } from "./visit.mjs";

const SWITCH = "button.theme-switch";

/**
 * When pressed, the switch changes the page from the system's theme to the other one and says so; the choice applies on
 * the next page (`paths` are two) and from its first paint. When pressed again, the page follows the system. Without
 * storage it works as long as the page is open.
 */
export async function themeFaults(browser, base, [first, second]) {
  const faults = [];
  for (const colorScheme of ["light", "dark"]) {
    const { page, close, faults: found } = await visit(browser, base + first, { colorScheme, viewport: { width: 360, height: 780 } });
    const system = colorScheme === "dark";
    const say = (text) => faults.push(`${text} (the system is ${colorScheme})`);
    if (!(await page.locator(SWITCH).isVisible())) {
      say("there is no button to switch the theme");
      await close();
      continue;
    }
    const state = () => page.evaluate((selector) => ({ dark: window.reader.dark(), pressed: document.querySelector(selector).ariaPressed, first: window.reader.seen.first, now: window.reader.attributes() }), SWITCH);
    const check = async (when, dark, forgotten) => {
      const now = await state();
      if (now.dark !== dark) say(forgotten);
      else if (now.pressed !== `${dark}`) say(`aria-pressed is ${now.pressed} ${when}, while the page is ${dark ? "dark" : "light"}`);
      return now;
    };
    const press = async () => {
      await page.locator(SWITCH).press("Enter");
      await settle(page);
    };
    const open = async (path) => {
      await page.goto(base + path);
      await settle(page);
    };

    await check("at first", system, "the page does not follow the system at first");
    await press();
    await check("when it was pressed", !system, "the switch does not change the theme");
    await open(second);
    const next = await check("on the next page", !system, "the choice is forgotten on the next page");
    if (next.first !== next.now) say(`a flash: at the first paint <html> has ${next.first || "nothing"}, then ${next.now}`);
    await press();
    await check("when it was pressed twice", system, "the switch does not change the theme back");
    // Someone who has chosen what the system asks for follows the system again.
    await page.emulateMedia({ colorScheme: system ? "light" : "dark" });
    await settle(page);
    if ((await state()).dark === system) say("back at the system's theme, the page does not follow the system");
    faults.push(...(await found()));
    await close();
  }

  const forbidden = await visit(browser, base + first, {
    colorScheme: "light",
    before: (page) => page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("forbidden", "SecurityError"); } })),
  });
  if (await forbidden.page.locator(SWITCH).isVisible()) {
    await forbidden.page.locator(SWITCH).click();
    await settle(forbidden.page);
    if (!(await forbidden.page.evaluate(() => window.reader.dark()))) faults.push("without storage the switch does nothing");
  }
  faults.push(...(await forbidden.faults()).map((fault) => `without storage: ${fault}`));
  await forbidden.close();
  return faults;
}
