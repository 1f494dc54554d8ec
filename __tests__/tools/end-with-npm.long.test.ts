import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = join(__dirname, "../..");
const PREFIX = "exec node --import ./tools/end-with-npm.mjs ";
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "end-with-npm-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Says that it is up, and when a signal ends it in order. */
const COMMAND = `
process.on("SIGTERM", () => end("SIGTERM"));
process.on("SIGHUP", () => end("SIGHUP"));
const end = (signal) => {
  console.log("ended by " + signal);
  process.exit(130);
};
setTimeout(() => console.log("nobody has ended it"), 60_000);
console.log("up");
`;

/** Has npm run the command, sends npm a signal, and returns what the command has said when it is over. */
async function said(script: string, signal: NodeJS.Signals): Promise<string> {
  writeFileSync(join(folder, "command.mjs"), COMMAND);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: { command: script } }));
  const npm = spawn("npm", ["run", "--silent", "command"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  npm.stdout.once("data", () => npm.kill(signal));
  return text(npm.stdout);
}

test.each([
  ["SIGTERM", "SIGTERM"],
  ["SIGHUP", "SIGHUP"],
  // Nobody can hand this one on.
  ["SIGKILL", "SIGHUP"],
] as const)("%s to npm ends the command in order, by %s", async (sent, received) => {
  const script = PREFIX.replace("./", `${ROOT}/`);
  expect(await said(`${script} command.mjs`, sent)).toBe(`up\nended by ${received}\n`);
});

test("a command that npm has not started outlives whoever started it, as under nohup", async () => {
  writeFileSync(join(folder, "command.mjs"), COMMAND.replace("60_000", "2_000").replace("nobody has ended it", "done"));
  const line = `node --import ${ROOT}/tools/end-with-npm.mjs command.mjs & sleep 1`;
  const shell = spawn("sh", ["-c", line], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  expect(await text(shell.stdout)).toBe("up\ndone\n");
});

test.each(
  Object.keys(scripts).filter((name) =>
    /^(start|rehearse.*|.*:local|acceptance|pair|local-cloud|newcomer)$/.test(name),
  ),
)("npm run %s, which has something to end in order, is such a command", (name) => {
  expect(scripts[name]).toMatch(PREFIX);
});
