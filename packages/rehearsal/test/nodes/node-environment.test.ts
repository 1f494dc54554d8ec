import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { asRootOfTheNode } from "../../src/nodes/node-environment.ts";

describe("a command that is started on a node from outside", () => {
  test("gets nothing of this machine's environment: no PATH, no proxy, no language", () => {
    // Whom the node trusts is no matter of this machine: without it, pairctl would not believe the cloud.
    const [command = "", ...args] = asRootOfTheNode({ TERM: "dumb" });
    const callers = { PATH: "/opt/callers/bin", HTTPS_PROXY: "http://127.0.0.1:9", LC_ALL: "de_DE.UTF-8", HOME: "/x" };
    const { stdout } = spawnSync(command, [...args, "/usr/bin/env"], { encoding: "utf8", env: callers });
    expect(stdout.trim().split("\n").sort()).toEqual([
      "HOME=/root",
      "LANG=C.UTF-8",
      "NODE_EXTRA_CA_CERTS=/etc/rehearsal/authority.pem",
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "TERM=dumb",
      "USER=root",
    ]);
  });
});
