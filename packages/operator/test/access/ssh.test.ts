import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sshAccess } from "../../src/access/ssh.ts";
import type { DeployedNode } from "../../src/stack/deployed-pair.ts";

const node: DeployedNode = { role: "primary", instanceId: "ins-1", privateIp: "10.0.1.11", address: "a.b", files: [] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pair-ssh-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in the place of ssh. */
function program(text: string): string {
  const path = join(folder, "ssh");
  writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
}

test("runs the script as root by the node's private address, and never asks for a password", async () => {
  const ssh = program('echo "$@"; cat; exit 3');
  expect(await sshAccess("ubuntu@", ssh).run(node, "echo hello")).toEqual({
    exitStatus: 3,
    output: "-o BatchMode=yes -o ConnectTimeout=5 -T ubuntu@10.0.1.11 sudo -n sh -s\necho hello",
  });
  expect((await sshAccess("root@", ssh).run(node, "")).output).toContain("root@10.0.1.11 sh -s");
});

test.each([
  [
    "a connection that fails",
    'echo "connect to host 10.0.1.11 port 22: Connection refused" >&2; exit 255',
    /Connection refused/,
  ],
  ["a node that does not answer", "exec sleep 60", /no answer within 1 s/],
])("says which node %s is", async (_, text, reason) => {
  const run = sshAccess("root@", program(text)).run(node, "true", { timeoutS: 1 });
  await expect(run).rejects.toThrow(/^primary \(ins-1\): /);
  await expect(run).rejects.toThrow(reason);
});

test("says that there is no ssh", async () => {
  await expect(sshAccess("root@", join(folder, "none")).run(node, "true")).rejects.toThrow("ENOENT");
});

test.each(["ubuntu", "@", "ubuntu@10.0.1.11", "-oProxyCommand=x@"])("refuses the login '%s'", (login) => {
  expect(() => sshAccess(login)).toThrow(`'--ssh' must be a user with an @, such as ubuntu@, got '${login}'`);
});
