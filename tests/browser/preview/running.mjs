// A site in a temporary folder, with a preview running on it.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

function program() {
  if (!process.env.BACKGROUNDER_PROGRAM) throw new Error("set BACKGROUNDER_PROGRAM to the path of the program, such as target/debug/backgrounder");
  // The preview is started in the folder of its site.
  return resolve(process.env.BACKGROUNDER_PROGRAM);
}

/** A copy of the demonstration site's content. */
export class Site {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "backgrounder-test-"));
    for (const name of ["book.toml", "content"]) cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
  }

  read(path) {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** Saves the way most editors do: next to the file first, and then in its place. */
  write(path, text) {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  }

  /** Replaces words in a file, which must be there. */
  edit(path, from, to) {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} has no “${from}”`);
    this.write(path, text.replace(from, to));
  }

  /** An editor with the language server: `show(path, line)` has it say where the cursor is. */
  editor() {
    const child = spawn(program(), ["lsp", "--now", "2025-12-22T12:00:00Z"], { cwd: this.folder, stdio: ["pipe", "ignore", "ignore"] });
    const uri = pathToFileURL(this.folder).href;
    const send = (message) => {
      const text = JSON.stringify({ jsonrpc: "2.0", ...message });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    };
    send({ id: 0, method: "initialize", params: { processId: null, rootUri: uri, capabilities: {} } });
    send({ method: "initialized", params: {} });
    let id = 0;
    return {
      show: (path, line) => send({ id: ++id, method: "workspace/executeCommand", params: { command: "backgrounder.show", arguments: [`${uri}/${path}`, line - 1] } }),
      stop: () => child.kill("SIGKILL"),
    };
  }

  /** Starts a preview of it at `port`, or at any. */
  async serve(port = 0, ...more) {
    const child = spawn(program(), ["serve", "-p", String(port), "--now", "2025-12-22T12:00:00Z", ...more], { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    const base = await new Promise((done, fail) => {
      child.stderr.on("data", (piece) => {
        said += piece;
        const address = /the site is at (http:\S+)/.exec(said)?.[1];
        if (address) done(address);
      });
      child.once("error", fail);
      child.once("exit", () => fail(new Error(`the preview ended:\n${said}`)));
    });
    const ended = new Promise((done) => child.once("exit", done));
    return {
      base,
      port: Number(new URL(base).port),
      said: () => said,
      stop() {
        child.kill("SIGKILL");
        return ended;
      },
    };
  }

  /** Removes a file, or all of it. */
  remove(path = "") {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }
}
