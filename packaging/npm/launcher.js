#!/usr/bin/env node
// Runs the program. It is in the package for this platform, which npm installs along with this one.

"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { name, version, optionalDependencies } = require("../package.json");

const here = `${process.platform}-${process.arch}`;

/** Says why the program can't run and what to do. The code is the program's own for a run in which nothing was checked. */
function fail(why, advice) {
  console.error(`error: ${why}\n  = help: ${advice}`);
  process.exit(2);
}

/** Where the program is. */
function program() {
  const own = `${name}-${here}`;
  if (!Object.hasOwn(optionalDependencies, own)) {
    const known = Object.keys(optionalDependencies).map((other) => other.slice(name.length + 1));
    fail(`${name} has no program for ${here}, only for ${known.join(", ")}`, "compile it instead: see the README");
  }
  try {
    return require.resolve(`${own}/bin/backgrounder${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    return fail(
      `the package ${own}, which has the program, is not installed`,
      `run \`npm install --include=optional ${name}@${version}\` on this computer; optional dependencies were left out, ` +
        "or node_modules was copied from another kind of computer",
    );
  }
}

const path = program();
const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
child.on("error", ({ message }) => fail(`${path} can't be run: ${message}`, `install ${name} again`));

// Whoever stops this process means the program. On a terminal, Ctrl-C reaches both already, and twice would be once too often.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}

child.on("exit", (code, signal) => {
  if (signal === null) {
    process.exitCode = code;
    return;
  }
  // End as the program did, so that a shell sees the same.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  process.exitCode = 128 + (constants.signals[signal] ?? 0);
});
