// The guide's pictures of charts, one of each kind, made from the site of the tests.
//
//     BACKGROUNDER_PROGRAM=target/debug/backgrounder node pictures.mjs [OUT]      OUT: docs/charts by default

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../lib/browser.mjs";
import { serve } from "../lib/server.mjs";
import { visit } from "../lib/visit.mjs";
import { buildCharts } from "./site.mjs";

const out = process.argv[2] ?? fileURLToPath(new URL("../../../docs/charts", import.meta.url));
const site = buildCharts();
const [server, browser] = await Promise.all([serve(site.folder), launch()]);
mkdirSync(out, { recursive: true });
for (const name of ["line", "bar", "area", "dot", "step", "unit", "panels"]) {
  const { page, close } = await visit(browser, `${server.base}${name}/`, { viewport: { width: 390, height: 900 }, colorScheme: "light" });
  await page.locator(".chart-drawing.narrow").screenshot({ path: join(out, `${name}.png`) });
  await close();
}
await browser.close();
await server.close();
site.remove();
