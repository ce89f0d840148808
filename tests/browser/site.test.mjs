// Tests the checkers on small sites with planted faults: a checker that finds nothing in them is worthless.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkHtml } from "./html.mjs";
import { temporaryFolder } from "./lib/files.mjs";
import { checkSite } from "./links.mjs";

const BASE = "https://example.org/explainer";

const page = (body, head = "") =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>\n`;

/** A small site without any fault; each test adds its own. */
const GOOD = {
  "index.html": page(
    '<h1 id="café">Home</h1><p><a href="people/">People</a> <a href="/explainer/people/#ana">Ana</a> ' +
      '<a href="#caf%C3%A9">Café</a> <a href="#top">Top</a> <a href="https://other.example/gone">Away</a> <a href="mailto:a@b.example">Mail</a> ' +
      '<img src="a%20b.png" srcset="/explainer/a%20b.png 1x, a%20b.png 2x" alt="A dot"></p>',
    '<link rel="canonical" href="https://example.org/explainer/"><link rel="stylesheet" href="style.css">',
  ),
  "people/index.html": page('<h1 id="ana">Ana</h1><p><a href="../#café">Back</a> <a href="../people/index.html#ana">Here</a></p>'),
  "404.html": page('<h1 id="lost">Not found</h1><p><a href="/explainer/">Home</a> <a href="#lost">Here</a></p>'),
  "style.css": "/* url(old.png) */ body { background: url('a b.png') }",
  "sitemap.xml": "<urlset><url><loc>https://example.org/explainer/people/</loc></url></urlset>",
  "a b.png": "",
};

function withSite(files, use) {
  const folder = temporaryFolder(files);
  try {
    return use(folder.path);
  } finally {
    folder.remove();
  }
}

const failures = (files) => withSite(files, (folder) => checkSite(folder, BASE).failures);

test("a site without faults passes, and everything in it is counted", () => {
  const result = withSite(GOOD, (folder) => checkSite(folder, BASE));
  assert.deepEqual(result, { pages: 3, links: 15, fragments: 6, external: 2, failures: [] });
});

// Each fault is alone on its own page, and must be the only failure.
const FAULTS = {
  "a broken link": ['<a href="../nowhere/">x</a>', "../nowhere/: no such file in the site"],
  "a link that differs in case": ['<a href="../People/">x</a>', "../People/: no such file in the site"],
  "a broken anchor in the same page": ['<a href="#nope">x</a>', '#nope: no id "nope" in bad/index.html'],
  "a broken anchor in another page": ['<a href="../people/#n%C3%BCll">x</a>', '../people/#n%C3%BCll: no id "nüll" in people/index.html'],
  "a link that escapes the sub-path": ['<a href="/people/">x</a>', "/people/: leads out of /explainer/"],
  "a relative link that escapes it": ['<a href="../../people/">x</a>', "../../people/: leads out of /explainer/"],
  "a sub-path that only starts alike": ['<a href="/explainer2/">x</a>', "/explainer2/: leads out of /explainer/"],
  "a full address that lost the sub-path": ['<a href="https://example.org/people/">x</a>', "https://example.org/people/: leads out of /explainer/"],
  "a repeated id": ['<p id="twice">x</p><p id="twice">y</p>', 'id="twice": the id stands more than once'],
  "a missing picture": ['<img src="none.png" alt="">', "none.png: no such file in the site"],
  "a missing picture in srcset": ['<img src="../a%20b.png" srcset="../a%20b.png 1x, none.png 2x" alt="">', "none.png: no such file in the site"],
  "a missing poster": ['<video poster="none.jpg"></video>', "none.jpg: no such file in the site"],
  "a missing form target": ['<form action="/explainer/find"></form>', "/explainer/find: no such file in the site"],
  "a fault inside noscript": ['<noscript><a href="gone">x</a></noscript>', "gone: no such file in the site"],
  "a fault inside a template": ['<template><a href="gone">x</a></template>', "gone: no such file in the site"],
  "an address that cannot be read": ['<a href="https://[">x</a>', "https://[: not an address that can be read"],
};
for (const [name, [body, expected]] of Object.entries(FAULTS)) {
  test(`${name} fails`, () => {
    assert.deepEqual(failures({ ...GOOD, "bad/index.html": page(body) }), [`bad/index.html: ${expected}`]);
  });
}

test("a style sheet, a sitemap, a card picture and a 404 page with broken links fail", () => {
  const broken = {
    ...GOOD,
    "404.html": page('<a href="people/">relative, so right at the top only</a>'),
    "card.html": page("", '<meta property="og:image" content="https://example.org/explainer/card.png">'),
    "sitemap.xml": "<loc>https://example.org/explainer/gone/</loc>",
    "style.css": "@font-face { src: url(/fonts/a.woff2) }",
  };
  assert.deepEqual(failures(broken), [
    "404.html: people/: no such file in the site",
    "card.html: https://example.org/explainer/card.png: no such file in the site",
    "sitemap.xml: https://example.org/explainer/gone/: no such file in the site",
    "style.css: /fonts/a.woff2: leads out of /explainer/",
  ]);
});

test("a site with no page, or with no link, fails", () => {
  assert.match(failures({ "robots.txt": "" })[0], /no page found/);
  assert.match(failures({ "index.html": page("<p>Alone</p>") })[0], /no internal link found/);
  assert.equal(withSite({ "robots.txt": "" }, checkHtml).passed, false);
});

test("the HTML checker passes good pages, and fails on an error and on a warning", () => {
  const good = withSite(GOOD, checkHtml);
  assert.deepEqual(good, { pages: 3, passed: true, messages: "" });
  const error = withSite({ ...GOOD, "bad.html": page("<p><img src=x></p>") }, checkHtml);
  assert.ok(!error.passed && /bad\.html.*error.*alt/.test(error.messages), error.messages);
  const warning = withSite({ ...GOOD, "bad.html": page("<section><p>No heading</p></section>") }, checkHtml);
  assert.ok(!warning.passed && /bad\.html.*warning/.test(warning.messages), warning.messages);
});
