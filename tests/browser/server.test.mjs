// All measurements in the browser rely on the server, so it must behave as hosts do.

import assert from "node:assert/strict";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { serve } from "./lib/server.mjs";
import { temporaryFolder } from "./lib/files.mjs";

const LONG = "<!DOCTYPE html><title>Front</title>" + "<p>Text</p>".repeat(200);
let server, folder;

before(async () => {
  folder = temporaryFolder({
    "site/index.html": LONG,
    "site/404.html": "lost",
    "site/.backgrounder.json": "{}",
    "site/a b/index.html": "folder",
    "site/empty/x.txt": "x",
    "site/theme-0123456789abcdef.css": "body { color: red }",
    "site/font.woff2": "wOF2",
    "secret.txt": "secret",
  });
  server = await serve(join(folder.path, "site"), { baseUrl: "https://example.org/explainer" });
});
after(() => Promise.all([server.close(), folder.remove()]));

// `fetch` would hide encodings and clean up the paths that we try here.
function get(path, headers = {}, method = "GET") {
  return new Promise((done, fail) => {
    const { port } = new URL(server.base);
    const sent = request({ host: "127.0.0.1", port, path, headers, method }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    sent.on("error", fail).end();
  });
}

test("pages stand below the sub-path, with their type, and nowhere else", async () => {
  const front = await get("/explainer/");
  assert.equal(front.status, 200);
  assert.equal(front.headers["content-type"], "text/html; charset=utf-8");
  assert.equal(front.body.toString(), LONG);
  assert.equal((await get("/explainer/font.woff2")).headers["content-type"], "font/woff2");
  assert.equal((await get("/explainer/a%20b/")).body.toString(), "folder");
  for (const path of ["/", "/a%20b/", "/explainer2/"]) assert.equal((await get(path)).status, 404, path);
});

test("text is compressed with what both sides know, fonts are not", async () => {
  const br = await get("/explainer/", { "Accept-Encoding": "gzip, deflate, br" });
  assert.equal(br.headers["content-encoding"], "br");
  assert.equal(br.headers.vary, "Accept-Encoding");
  assert.equal(brotliDecompressSync(br.body).toString(), LONG);
  const gzip = await get("/explainer/", { "Accept-Encoding": "gzip" });
  assert.equal(gzip.headers["content-encoding"], "gzip");
  assert.equal(gunzipSync(gzip.body).toString(), LONG);
  assert.equal((await get("/explainer/font.woff2", { "Accept-Encoding": "br" })).headers["content-encoding"], undefined);
});

test("fingerprinted files are kept for good, pages are asked for again", async () => {
  assert.match((await get("/explainer/theme-0123456789abcdef.css")).headers["cache-control"], /immutable/);
  const page = await get("/explainer/");
  assert.match(page.headers["cache-control"], /must-revalidate/);
  const again = await get("/explainer/", { "If-None-Match": page.headers.etag });
  assert.deepEqual([again.status, again.body.length], [304, 0]);
});

test("a folder without its slash is redirected; a folder without a page is not listed", async () => {
  for (const [from, to] of [["/explainer", "/explainer/"], ["/explainer/a%20b", "/explainer/a%20b/"]]) {
    const { status, headers } = await get(from);
    assert.deepEqual([status, headers.location], [301, to]);
  }
  const empty = await get("/explainer/empty/");
  assert.deepEqual([empty.status, empty.body.toString()], [404, "lost"]);
});

test("what is not there, not meant for readers, or outside gives the 404 page with its status", async () => {
  for (const path of ["none", ".backgrounder.json", "../secret.txt", "..%2Fsecret.txt", "%2e%2e/secret.txt", "%00", "%zz", "theme-0123456789abcdef.css/"]) {
    const { status, body } = await get(`/explainer/${path}`);
    assert.deepEqual([status, body.toString()], [404, "lost"], path);
  }
});

test("HEAD has no body, and nothing can be sent to it", async () => {
  const head = await get("/explainer/", {}, "HEAD");
  assert.deepEqual([head.status, head.headers["content-length"], head.body.length], [200, String(LONG.length), 0]);
  assert.equal((await get("/explainer/", {}, "POST")).status, 405);
});
