// Someone with a question: looks for things as far as they are from where a page opens, and taps them, or goes there with Tab.

import { settle, visit } from "./visit.mjs";

/** A phone in the hand of someone in a hurry, and a desk without a mouse. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const KEYBOARD = { viewport: { width: 1280, height: 900 } };

/** How often someone presses Tab before giving up. */
const PATIENCE = 150;

export class Person {
  /** How many links and buttons were chosen, and on each page, how many screens from where it opened the farthest thing was. */
  taps = 0;
  screens = [0];
  presses = 0;

  /** Opens a page; on a phone, its processor is four times slower than this one. */
  static async at(browser, url, options) {
    const person = new Person();
    person.hasKeyboard = !options.hasTouch;
    person.visited = await visit(browser, url, options);
    person.page = person.visited.page;
    if (options.hasTouch) {
      const session = await person.page.context().newCDPSession(person.page);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    }
    await person.#arrive();
    return person;
  }

  async #arrive() {
    // A page opens where its address leads.
    const isThere = () => !document.querySelector(":target") || document.querySelector(":target").getBoundingClientRect().top < innerHeight / 2;
    await this.page.waitForFunction(isThere, undefined, { timeout: 3000 }).catch(() => {});
    this.opened = await this.page.evaluate(() => scrollY);
  }

  /** Sees something: it is there, in the light, and not too far down. Returns its text. */
  async sees(what) {
    await what.waitFor({ state: "visible", timeout: 5000 });
    // A list that follows what is typed may put another in its place at any moment.
    const handle = await what.elementHandle();
    await handle.waitForElementState("stable", { timeout: 5000 }).catch(() => {});
    const far = await what.evaluate((element, opened) => {
      const box = element.getBoundingClientRect();
      // What lies above the page, such as a card, is where it is.
      const isAbove = element.closest(":popover-open, .masthead") !== null;
      return isAbove ? box.bottom / innerHeight : (box.bottom + scrollY - opened) / innerHeight;
    }, this.opened);
    this.screens[this.screens.length - 1] = Math.max(this.screens.at(-1), far);
    const cover = await what.evaluate((element) => {
      const place = element.getBoundingClientRect();
      if (place.top < 0 || place.bottom > innerHeight * 0.9) element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
      const x = Math.min(Math.max(box.left + Math.min(box.width, innerWidth) / 2, 0), innerWidth - 1);
      const at = document.elementFromPoint(x, Math.min(box.top + Math.min(box.height / 2, 12), innerHeight - 1));
      return at && (element.contains(at) || at.contains(element)) ? "" : `<${at?.localName} class="${at?.className}">`;
    });
    if (cover) throw new Error(`${what} is under ${cover}`);
    return what.innerText();
  }

  /** Opens something in place. */
  async opens(what) {
    await this.sees(what);
    this.taps += 1;
    if (!this.hasKeyboard) return what.tap();
    await this.#reach(what);
    await this.page.keyboard.press("Enter");
  }

  /** Chooses a link or a button: with a finger, or with Tab, the arrow keys and Enter. */
  async chooses(what) {
    await this.sees(what);
    this.taps += 1;
    // Another page, unless something opens on this one.
    const before = this.page.url();
    const isOpen = await this.page.evaluate(() => document.querySelector(":popover-open") !== null);
    const next = this.page.waitForURL((url) => url.href !== before, { timeout: 5000 }).then(() => true, () => false);
    const card = isOpen ? next : this.page.waitForFunction(() => document.querySelector(":popover-open"), undefined, { timeout: 5000 }).then(() => false, () => next);
    if (this.hasKeyboard) {
      await this.#reach(what);
      await this.page.keyboard.press("Enter");
    } else {
      await what.tap();
    }
    if (!(await Promise.race([next, card]))) return;
    await this.page.waitForLoadState();
    await settle(this.page);
    this.screens.push(0);
    await this.#arrive();
  }

  async #reach(what) {
    const state = () => what.evaluate((element) => {
      const active = document.activeElement;
      // In a paragraph, Tab stops once, and the arrow keys go on from there.
      const group = element.tabIndex < 0 && active?.parentElement?.closest("p, ul, li, section, .text > *");
      return element === active ? "here" : group && group.contains(element) && active.matches("a") ? "near" : "far";
    });
    for (let at = 0; at < PATIENCE; at += 1) {
      const where = await state();
      if (where === "here") return;
      this.presses += 1;
      await this.page.keyboard.press(where === "near" ? "ArrowRight" : "Tab");
    }
    throw new Error(`${PATIENCE} keys don't lead to ${what}`);
  }

  /** What it took, in words. */
  get effort() {
    const screens = this.screens.map((far) => Math.max(far, 0).toFixed(1)).join(" + ");
    return `${this.taps} ${this.hasKeyboard ? `choices, ${this.presses} keys` : "taps"}, ${screens} screens`;
  }

  async leaves() {
    const faults = await this.visited.faults();
    await this.visited.close();
    // Who chooses a link does not wait for what the page still loads.
    return faults.filter((fault) => !fault.includes("net::ERR_ABORTED"));
  }
}
