// As much of GitHub's runner as our workflows need: it runs a job's `run:` steps in order, as written, and stands in for the
// actions between them. What it does not know is an error, so that no step is passed over in silence.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

/** The value of an expression without its braces: a path, a text, or a comparison of two. */
function value(expression, context) {
  const compared = expression.match(/^(.+?)\s*(==|!=)\s*(.+)$/);
  if (compared) {
    const [, left, sign, right] = compared;
    return (value(left, context) === value(right, context)) === (sign === "==");
  }
  const text = expression.match(/^'([^']*)'$/);
  if (text) return text[1];
  if (!/^[a-z_]+(\.[\w-]+)+$/.test(expression)) throw new Error(`no such expression is known here: ${expression}`);
  const found = expression.split(".").reduce((inner, key) => inner?.[key], context);
  if (found === undefined) throw new Error(`${expression} is not set`);
  return found;
}

/** A text with its expressions filled in. */
const filled = (text, context) => String(text).replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression) => value(expression, context));

/** The stand-ins: each gets a step's `with` and the job, and gives the step's outputs. */
const ACTIONS = {
  "actions/checkout": () => ({}),
  "actions/cache": () => ({}),
  "actions/configure-pages": (_, job) => ({ base_url: job.baseUrl, base_path: new URL(job.baseUrl).pathname.replace(/\/$/, "") }),
  "actions/upload-pages-artifact": ({ path, "include-hidden-files": hidden }, job) => {
    if (!existsSync(join(job.folder, path, "index.html"))) throw new Error(`${path} has no index.html to upload`);
    if (hidden !== true) throw new Error("the manifest would not be uploaded");
    return {};
  },
};

/**
 * Runs job `name` of the workflow with this text. `job` has the folder that it runs in, the base address that Pages has, the
 * event's name, and what its environment has beyond GitHub's own. Gives what each step printed and how it ended; nothing
 * follows a step that failed.
 */
export function run(workflow, name, job) {
  const scratch = mkdtempSync(join(tmpdir(), "backgrounder-job-"));
  try {
    const { env, jobs } = parse(workflow);
    return steps({ ...jobs[name], env: { ...env, ...jobs[name].env } }, job, scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function steps(definition, job, scratch) {
  const context = { github: { event_name: job.event, ref: "refs/heads/main", ref_type: "branch" }, steps: {} };
  if (definition.if !== undefined && !value(definition.if, context)) throw new Error("this job does not run on this event");
  const done = [];
  for (const step of definition.steps) {
    if (step.if !== undefined && !value(step.if, context)) continue;
    let outputs = {};
    if (step.uses) {
      const action = ACTIONS[step.uses.split("@")[0]];
      if (!action) throw new Error(`${step.uses} has no stand-in`);
      outputs = action(step.with ?? {}, job);
    } else {
      const file = (kind) => join(scratch, kind);
      ["output", "summary", "script"].forEach((kind) => writeFileSync(file(kind), ""));
      writeFileSync(file("script"), filled(step.run, context));
      // What GitHub runs for a step that names a shell, and for one that does not.
      const shell = step.shell ?? definition.defaults?.run?.shell;
      const how = shell === "bash" ? ["--noprofile", "--norc", "-eo", "pipefail"] : ["-e"];
      const own = Object.entries({ ...definition.env, ...step.env }).map(([key, text]) => [key, filled(text, context)]);
      const ended = spawnSync("bash", [...how, file("script")], {
        cwd: job.folder,
        encoding: "utf8",
        maxBuffer: 1 << 26,
        env: {
          ...process.env,
          CI: "true",
          GITHUB_ACTIONS: "true",
          GITHUB_EVENT_NAME: job.event,
          GITHUB_OUTPUT: file("output"),
          GITHUB_REPOSITORY: "newsroom/explainer",
          GITHUB_SERVER_URL: "https://github.com",
          GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
          GITHUB_STEP_SUMMARY: file("summary"),
          GITHUB_WORKSPACE: job.folder,
          NO_PROXY: "127.0.0.1",
          ...job.environment,
          ...Object.fromEntries(own),
        },
      });
      const lines = readFileSync(file("output"), "utf8").split("\n").filter(Boolean);
      outputs = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
      const summary = readFileSync(file("summary"), "utf8");
      done.push({ name: step.name, code: ended.status, stdout: ended.stdout, stderr: ended.stderr, summary });
      if (ended.status !== 0) break;
    }
    if (step.id) context.steps[step.id] = { outputs };
  }
  return done;
}
