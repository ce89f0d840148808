// The guide's pictures of embeds and of films, made from the site of the tests.
//
//     BACKGROUNDER_PROGRAM=target/debug/backgrounder node pictures.mjs [OUT]      OUT: docs by default

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../lib/browser.mjs";
import { serve } from "../lib/server.mjs";
import { settle, visit } from "../lib/visit.mjs";
import { buildSite } from "./site.mjs";

const out = process.argv[2] ?? fileURLToPath(new URL("../../../docs", import.meta.url));
const site = buildSite();
const [server, browser] = await Promise.all([serve(site.folder), launch()]);

/** A picture of a page's text, without its last figures. */
async function draw(name, file, last) {
  const { page, close } = await visit(browser, `${server.base}${name}/`, { viewport: { width: 620, height: 1400 }, colorScheme: "light" });
  await page.evaluate(async () => {
    for (const picture of document.images) await picture.decode();
    for (const { poster } of document.querySelectorAll("video[poster]")) {
      const picture = new Image();
      picture.src = poster;
      await picture.decode();
    }
  });
  await settle(page);
  // The player draws its poster, and what it says about waiting, in its own time.
  await page.waitForTimeout(1500);
  const box = async (selector) => page.locator(selector).first().boundingBox();
  const [first, end] = [await box(".text figure"), await page.locator(".text figure").nth(last).boundingBox()];
  mkdirSync(join(out, name), { recursive: true });
  await page.screenshot({ path: join(out, name, file), clip: { x: first.x - 8, y: first.y - 8, width: first.width + 16, height: end.y + end.height - first.y + 16 } });
  await close();
}

await draw("embeds", "embed.png", 1);
await draw("films", "films.png", 2);
await browser.close();
await server.close();
site.remove();
