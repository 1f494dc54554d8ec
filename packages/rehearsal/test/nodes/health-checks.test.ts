import { describe, expect, test } from "vitest";
import { describeFailure, failingChecks } from "../../src/nodes/health-checks.ts";
import { CHECK_TIMING, CONF_WITH_CHECKS } from "../support/conf-with-checks.ts";

describe("a check that fails says", () => {
  const check = { ...CHECK_TIMING, name: "c", script: "/c", timeoutSeconds: 2 };
  const result = (status: number | undefined, stderr = "", stdout = "", timedOut = false) =>
    describeFailure(check, { status, stdout, stderr, timedOut });

  test.each([
    ["nothing where the service is well", result(0, "noise"), undefined],
    ["its status and its last words", result(7, "one\ncurl: (7) no\n"), "fails: status 7, 'curl: (7) no'"],
    ["what it wrote where it wrote no error", result(1, "", "down\n"), "fails: status 1, 'down'"],
    ["that it said nothing", result(1), "fails: status 1, without a word"],
    ["that a program is missing", result(127, "sh: x: not found"), /status 127, a program is missing, 'sh: x/],
    ["that it hangs", result(undefined, "Command failed"), "hangs: it has not ended after its timeout of 2 s"],
    ["that it hangs, killed from outside", result(undefined, "", "", true), /^hangs/],
  ])("%s", (_, said, expected) => {
    if (expected instanceof RegExp) expect(said).toMatch(expected);
    else expect(said).toBe(expected);
  });
});

test("the checks of a node that fail are named with what they call", async () => {
  const files: Record<string, string> = {
    "/etc/keepalived/keepalived.conf": CONF_WITH_CHECKS,
    "/checks/2": "#!/bin/sh\ncurl x\n",
  };
  const asked: string[] = [];
  const failures = await failingChecks({
    read: (path) => files[path],
    exec: (command) => {
      asked.push(command.join(" "));
      const fails = command.includes("/checks/2");
      return Promise.resolve({ status: fails ? 7 : 0, stdout: "", stderr: "curl: (7) no", timedOut: false });
    },
  });
  expect(failures).toEqual(["the check 'curl x' (check_service_2) fails: status 7, 'curl: (7) no'"]);
  expect(asked).toEqual(["timeout -s KILL 3 /checks/1", "timeout -s KILL 5 /checks/2"]);
});
