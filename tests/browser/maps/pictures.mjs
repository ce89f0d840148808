// The guide's pictures of maps, made from the site of the tests.
//
//     BACKGROUNDER_PROGRAM=target/debug/backgrounder node pictures.mjs [OUT]      OUT: docs/maps by default

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../lib/browser.mjs";
import { serve } from "../lib/server.mjs";
import { visit } from "../lib/visit.mjs";
import { buildMaps } from "./site.mjs";

const out = process.argv[2] ?? fileURLToPath(new URL("../../../docs/maps", import.meta.url));
const site = buildMaps();
const [server, browser] = await Promise.all([serve(site.folder), launch()]);
mkdirSync(out, { recursive: true });
for (const [name, width] of [["route", 1280], ["place", 390], ["country", 390], ["world", 390]]) {
  const { page, close } = await visit(browser, `${server.base}${name}/`, { viewport: { width, height: 900 }, colorScheme: "light" });
  await page.locator(`.chart-drawing.${width > 600 ? "wide" : "narrow"}`).screenshot({ path: join(out, `${name}.png`) });
  await close();
}
await browser.close();
await server.close();
site.remove();
