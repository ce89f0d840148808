// A static file server that behaves like the hosts where sites are published: a sub-path, types, compression, caching,
// a 404 page with its status, a redirect for a folder's missing slash, and nothing else.
//
//     node lib/server.mjs FOLDER [BASE-URL] [PORT]    serves until it is stopped

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TYPES = {
  ".atom": "application/atom+xml",
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".ics": "text/calendar; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".vtt": "text/vtt; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

const COMPRESSIBLE = /^(text\/|image\/svg|application\/(json|xml|atom|manifest|wasm))/;

// Both use the level that hosts use for compressing on the fly.
const COMPRESS = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => gzipSync(bytes, { level: 6 }),
};

/** A name with a hash in it always means the same content, so it may be cached forever. */
const FINGERPRINTED = /[.-][0-9a-f]{8,}\.\w+$/;

/**
 * Serves `folder` below the path of `baseUrl` (by default at the top) on a free port of this machine.
 *
 * `encodings` are those that the server is willing to use, best first. `delay(path)` returns the milliseconds to wait
 * before a file is sent, and `pause(path)` those between its two halves, to imitate slow networks. Resolves to
 * `{ base, log, close }`: the address of the front page, the requests so far as `{ method, path, status, bytes }`, and
 * how to stop.
 */
export async function serve(folder, { baseUrl = "http://localhost/", port = 0, encodings = ["br", "gzip"], delay, pause } = {}) {
  const root = resolve(folder);
  const prefix = new URL(baseUrl).pathname.replace(/\/*$/, "/");
  const log = [];
  const compressed = new Map();

  const read = (path) => {
    const file = join(root, path);
    // `join` has resolved every "..", so a path outside the folder was an attempt to leave it.
    if (!`${file}${sep}`.startsWith(`${root}${sep}`) || path.includes("\0")) return null;
    // Files that begin with a dot are the program's own notes, which hosts don't publish.
    if (path.split("/").some((part) => part.startsWith("."))) return null;
    const stat = statSync(file.replace(/\/+$/, ""), { throwIfNoEntry: false });
    // A file has no slash after it.
    if (!stat || (stat.isFile() && path.endsWith("/"))) return null;
    return { file, folder: stat.isDirectory(), changed: stat.mtimeMs };
  };

  const encode = ({ file, changed }, bytes, encoding) => {
    const key = `${encoding} ${changed} ${file}`;
    if (!compressed.has(key)) compressed.set(key, COMPRESS[encoding](bytes));
    return compressed.get(key);
  };

  /** What to send for an address: a redirect, or a file with its status. */
  const find = (pathname) => {
    if (`${pathname}/` === prefix) return { redirect: prefix };
    let path;
    try {
      path = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : null;
    } catch {
      path = null;
    }
    if (path !== null) {
      let found = read(path);
      if (found?.folder && path !== "" && !path.endsWith("/")) return { redirect: `${pathname}/` };
      if (found?.folder) found = read(`${path}index.html`);
      if (found && !found.folder) return { status: 200, found };
    }
    return { status: 404, found: read("404.html") };
  };

  const answer = async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const finish = async (status, headers, body) => {
      log.push({ method: request.method, path: url.pathname, status, bytes: body?.length ?? 0 });
      response.writeHead(status, { "X-Content-Type-Options": "nosniff", ...headers });
      if (request.method === "HEAD") return response.end();
      const between = (body && pause?.(url.pathname)) || 0;
      if (!between) return response.end(body);
      const half = body.length >> 1;
      response.write(body.subarray(0, half));
      await new Promise((done) => setTimeout(done, between));
      response.end(body.subarray(half));
    };
    if (request.method !== "GET" && request.method !== "HEAD") return finish(405, { Allow: "GET, HEAD" });
    const { redirect, status, found } = find(url.pathname);
    if (redirect) return finish(301, { Location: redirect + url.search });
    if (!found) return finish(404, { "Content-Type": "text/plain; charset=utf-8" }, Buffer.from("not found\n"));
    if (delay) await new Promise((done) => setTimeout(done, delay(url.pathname) || 0));

    let body = readFileSync(found.file);
    const type = TYPES[extname(found.file)] ?? "application/octet-stream";
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
    const headers = {
      "Content-Type": type,
      "Cache-Control": FINGERPRINTED.test(found.file) ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate",
      ETag: etag,
    };
    if (status === 200 && request.headers["if-none-match"]?.includes(etag)) return finish(304, headers);
    if (COMPRESSIBLE.test(type)) {
      headers.Vary = "Accept-Encoding";
      const accepted = (request.headers["accept-encoding"] ?? "").split(",").map((word) => word.split(";")[0].trim());
      const encoding = encodings.find((name) => accepted.includes(name));
      if (encoding) {
        body = encode(found, body, encoding);
        headers["Content-Encoding"] = encoding;
      }
    }
    return finish(status, { ...headers, "Content-Length": body.length }, body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      log.push({ method: request.method, path: request.url, status: 500, bytes: 0 });
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(`${error.message}\n`);
    });
  });
  await new Promise((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", done));
  return {
    // The name and not the number: browsers accept Brotli only from secure addresses and from this one.
    base: `http://localhost:${server.address().port}${prefix}`,
    log,
    close: () => new Promise((done) => (server.close(done), server.closeAllConnections?.())),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder, baseUrl, port] = process.argv.slice(2);
  if (!folder) {
    console.error("usage: node server.mjs FOLDER [BASE-URL] [PORT]");
    process.exit(2);
  }
  const { base } = await serve(folder, { baseUrl, port: Number(port ?? 0) });
  console.log(base);
}
