// A site with embeds, films, a sound and a document, made here and built into a temporary folder.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { png } from "../lib/png.mjs";

/** A box of an MP4: its length, its name and what is in it. */
function box(name, ...parts) {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, content]);
}

/** The head of a film of this size that takes so many seconds. Nobody plays it: what follows is no picture. */
function mp4(width, height, seconds) {
  const track = (handler, format) => {
    const head = Buffer.alloc(84);
    head.writeUInt32BE(0x10000, 40);
    if (handler === "vide") [width, height].forEach((side, at) => head.writeUInt32BE(side << 16, 76 + at * 4));
    const entry = box("stsd", Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), box(format, Buffer.alloc(78)));
    return box("trak", box("tkhd", head), box("mdia", box("hdlr", Buffer.alloc(8), Buffer.from(handler), Buffer.alloc(13)), box("minf", box("stbl", entry))));
  };
  const times = Buffer.alloc(100);
  times.writeUInt32BE(1, 12);
  times.writeUInt32BE(seconds, 16);
  const kind = box("ftyp", Buffer.from("isom\0\0\0\0isom", "latin1"));
  return Buffer.concat([kind, box("moov", box("mvhd", times), track("vide", "avc1"), track("soun", "mp4a")), box("mdat", Buffer.alloc(3_400_000))]);
}

/** A PDF of so many pages. */
const pdf = (pages) =>
  `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 3 0 R >>\nendobj\n3 0 obj\n<< /Type /Pages /Kids [4 0 R] /Count ${pages} >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`;

const EMBEDS = `---
title: A page with embeds
---

Some words before the first of them.

\`\`\`embed
url: https://www.youtube.com/watch?v=jNQXAC9IVRw&t=4
title: The first video on YouTube
still: media/zoo.png
by: Jawed Karim
\`\`\`

Some words between them.

\`\`\`embed
url: https://mastodon.social/@Mastodon/109382645836258393
title: A post that says what a server is
\`\`\`

\`\`\`embed
url: https://reports.example/arrivals/
title: A report that can only be linked to
\`\`\`
`;

const FILMS = `---
title: A page with films
---

![The mayor speaks to reporters](media/statement.mp4 "The mayor on the day of the ruling")

![An interview with the lawyer](media/lawyer.mp3)

![The order of the court](media/order.pdf "Signed on April 10")

\`\`\`figure
src: media/upright.mp4
alt: A crowd in the street
caption: Filmed on a phone.
credit: Jane Doe
\`\`\`
`;

/** Builds it: `{ folder, remove }`. */
export function buildSite() {
  if (!process.env.BACKGROUNDER_PROGRAM) throw new Error("set BACKGROUNDER_PROGRAM to the path of the program, such as target/debug/backgrounder");
  const root = mkdtempSync(join(tmpdir(), "backgrounder-embeds-"));
  const write = (path, bytes) => writeFileSync(join(root, path), bytes);
  mkdirSync(join(root, "content/media"), { recursive: true });
  write("book.toml", '[book]\ntitle = "Embeds"\n[site]\nas-of = "2025-12-22"\nbase-url = "https://example.org"\n');
  write("content/embeds.md", EMBEDS);
  write("content/films.md", FILMS);
  write("content/plain.md", "---\ntitle: A page with neither\n---\n\nWords.\n");
  write("content/media/zoo.png", png(1000, 562, 120));
  write("content/media/statement.png", png(960, 540, 60));
  write("content/media/statement.mp4", mp4(1280, 720, 134));
  write("content/media/statement.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\nGood evening.\n");
  write("content/media/upright.mp4", mp4(720, 1280, 9));
  write("content/media/upright.vtt", "WEBVTT\n\n00:01.000 --> 00:04.000\n(Shouts)\n");
  write("content/media/lawyer.mp3", Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\0\xff\xfb\x90\x64", "latin1"), Buffer.alloc(900_000)]));
  write("content/media/order.pdf", pdf(4));
  const run = spawnSync(resolve(process.env.BACKGROUNDER_PROGRAM), ["build", root, "-d", join(root, "site"), "--now", "2025-12-22T12:00:00Z"], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return { folder: join(root, "site"), remove: () => rmSync(root, { recursive: true }) };
}
