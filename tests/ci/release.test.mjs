// The steps of a release, as far as they need no other platform: what is packed is what is described and runs elsewhere.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PROGRAM, ROOT, copy, folder } from "./copy.mjs";

const ADDRESS = "https://github.com/newsroom/backgrounder";
const TARGET = "x86_64-unknown-linux-musl";

/** The tree as it is when it is released. */
function ready(t) {
  const tree = copy(t, ["Cargo.toml", "CHANGELOG.md", "README.md", "LICENSE-", ".github/", "content/", "book.toml"]);
  const edit = (file, change) => writeFileSync(join(tree, file), change(readFileSync(join(tree, file), "utf8")));
  edit("Cargo.toml", (text) => text.replace(/^(license = .*\n)/m, `$1repository = "${ADDRESS}"\n`));
  edit("README.md", (text) => text.replaceAll("isn't out yet", "is out").replaceAll("ADDRESS-OF-THIS-REPOSITORY", ADDRESS));
  edit("CHANGELOG.md", (text) => text.replace(/^## \[Unreleased\].*$/m, "## [Unreleased]\n\n## [0.1.0] - 2026-01-31"));
  return tree;
}

const release = (tree, ...words) => spawnSync(join(tree, ".github/release.sh"), words, { encoding: "utf8" });

test("a release that does not agree with itself is refused", (t) => {
  const tree = ready(t);
  const good = release(tree, "verify", "v0.1.0", ADDRESS);
  assert.equal(good.status, 0, good.stderr);
  assert.match(release(tree, "verify", "v0.1.1", ADDRESS).stderr, /the version in Cargo\.toml is 0\.1\.0/);
  assert.match(release(tree, "verify", "v0.1.0", "https://github.com/other/fork").stderr, /cargo binstall would look in the wrong place/);
  appendFileSync(join(tree, "README.md"), "git clone ADDRESS-OF-THIS-REPOSITORY\n");
  assert.match(release(tree, "verify", "v0.1.0", ADDRESS).stderr, /README\.md still reads as it did before the first release/);
  const notes = release(tree, "notes", "v0.1.0");
  assert.match(notes.stdout, /^Toward 0\.1\.0|^### Added/);
  assert.doesNotMatch(notes.stdout, /^## /m);
  const none = release(tree, "notes", "v0.2.0");
  assert.equal(none.status, 1);
  assert.match(none.stderr, /CHANGELOG\.md has no entry for v0\.2\.0/);
  assert.equal(release(tree, "pack").status, 2);
});

test("what is packed is where binstall looks, whole, and runs", (t) => {
  const [tree, packed, unpacked] = [ready(t), folder(t), folder(t)];
  const done = release(tree, "pack", TARGET, join(PROGRAM, ".."), packed);
  assert.equal(done.status, 0, done.stderr);
  const metadata = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  const values = { name: "backgrounder", version: "0.1.0", target: TARGET, bin: "backgrounder", "binary-ext": "", "archive-suffix": ".tar.gz", repo: ADDRESS };
  const template = (key) => metadata.match(new RegExp(`^${key} = "(.*)"$`, "m"))[1].replace(/\{ (.+?) \}/g, (_, word) => values[word]);
  const archive = template("pkg-url").split("/").at(-1);
  assert.deepEqual(readdirSync(packed), [archive]);
  assert.equal(template("pkg-url"), `${ADDRESS}/releases/download/v0.1.0/${archive}`);
  assert.equal(spawnSync("tar", ["-xzf", join(packed, archive)], { cwd: unpacked }).status, 0);
  const top = join(unpacked, template("bin-dir"), "..");
  assert.deepEqual(readdirSync(top).sort(), ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "backgrounder", "completions", "man"]);
  assert.equal(readdirSync(join(top, "completions")).length, 5);
  const help = spawnSync(join(top, "backgrounder"), ["--help"], { encoding: "utf8" }).stdout;
  for (const page of readdirSync(join(top, "man"))) {
    assert.match(readFileSync(join(top, "man", page), "utf8"), /^\.SH SYNOPSIS$/m, page);
  }
  // A command that is added is packed a page for, unless it is for packagers alone.
  const commands = [...help.split("Commands:\n")[1].split("\n\n")[0].matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name);
  const pages = commands.filter((name) => !["completions", "man"].includes(name)).map((name) => `backgrounder-${name}.1`);
  assert.deepEqual(readdirSync(join(top, "man")).sort(), [...pages, "backgrounder.1"].sort());

  const tried = release(tree, "try", TARGET, packed);
  assert.equal(tried.status, 0, tried.stderr);
  assert.match(tried.stderr, /→ site\/ \(\d+ files/);
  assert.equal(release(tree, "sums", packed).status, 0);
  assert.deepEqual(readdirSync(packed).sort(), [archive, `${archive}.sha256`, "SHA256SUMS"].sort());
  assert.equal(spawnSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: packed }).status, 0);
});
