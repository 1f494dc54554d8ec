import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type AgentHost, AutomationAgent } from "../../src/nodes/automation-agent.ts";
import { nodeFiles } from "../../src/nodes/node-files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "agent-test-"));
  writeFileSync(join(folder, "getent"), GETENT, { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

const user = spawnSync("id", ["-un"], { encoding: "utf8" }).stdout.trim();

/** This machine's user, with another home folder: what its own profile does is no business of the test's. */
const GETENT = `#!/bin/sh
[ "$2" = "${user}" ] && echo "${user}:x:0:0::$(dirname "$0"):/bin/bash"
`;

/** This machine, with the scripts in a folder of the test's. */
function thisMachine(changes: Partial<AgentHost> = {}): AgentHost {
  const onDisk = (path: string) => join(folder, path);
  return {
    init: 1,
    readRuntime: () => ({}),
    write: (path, content) => {
      mkdirSync(dirname(onDisk(path)), { recursive: true });
      writeFileSync(onDisk(path), content);
    },
    remove: (path) => rmSync(onDisk(path)),
    // The script's path is of the node's root, which is a folder here.
    entering: (command) => {
      const path = `PATH=${folder}:${process.env["PATH"]}`;
      return ["env", path, ...command.map((word) => (word.startsWith("/var/lib/tat_agent/") ? folder + word : word))];
    },
    ...changes,
  };
}

const run = (script: string, more: object = {}, host = thisMachine()) =>
  new AutomationAgent(host).run({
    ...{ instanceId: "ins-11111111", script, username: user, workingDirectory: "/tmp", timeoutS: 600, ...more },
  });

/** What a script that ends by itself has written. */
const outputOf = async (script: string, more: object = {}) => {
  const outcome = await run(script, more);
  if (outcome.kind !== "exited") throw new Error(`the script must end by itself, got ${JSON.stringify(outcome)}`);
  return outcome.output.toString();
};

test("a script runs in its folder as its user, with that one's profile, and what it writes to both outputs comes in order", async () => {
  writeFileSync(join(folder, ".bash_profile"), "export FROM_PROFILE=yes");
  const script = 'echo one; echo two >&2; pwd; echo "$USER $HOME $FROM_PROFILE"; exit 3';
  expect(await run(script)).toEqual({ kind: "exited", exitCode: 3, output: expect.any(Buffer) as Buffer });
  expect(await outputOf(script)).toBe(`one\ntwo\n/tmp\n${user} ${folder} yes\n`);
});

test("a script is executed as a file: the interpreter that it names runs it, and bash where it names none", async () => {
  expect(await outputOf("#!/usr/bin/env node\nconsole.log(process.release.name)")).toBe("node\n");
  expect(await outputOf("list=(a b); echo ${#list[@]}")).toBe("2\n");
});

test("what a script writes is not text, so every byte of it comes", async () => {
  const outcome = await run("printf '\\377\\000x'");
  expect(outcome).toEqual({ kind: "exited", exitCode: 0, output: Buffer.from([0xff, 0, 0x78]) });
});

test("a script whose time is over is ended, with all that it has started", async () => {
  const survivor = join(folder, "survived");
  const script = `(sleep 3; touch ${survivor}) & sleep 60`;
  expect(await run(script, { timeoutS: 1 })).toMatchObject({ kind: "timed out" });
  expect(spawnSync("pgrep", ["-f", survivor], { encoding: "utf8" }).stdout).toBe("");
  expect(existsSync(survivor)).toBe(false);
});

test("a script that ends with the status of a killed one within its time has ended by itself", async () => {
  expect(await run("exit 137")).toMatchObject({ kind: "exited", exitCode: 137 });
});

test.each([
  [{ username: "nobody-like-this" }, "UserNotExists: user `nobody-like-this` not exists"],
  [{ workingDirectory: "/no/such/folder" }, "DirectoryNotExists: working_directory `/no/such/folder` not exists"],
])("refuses to start a script with %j, as the vendor's agent does", async (more, reason) => {
  expect(await run("true", more)).toEqual({ kind: "not started", reason });
});

test("a command is lost where the node is down, or goes down meanwhile", async () => {
  expect(await run("true", {}, thisMachine({ entering: () => undefined }))).toEqual({ kind: "lost" });
  expect(await run("true", {}, thisMachine({ entering: () => ["sh", "-c", "kill -9 $$"] }))).toEqual({ kind: "lost" });
  let init = 1;
  const rebooted: AgentHost = {
    ...thisMachine(),
    get init() {
      return init++;
    },
  };
  expect(await run("true", {}, rebooted)).toEqual({ kind: "lost" });
});

test("an agent is online from when its unit has run to when the node is down", () => {
  expect(new AutomationAgent(thisMachine()).isOnline).toBe(true);
  expect(new AutomationAgent(thisMachine({ readRuntime: () => undefined })).isOnline).toBe(false);
  expect(new AutomationAgent({ ...thisMachine(), init: undefined }).isOnline).toBe(false);
});

test("a node has the agent's unit", () => {
  const node = { instanceId: "ins-1", instanceName: "web-1", role: "primary" } as never;
  const files = nodeFiles({ node, userData: Buffer.alloc(0), hosts: {}, authority: "", hasPackages: false });
  expect(files["etc/systemd/system/tat_agent.service"]).toContain("ExecStart=/bin/touch /run/tat_agent\n");
});
