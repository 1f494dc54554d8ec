import { describe, expect, test } from "vitest";
import {
  type DiagnosedNode,
  diagnose,
  hangingCommands,
  packageErrors,
  scriptErrors,
  tellCauses,
  withCauses,
} from "../../src/nodes/diagnosis.ts";

const OUTPUT_LOG = "var/log/cloud-init-output.log";
const RESULT = "var/lib/cloud/data/result.json";

/** A node with files, and what its commands answer by their first word; everything else succeeds without a word. */
function node(
  files: Record<string, string>,
  answers: Record<string, string> = {},
  change: Partial<DiagnosedNode> = {},
) {
  const said: DiagnosedNode = {
    role: "primary",
    isUp: true,
    read: (path) => files[path],
    exec: ([name = ""]) => Promise.resolve({ status: 0, stdout: answers[name] ?? "", stderr: "", timedOut: false }),
    console: () => "booting\npanic",
    bootLog: () => files[OUTPUT_LOG] ?? "",
  };
  return { ...said, ...change };
}

describe("a node that does not come up tells", () => {
  test("which package there is not", () => {
    const log = "E: Unable to locate package a\nE: Sub-process apt returned 100\nE: Unable to locate package a\n";
    expect(packageErrors(log)).toEqual(["a package could not be installed: E: Unable to locate package a"]);
  });

  test("which line of runcmd fails, in the words of dash and of bash", () => {
    const runcmd = "/var/lib/cloud/instance/scripts/runcmd";
    expect(scriptErrors(`${runcmd}: 2: x: not found\n${runcmd}: line 3: y: command not found\n`)).toEqual([
      "line 2 of runcmd fails: x: not found",
      "line 3 of runcmd fails: y: command not found",
    ]);
  });

  test("which command it waits for, and not those that wait with it", () => {
    const processes = [
      "    1     0  90 /sbin/init",
      "   50     1  80 /usr/bin/python3 /usr/bin/cloud-init modules --mode=final",
      "   60    50  77 /bin/sh /var/lib/cloud/instance/scripts/runcmd",
      "   61    60  77 sleep 1000",
      "   70     1  10 sleep 3",
    ].join("\n");
    expect(hangingCommands(processes)).toEqual(["the first boot waits for 'sleep 1000', for 77 s by now"]);
  });

  test("that a command ended the script before the setup", async () => {
    const lines = await diagnose(node({ [RESULT]: "{}" }, { journalctl: "-- No entries --\n" }));
    expect(lines).toEqual([expect.stringMatching(/setup of the pair was never begun: a command before it has ended/)]);
  });

  test("what its setup misses, where nothing else is seen", async () => {
    const journal = "pairctl-setup.service: x\nkeepalived pair: this node is NOT set up, the setup goes on: no role\n";
    const lines = await diagnose(node({ [RESULT]: "{}" }, { journalctl: journal }));
    expect(lines).toEqual(["this node is NOT set up, the setup goes on: no role"]);
  });

  test("what keepalived finds fault with in its configuration", async () => {
    const exec: DiagnosedNode["exec"] = ([name]) => {
      const status = name === "keepalived" ? 4 : 0;
      return Promise.resolve({ status, stdout: "", stderr: "Unknown keyword 'x'", timedOut: false });
    };
    expect(await diagnose(node({}, {}, { exec }))).toEqual([
      "keepalived refuses /etc/keepalived/keepalived.conf: Unknown keyword 'x'",
    ]);
  });

  test("what its console said, where it is down", async () => {
    expect(await diagnose(node({}, {}, { isUp: false }))).toEqual([
      "it is down; its console said last: booting | panic",
    ]);
  });
});

test("a cause that both nodes have is told once", () => {
  const causes = [
    { role: "primary", lines: ["a", "b"] },
    { role: "secondary", lines: ["b"] },
  ];
  expect(tellCauses(causes)).toEqual(["on the primary: a", "on both nodes: b"]);
});

test("what was seen comes behind its causes, and the log behind both", async () => {
  const log = "E: Unable to locate package nginxx\nend";
  const told = await withCauses("it did not come", [node({ [OUTPUT_LOG]: log })]);
  expect(told.split("\n").map((line) => line.trim())).toEqual([
    "on the primary: a package could not be installed: E: Unable to locate package nginxx",
    "seen: it did not come",
    "the end of the primary's boot log:",
    "E: Unable to locate package nginxx",
    "end",
  ]);
  const journal = { journalctl: "pairctl-setup: x" };
  expect(await withCauses("it did not come", [node({}, journal)])).toBe("it did not come");
});
