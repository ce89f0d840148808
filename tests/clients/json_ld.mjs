// Expands the JSON-LD of every page of a built site, and holds it to schema.org; validates data/site.json.
//
//     node json_ld.mjs FOLDER
//
// There is no network: the context of schema.org and the part of its vocabulary that is used are written out below, from
// https://schema.org/version/latest. A class or property that is not here is a fault, until somebody has looked it up.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import jsonld from "jsonld";

const SCHEMA = "https://schema.org/";

// As in the published context: everything is of schema.org, and the values of these are addresses.
const ADDRESSES = ["url", "sameAs", "image", "logo", "license", "mainEntityOfPage", "correctionsPolicy", "ethicsPolicy", "eventStatus"];
const CONTEXT = {
  "@vocab": SCHEMA,
  ...Object.fromEntries(ADDRESSES.map((name) => [name, { "@id": SCHEMA + name, "@type": "@id" }])),
  ...Object.fromEntries(["datePublished", "dateModified", "startDate"].map((name) => [name, { "@id": SCHEMA + name, "@type": `${SCHEMA}Date` }])),
};

// Each class with the one above it.
const CLASSES = {
  Thing: null,
  CreativeWork: "Thing",
  Article: "CreativeWork",
  NewsArticle: "Article",
  BackgroundNewsArticle: "NewsArticle",
  OpinionNewsArticle: "NewsArticle",
  Report: "Article",
  SocialMediaPosting: "Article",
  WebPage: "CreativeWork",
  CollectionPage: "WebPage",
  ProfilePage: "WebPage",
  WebSite: "CreativeWork",
  Legislation: "CreativeWork",
  Claim: "CreativeWork",
  CorrectionComment: "CreativeWork", // by way of Comment
  Event: "Thing",
  Person: "Thing",
  Place: "Thing",
  Organization: "Thing",
  NewsMediaOrganization: "Organization",
  BreadcrumbList: "ItemList",
  ItemList: "Thing",
  ListItem: "Thing",
  GeoCoordinates: "Thing", // by way of StructuredValue
};

// The class that each property belongs to; some belong to several.
const PROPERTIES = {
  Thing: ["name", "alternateName", "description", "url", "sameAs", "image", "mainEntityOfPage"],
  CreativeWork: [
    "headline", "inLanguage", "isPartOf", "publisher", "author", "datePublished", "dateModified", "keywords", "temporalCoverage",
    "license", "mainEntity", "about", "mentions", "citation", "correction", "text", "creativeWorkStatus",
  ],
  Article: ["articleSection", "wordCount"],
  WebPage: ["breadcrumb"],
  Claim: ["appearance"],
  Event: ["startDate", "location", "eventStatus"],
  Person: ["jobTitle", "knowsAbout", "email"],
  Organization: ["logo", "email", "correctionsPolicy", "ethicsPolicy"],
  ItemList: ["itemListElement"],
  ListItem: ["position", "item"],
  Place: ["geo"],
  GeoCoordinates: ["latitude", "longitude"],
};

function allowed(type) {
  const out = [];
  for (let name = type; name; name = CLASSES[name]) out.push(...(PROPERTIES[name] ?? []));
  return out;
}

const faults = [];
const types = new Map();

function hold(file, node) {
  if (Array.isArray(node)) return node.forEach((one) => hold(file, one));
  if (node === null || typeof node !== "object" || "@value" in node) return;
  const own = (node["@type"] ?? []).map((type) => type.replace(SCHEMA, ""));
  for (const type of own) {
    types.set(type, (types.get(type) ?? 0) + 1);
    if (!(type in CLASSES)) faults.push(`${file}: no class ${type}`);
  }
  const may = new Set(own.length > 0 ? own.flatMap(allowed) : PROPERTIES.Thing);
  for (const [key, value] of Object.entries(node)) {
    if (!key.startsWith("@")) {
      const name = key.replace(SCHEMA, "");
      if (!may.has(name)) faults.push(`${file}: ${own.join("+") || "a node"} has no property ${name}`);
    }
    if (key === "@id" && !/^https?:\/\/\S+$/.test(value)) faults.push(`${file}: ${JSON.stringify(value)} is no address`);
    hold(file, value);
  }
}

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node json_ld.mjs FOLDER");
  process.exit(2);
}
const walk = (dir) =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(dir, entry.name)) : [join(dir, entry.name)]));
const documentLoader = async (url) => {
  if (url.replace(/\/$/, "") !== "https://schema.org") throw new Error(`${url} is not known, and nothing is fetched`);
  return { documentUrl: url, document: { "@context": CONTEXT } };
};

let graphs = 0;
for (const path of walk(folder).filter((path) => path.endsWith(".html"))) {
  const file = relative(folder, path);
  for (const [, text] of readFileSync(path, "utf8").matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
    graphs += 1;
    const expanded = await jsonld.expand(JSON.parse(text), { documentLoader, safe: true });
    if (expanded.length === 0) faults.push(`${file}: nothing is left of its JSON-LD`);
    hold(file, expanded);
  }
}
for (const type of ["NewsArticle", "BackgroundNewsArticle", "WebSite", "BreadcrumbList", "Person", "Organization", "Claim"]) {
  if (!types.has(type)) faults.push(`no page speaks of a ${type}`);
}

const read = (name) => JSON.parse(readFileSync(join(folder, "data", name), "utf8"));
const ajv = new Ajv2020({ allErrors: true, strict: true, validateFormats: false });
const validate = ajv.compile(read("site.schema.json"));
if (!validate(read("site.json"))) faults.push(...validate.errors.map((error) => `data/site.json${error.instancePath}: ${error.message}`));
// A schema that lets everything pass has not been kept to.
if (validate({ version: "one", events: [{}] })) faults.push("data/site.schema.json: lets anything pass");

for (const fault of faults.slice(0, 100)) console.log(fault);
const kinds = [...types].sort().map(([type, count]) => `${count} ${type}`);
console.log(`${graphs} graphs expanded (${kinds.join(", ")}); data/site.json validated; ${faults.length} faults`);
process.exitCode = faults.length === 0 && graphs > 0 ? 0 : 1;
