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
 * event's name, what its environment has beyond GitHub's own, and, in `actions`, the folders of actions that are run rather than
 * stood in for, by name. Gives what each step printed and how it ended; nothing follows a step that failed.
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
  const context = {
    github: { event_name: job.event, ref: "refs/heads/main", ref_type: "branch", token: "the job's token" },
    steps: {},
  };
  if (definition.if !== undefined && !value(definition.if, context)) throw new Error("this job does not run on this event");
  const done = [];
  follow(definition, { job, scratch, context, done, path: [] });
  return done;
}

/** Runs the steps of a job, or of an action that consists of steps, until one fails. */
function follow(definition, running) {
  const { job, context, done } = running;
  for (const step of definition.steps) {
    if (step.if !== undefined && !value(step.if, context)) continue;
    let outputs = {};
    if (step.uses) {
      const [name] = step.uses.split("@");
      const folder = job.actions?.[name];
      if (folder) outputs = composite(folder, step.with ?? {}, running);
      else if (ACTIONS[name]) outputs = ACTIONS[name](step.with ?? {}, job);
      else throw new Error(`${step.uses} has no stand-in`);
    } else {
      outputs = script(step, definition, running);
    }
    if (done.length > 0 && done.at(-1).code !== 0) return;
    if (step.id) context.steps[step.id] = { outputs };
  }
}

/** Runs the action in a folder with these inputs; gives its outputs. */
function composite(folder, given, running) {
  const { inputs, outputs, runs } = parse(readFileSync(join(folder, "action.yml"), "utf8"));
  if (runs.using !== "composite") throw new Error(`${folder} is no composite action`);
  const unknown = Object.keys(given).find((key) => !(key in inputs));
  if (unknown) throw new Error(`the action has no input ${unknown}`);
  const { github } = running.context;
  const filledIn = Object.entries(inputs).map(([key, { default: standard }]) => [key, filled(given[key] ?? standard, { github })]);
  const context = { github: { ...github, action_path: folder }, inputs: Object.fromEntries(filledIn), steps: {} };
  follow(runs, { ...running, context });
  if (running.done.at(-1).code !== 0) return {};
  return Object.fromEntries(Object.entries(outputs ?? {}).map(([key, { value: text }]) => [key, filled(text, context)]));
}

/** Runs a step's script, as written, and notes how it ended; gives its outputs. */
function script(step, definition, { job, scratch, context, done, path }) {
  const file = (kind) => join(scratch, kind);
  ["output", "summary", "script", "path"].forEach((kind) => writeFileSync(file(kind), ""));
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
      GITHUB_PATH: file("path"),
      GITHUB_REPOSITORY: "newsroom/explainer",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_SHA: "0123456789abcdef0123456789abcdef01234567",
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_WORKSPACE: job.folder,
      NO_PROXY: "127.0.0.1",
      RUNNER_ARCH: "X64",
      RUNNER_OS: "Linux",
      RUNNER_TEMP: scratch,
      ...job.environment,
      ...Object.fromEntries(own),
      PATH: [...path, job.environment?.PATH ?? process.env.PATH].join(":"),
    },
  });
  const lines = (kind) => readFileSync(file(kind), "utf8").split("\n").filter(Boolean);
  // What a step adds is found first by the steps after it.
  path.unshift(...lines("path").reverse());
  done.push({ name: step.name, code: ended.status, stdout: ended.stdout, stderr: ended.stderr, summary: readFileSync(file("summary"), "utf8") });
  return Object.fromEntries(lines("output").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
