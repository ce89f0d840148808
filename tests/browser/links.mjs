// Checks every internal link and anchor of a built site, without a network.
//
//     node links.mjs FOLDER https://example.org/explainer
//
// Why our own script: linkinator, the best kept package that checks anchors, was tried. It missed one of eight
// planted broken anchors (those found after it had left the target page), named the wrong page for others,
// leaves alone absolute addresses of the site itself, and has no rule for pages that nothing links to.
// hyperlink rests on the retired `request`, and check-html-links has stood still at 0.2. The HTML itself is read by
// parse5, which follows the standard as browsers do, and shares no code with the program's own checker (html5ever).

import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "parse5";

// Every attribute that contains one address; `srcset` and `content` have their own formats.
const ADDRESS = new Set(["href", "src", "poster", "action", "formaction", "data", "cite", "manifest"]);

/** All files under `folder`, as paths with slashes. */
export function listFiles(folder) {
  const walk = (dir) =>
    readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)],
    );
  return walk(folder).map((file) => relative(folder, file).split(sep).join("/")).sort();
}

/** The ids, repeated ids, addresses and `<base>` of one document. */
function readDocument(text) {
  const page = { ids: new Set(), repeated: new Set(), addresses: [], base: null };
  // Scripting is off so that what is inside <noscript> is parsed as elements too.
  const walk = (node, inTemplate) => {
    const attrs = node.attrs ?? [];
    const get = (name) => attrs.find((a) => a.name === name)?.value;
    for (const { name, value } of attrs) {
      if (name === "id" && !inTemplate) {
        if (page.ids.has(value)) page.repeated.add(value);
        page.ids.add(value);
      } else if (node.tagName === "base") {
        if (name === "href") page.base ??= value;
      } else if (ADDRESS.has(name)) {
        page.addresses.push(value.trim());
      } else if (name === "srcset" || name === "imagesrcset") {
        // A comma ends a candidate only at the end of a word, because addresses may contain commas.
        for (const [, address] of value.matchAll(/([^\s,]\S*[^\s,])(?:\s+[^,]+)?\s*(?:,|$)/g)) page.addresses.push(address);
      } else if (name === "content" && node.tagName === "meta") {
        if (/^refresh$/i.test(get("http-equiv") ?? "")) page.addresses.push(value.replace(/^[^=]*=\s*['"]?|['"]\s*$/g, ""));
        else if (/^https?:\/\/\S+$/.test(value)) page.addresses.push(value); // og:image, og:url and the like
      }
    }
    // A template isn't part of the document until a script copies it: its links count, its ids don't.
    for (const child of node.childNodes ?? []) walk(child, inTemplate);
    if (node.content) walk(node.content, true);
  };
  walk(parse(text, { scriptingEnabled: false }), false);
  // The old <a name> is left out on purpose: a new site doesn't need it.
  return page;
}

/** Addresses in files that are not HTML: of the site itself in feeds and sitemaps, `url(…)` in style sheets. */
function readOther(file, text, base) {
  // A feed's texts are HTML, escaped: an address there is surrounded by entities.
  const plain = () => text.replace(/&(quot|lt|gt|#39);/g, " ").replace(/&amp;/g, "&");
  if (/\.(xml|txt)$/.test(file)) return (plain().match(/https?:\/\/[^\s"'<>]+/g) ?? []).filter((a) => a.startsWith(base));
  const css = text.replace(/\/\*[^]*?\*\//g, "");
  return [...css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)/g)].map((m) => m[1] ?? m[2] ?? m[3]);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray percent sign is looked up as is.
  }
}

export function checkSite(folder, baseUrl) {
  const base = new URL(baseUrl.replace(/\/*$/, "/"));
  const files = listFiles(folder);
  const exists = new Set(files);
  const documents = new Map();
  const result = { pages: 0, links: 0, fragments: 0, external: 0, failures: [] };
  const fail = (file, link, why) => result.failures.push(`${file}: ${link}: ${why}`);

  // SVG is read as well, because its ids can be linked to (icons.svg#arrow); the HTML parser is good enough for that.
  for (const file of files) {
    if (!/\.(html?|svg)$/.test(file)) continue;
    const document = readDocument(readFileSync(join(folder, file), "utf8"));
    documents.set(file, document);
    if (!file.endsWith(".svg")) result.pages += 1;
    for (const id of document.repeated) fail(file, `id="${id}"`, "the id stands more than once");
  }

  const toFile = (url) => {
    const path = decode(url.pathname.slice(base.pathname.length));
    // Hosts add the slash that a folder's address lacks, so both forms are fine.
    return [path, path.replace(/\/*$/, "/index.html").replace(/^\//, "")].find((name) => exists.has(name));
  };

  const check = (file, address, pageUrl, documentBase) => {
    let url;
    try {
      url = new URL(address, documentBase);
    } catch {
      return fail(file, address, "not an address that can be read");
    }
    if (url.origin !== base.origin) return void (result.external += 1);
    result.links += 1;
    // The base itself, written without its slash, is still the front page.
    if (!`${url.pathname}/`.startsWith(base.pathname)) return fail(file, address, `leads out of ${base.pathname}`);
    const itself = url.pathname === pageUrl.pathname;
    const target = itself ? file : toFile(url);
    if (!target) return fail(file, address, "no such file in the site");

    const fragment = url.hash.slice(1).split(":~:")[0]; // what follows is a text to mark, not an anchor
    if (!fragment || !documents.has(target)) return;
    result.fragments += 1;
    const { ids } = documents.get(target);
    if (fragment !== "top" && !ids.has(fragment) && !ids.has(decode(fragment))) fail(file, address, `no id "${decode(fragment)}" in ${target}`);
  };

  for (const file of files) {
    const document = documents.get(file);
    if (!document && !/\.(xml|txt|css)$/.test(file)) continue;
    // The 404 page is shown at any depth, so its links are followed from deep down.
    const path = file === "404.html" ? "no/such/page/" : encodeURI(file).replace(/(^|\/)index\.html$/, "$1");
    const pageUrl = new URL(path, base);
    const documentBase = document?.base ? new URL(document.base, pageUrl) : pageUrl;
    const addresses = document?.addresses ?? readOther(file, readFileSync(join(folder, file), "utf8"), base.href);
    for (const address of addresses) check(file, address, pageUrl, documentBase);
  }

  // A check that looked at nothing hasn't passed.
  if (result.pages === 0) result.failures.push(`${folder}: no page found`);
  else if (result.links === 0) result.failures.push(`${folder}: no internal link found`);
  return result;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder, baseUrl] = process.argv.slice(2);
  if (!baseUrl) {
    console.error("usage: node links.mjs FOLDER BASE-URL");
    process.exit(2);
  }
  const { pages, links, fragments, external, failures } = checkSite(folder, baseUrl);
  for (const failure of failures) console.log(failure);
  console.log(`${pages} pages, ${links} internal links and ${fragments} anchors checked, ${failures.length} broken; ${external} links to other sites left alone`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
