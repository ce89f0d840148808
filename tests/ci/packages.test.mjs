// The packages for pip and npm are what their specifications say, hold the program of the release, and install.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { PROGRAM, ROOT, copy, folder } from "./copy.mjs";

const VERSION = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m)[1];
const HERE = `${process.platform}-${process.arch}`;

/** The targets, and the platforms in the names of their wheels and npm packages. */
const TARGETS = {
  "x86_64-unknown-linux-musl": ["manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64", "linux-x64"],
  "aarch64-unknown-linux-musl": ["manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64", "linux-arm64"],
  "x86_64-apple-darwin": ["macosx_10_12_x86_64", "darwin-x64"],
  "aarch64-apple-darwin": ["macosx_11_0_arm64", "darwin-arm64"],
  "x86_64-pc-windows-msvc": ["win_amd64", "win32-x64"],
};

/** The archives of a release, which differ from each other; the one for this computer has the real program if `real`. */
function archives(test, real) {
  const [packed, scratch] = [folder(test), folder(test)];
  for (const [target, [, platform]] of Object.entries(TARGETS)) {
    const name = `backgrounder-v${VERSION}-${target}`;
    const program = join(scratch, name, target.includes("windows") ? "backgrounder.exe" : "backgrounder");
    mkdirSync(join(scratch, name));
    if (real && platform === HERE) {
      // Without what a debugger needs, which is most of it.
      execFileSync("strip", ["-o", program, PROGRAM]);
    } else {
      writeFileSync(program, `#!/bin/sh\necho ${target}: "$@"; exit 7\n`);
    }
    chmodSync(program, 0o755);
    if (target.includes("windows")) execFileSync("python3", ["-m", "zipfile", "-c", join(packed, `${name}.zip`), name], { cwd: scratch });
    else execFileSync("tar", ["-I", "gzip -1", "-cf", join(packed, `${name}.tar.gz`), name], { cwd: scratch });
  }
  return packed;
}

const pack = (tree, packed, to, environment) =>
  spawnSync(join(tree, "packaging/packages.py"), [packed, to], { encoding: "utf8", env: { ...process.env, ...environment } });

const read = (folder) => Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
const sha256 = (bytes, as = "hex") => createHash("sha256").update(bytes).digest(as);

/** The files of a wheel or an npm package, with their bytes and whether they can be run; read by tools that did not make it. */
function unpacked(test, file) {
  const to = folder(test);
  if (file.endsWith(".tgz")) execFileSync("tar", ["-xzf", file, "-C", to]);
  else execFileSync("python3", ["-m", "zipfile", "-e", file, to]);
  const list = execFileSync("find", [to, "-type", "f", "-printf", "%P\n"], { encoding: "utf8" }).trim().split("\n");
  return Object.fromEntries(list.map((path) => [path, readFileSync(join(to, path))]));
}

/** The tree as it is when it is released. */
function tree(test) {
  const made = copy(test, ["Cargo.toml", "README.md", "LICENSE-", "packaging/", ".github/"]);
  const cargo = join(made, "Cargo.toml");
  writeFileSync(cargo, readFileSync(cargo, "utf8").replace(/^(license = .*\n)/m, '$1repository = "https://github.com/newsroom/backgrounder"\n'));
  return made;
}

/** A tree and the archives and packages of its release, made once for the tests that only read them. */
const made = (() => {
  const whole = { after: (clean) => process.on("exit", clean) };
  const [from, packed, packages] = [tree(whole), archives(whole, false), folder(whole)];
  const { status, stderr } = pack(from, packed, packages, {});
  assert.equal(status, 0, stderr);
  return { from, packed, packages };
})();

test("packages are named for what they run on, list what they hold, and come out the same", (t) => {
  const { from, packed, packages: to } = made;
  const again = folder(t);
  const names = Object.values(TARGETS).flatMap(([tags, platform]) => [
    `backgrounder_ssg-${VERSION}-py3-none-${tags}.whl`,
    `backgrounder-ssg-${platform}-${VERSION}.tgz`,
  ]);
  assert.deepEqual(readdirSync(to).sort(), [...names, `backgrounder-ssg-${VERSION}.tgz`].sort());

  for (const [target, [tags, platform]] of Object.entries(TARGETS)) {
    const program = target.includes("windows") ? "backgrounder.exe" : "backgrounder";
    const said = `#!/bin/sh\necho ${target}: "$@"; exit 7\n`;
    const wheel = unpacked(t, join(to, `backgrounder_ssg-${VERSION}-py3-none-${tags}.whl`));
    const about = `backgrounder_ssg-${VERSION}.dist-info`;
    assert.equal(wheel[`backgrounder_ssg-${VERSION}.data/scripts/${program}`].toString(), said);
    const record = Object.keys(wheel).sort().map((path) => {
      const bytes = wheel[path];
      return path === `${about}/RECORD` ? `${path},,` : `${path},sha256=${sha256(bytes, "base64url")},${bytes.length}`;
    });
    assert.deepEqual(wheel[`${about}/RECORD`].toString().trim().split("\n").sort(), record.sort());
    const listed = wheel[`${about}/WHEEL`].toString().match(/(?<=^Tag: py3-none-).*$/gm);
    assert.deepEqual(listed, tags.split("."));
    const npm = unpacked(t, join(to, `backgrounder-ssg-${platform}-${VERSION}.tgz`));
    assert.equal(npm[`package/bin/${program}`].toString(), said);
    const { os, cpu, version } = JSON.parse(npm["package/package.json"]);
    assert.deepEqual([`${os}-${cpu}`, version], [platform, VERSION]);
  }

  // Their pages are shown away from the repository, so no link may be relative.
  const main = unpacked(t, join(to, `backgrounder-ssg-${VERSION}.tgz`));
  const page = main["package/README.md"].toString();
  assert.match(page, new RegExp(`\\]\\(https://github\\.com/newsroom/backgrounder/raw/v${VERSION}/docs/picture\\.png\\)`));
  assert.doesNotMatch(page, /\]\((?!https?:\/\/)/);
  assert.equal(JSON.parse(main["package/package.json"]).repository.url, "git+https://github.com/newsroom/backgrounder.git");

  const repeated = pack(from, packed, again, { TZ: "Asia/Tokyo", LC_ALL: "C", SOURCE_DATE_EPOCH: "1", PYTHONHASHSEED: "7" });
  assert.equal(repeated.status, 0, repeated.stderr);
  assert.deepEqual(read(again), read(to));
});

test("what is missing or broken is named, and then nothing is packed", (t) => {
  const [from, packed, to] = [tree(t), archives(t, false), folder(t)];
  const refused = (why) => {
    const { status, stdout, stderr } = pack(from, packed, to, {});
    assert.equal(status, 1, stdout);
    assert.match(stderr, why);
    assert.deepEqual(readdirSync(to), []);
  };
  const archive = (target) => join(packed, `backgrounder-v${VERSION}-${target}.tar.gz`);
  copyFileSync(archive("x86_64-apple-darwin"), archive("aarch64-apple-darwin"));
  refused(/aarch64-apple-darwin\.tar\.gz has no backgrounder-v.*-aarch64-apple-darwin\/backgrounder/);
  writeFileSync(archive("aarch64-apple-darwin"), "no archive");
  refused(/aarch64-apple-darwin\.tar\.gz can't be unpacked/);
  const cargo = join(from, "Cargo.toml");
  const written = (version) => writeFileSync(cargo, readFileSync(cargo, "utf8").replace(/^version = ".*"$/m, `version = "${version}"`));
  written("9.9.9");
  refused(/there is no .*backgrounder-v9\.9\.9-x86_64-unknown-linux-musl\.tar\.gz: pack it first/);
  assert.equal(spawnSync(join(from, "packaging/packages.py"), ["one"]).status, 2);
});

test("pip and npm install the program of the release, and it builds the starter", { skip: !Object.values(TARGETS).some(([, here]) => here === HERE) }, async (t) => {
  const [packed, to] = [archives(t, true), folder(t)];
  const packing = pack(made.from, packed, to, {});
  assert.equal(packing.status, 0, packing.stderr);
  const tried = ["try-pip", "try-npm"].map(async (how) => {
    const child = spawn(join(made.from, ".github/release.sh"), [how, to], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
    const [code] = await new Promise((ended) => child.on("close", (...result) => ended(result)));
    assert.equal(code, 0, `${how}: ${said}`);
    assert.match(said, new RegExp(`^backgrounder ${VERSION.replaceAll(".", "\\.")}$`, "m"), how);
    assert.match(said, /3 sections, 10 events.* → .*site\/ /, how);
  });
  await Promise.all(tried);
});

test("the guide names the archives of this version", () => {
  const guide = readFileSync(join(ROOT, "docs/guide/installing.md"), "utf8");
  const named = [...guide.matchAll(/^\|.*`(backgrounder-v\S+)` \|$/gm)].map(([, archive]) => archive);
  assert.deepEqual(named.sort(), readdirSync(made.packed).sort());
});

test("npm brings the program for this platform along, and no other", async (t) => {
  const fetched = [];
  const server = createServer((request, response) => {
    const [, name, file] = request.url.split("/");
    const archive = join(made.packages, file ?? `${name}-${VERSION}.tgz`);
    if (!existsSync(archive)) return response.writeHead(404).end("{}");
    if (file) return fetched.push(file), response.end(readFileSync(archive));
    const about = JSON.parse(execFileSync("tar", ["-xzOf", archive, "package/package.json"], { encoding: "utf8" }));
    const integrity = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    const dist = { tarball: `http://${request.headers.host}/${name}/${name}-${VERSION}.tgz`, integrity };
    return response.end(JSON.stringify({ name, "dist-tags": { latest: VERSION }, versions: { [VERSION]: { ...about, dist } } }));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => server.close());
  const here = folder(t);
  const registry = `http://127.0.0.1:${server.address().port}/`;
  const words = ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", ".", "--cache", "cache", "--registry", registry];
  const child = spawn("npm", [...words, "backgrounder-ssg"], { cwd: here, stdio: "inherit", env: { ...process.env, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" } });
  assert.equal(await new Promise((ended) => child.on("close", ended)), 0);
  assert.deepEqual(fetched.sort(), [`backgrounder-ssg-${VERSION}.tgz`, `backgrounder-ssg-${HERE}-${VERSION}.tgz`].sort());
  const run = spawnSync(join(here, "node_modules/.bin/backgrounder"), ["check"], { encoding: "utf8" });
  const [target] = Object.entries(TARGETS).find(([, [, platform]]) => platform === HERE);
  assert.deepEqual([run.status, run.stdout], [7, `${target}: check\n`]);
});

/** A folder with the npm packages installed in it, whose program is a script. */
function installed(test, script) {
  const here = folder(test);
  const put = (name) => {
    mkdirSync(join(here, "node_modules", name), { recursive: true });
    const archive = join(made.packages, `${name}-${VERSION}.tgz`);
    execFileSync("tar", ["-xzf", archive, "-C", join(here, "node_modules", name), "--strip-components", "1"]);
  };
  put("backgrounder-ssg");
  put(`backgrounder-ssg-${HERE}`);
  const program = join(here, "node_modules", `backgrounder-ssg-${HERE}`, "bin/backgrounder");
  writeFileSync(program, script);
  return { launcher: join(here, "node_modules/backgrounder-ssg/bin/backgrounder.js"), program, here };
}

test("the launcher of the npm package passes everything on", async (t) => {
  const { launcher } = installed(t, '#!/bin/sh\n[ "$1" = wait ] || { cat; echo "$@" >&2; exit 7; }\ntrap "echo stopped; exit 9" INT TERM HUP\necho ready\nwhile :; do sleep 0.05; done\n');
  const run = spawnSync(launcher, ["a b", "--c"], { input: "from stdin", encoding: "utf8" });
  assert.deepEqual([run.status, run.stdout, run.stderr], [7, "from stdin", "a b --c\n"]);

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    const child = spawn(launcher, ["wait"], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (part) => {
      if (!said) child.kill(signal);
      said += part;
    });
    const ended = await new Promise((result) => child.on("close", (...how) => result(how)));
    assert.deepEqual([ended, said], [[9, null], "ready\nstopped\n"], signal);
  }
});

test("the launcher ends as the program did, and says what to do if there is none", (t) => {
  const { launcher, program, here } = installed(t, "#!/bin/sh\nkill -KILL $$\n");
  assert.equal(spawnSync(launcher).signal, "SIGKILL");
  chmodSync(program, 0o644);
  const locked = spawnSync(launcher, { encoding: "utf8" });
  assert.equal(locked.status, 2, locked.stderr);
  assert.match(locked.stderr, /can't be run: .*EACCES/);
  execFileSync("rm", ["-r", join(here, "node_modules", `backgrounder-ssg-${HERE}`)]);
  const left = spawnSync(launcher, { encoding: "utf8" });
  assert.equal(left.status, 2, left.stderr);
  assert.match(left.stderr, /error: the package backgrounder-ssg-\S+, which has the program, is not installed\n {2}= help: run `npm install --include=optional/);
  const elsewhere = spawnSync(process.execPath, ["--import", "data:text/javascript,Object.defineProperty(process,'arch',{value:'s390x'})", launcher], { encoding: "utf8" });
  assert.equal(elsewhere.status, 2, elsewhere.stderr);
  assert.match(elsewhere.stderr, /has no program for \w+-s390x, only for linux-x64, linux-arm64, /);
});

test("packages are published once each, the one that asks for the others last", (t) => {
  const bin = folder(t);
  // A registry that has one of them already.
  writeFileSync(
    join(bin, "npm"),
    `#!/bin/sh\nif [ "$1" = view ]; then [ "$2" != backgrounder-ssg-darwin-x64@${VERSION} ] || echo ${VERSION}; else echo "$@" >>"${bin}/log"; fi\n`,
    { mode: 0o755 },
  );
  const published = spawnSync(join(made.from, ".github/release.sh"), ["publish-npm", made.packages], { encoding: "utf8", env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } });
  assert.equal(published.status, 0, published.stderr);
  assert.match(published.stdout, /^backgrounder-ssg-darwin-x64@.* is published already$/m);
  const log = readFileSync(join(bin, "log"), "utf8").trim().split("\n");
  assert.deepEqual(log, ["-darwin-arm64", "-linux-arm64", "-linux-x64", "-win32-x64", ""].map((which) => `publish --access public --tag latest ${made.packages}/backgrounder-ssg${which}-${VERSION}.tgz`));
});
