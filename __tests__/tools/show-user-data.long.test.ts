import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { unpackedProgram } from "../../constructs/contract";
import { pairsOf } from "../../constructs/testing/index";
import { main, readableUserData } from "../../tools/show-user-data";
import { PROPS, synthPair } from "../helpers/pair";

const ROOT = join(__dirname, "../..");

describe("what a node's user data says", () => {
  const [pair] = pairsOf(
    synthPair({ ...PROPS, cloudConfig: { timezone: "UTC", packages: ["nginx"], runcmd: ["nginx -t && echo 'fine'"] } }),
  );
  if (pair === undefined) throw new Error("the stack has no pair");
  const { userData } = pair.primary;
  const shown = readableUserData(userData, false);

  test("has each file in full under its path and permissions, but for the code of pairctl", () => {
    for (const [path, { permissions = "0644", content }] of Object.entries(userData.files)) {
      if (path === "/usr/sbin/pairctl") continue;
      expect(shown).toContain(`==> ${path} (${permissions})\n${content.trimEnd()}\n\n`);
    }
    expect(shown).toContain("==> /etc/keepalived/keepalived.conf (0600)\nglobal_defs {\n");
  });

  test("has pairctl as one line with its version and its bytes, and its code on demand", () => {
    const code = unpackedProgram(userData.files["/usr/sbin/pairctl"]?.content ?? "") ?? "";
    const line = /^==> \/usr\/sbin\/pairctl \(0755\)\npairctl (\d+\.\d+\.\d+ [0-9a-f]{8}), ([\d,]+) bytes .*\n\n/.exec(
      shown,
    );
    expect(code).toContain(line?.[1]);
    expect(line?.[2]?.replace(",", "")).toBe(String(Buffer.byteLength(code)));
    expect(shown).not.toContain(code.trimEnd());
    expect(readableUserData(userData, true)).toContain(code.trimEnd());
  });

  test("has packages and commands in the order in which the node gets to them", () => {
    const titles = [...shown.matchAll(/^==> (?!\/)([^:\n]+)/gm)].map(([, title]) => title);
    expect(titles).toEqual(["packages", "bootcmd", "runcmd", "timezone"]);
    expect(shown).toContain("==> packages\nkeepalived\nnodejs\nnginx\n");
    expect(shown).toMatch(/\nnginx -t && echo 'fine'\nsystemctl daemon-reload\n/);
  });

  test("ends with its size", () => {
    const characters = userData.characters.toLocaleString("en-US");
    expect(shown.split("\n").at(-1)).toBe(`${characters} of the 16,384 characters that the cloud takes`);
  });
});

test("prints the user data of the node that is asked for, and nothing else", () => {
  const command = ["--no-deprecation", "--import", "tsx", "tools/show-user-data.ts", "secondary"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("    router_id web-pair-secondary\n");
  expect(stdout).not.toContain("router_id web-pair-primary");
});

describe("where there is nothing to print", () => {
  afterEach(() => {
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  /** The first line on stderr and the exit status; anything on stdout fails the test. */
  function refusal(args: readonly string[]) {
    const stdout = vi.spyOn(console, "log").mockReturnValue();
    const stderr = vi.spyOn(console, "error").mockReturnValue();
    main(args);
    expect(stdout).not.toHaveBeenCalled();
    return { status: process.exitCode, line: String(stderr.mock.calls[0]?.[0]).split("\n")[0] };
  }

  test.each([
    [["third"], "an argument must be one of primary, secondary, --all, --help, got 'third'"],
    [
      ["primary", "secondary"],
      "one node at most must be named, got 'primary secondary': run the command once for each",
    ],
  ])("refuses the arguments %j with a sentence and exit status 2", (args, line) => {
    expect(refusal(args)).toEqual({ status: 2, line });
  });

  test("refuses settings that cannot be used, by the file that PAIR_SETTINGS names, with exit status 1", () => {
    vi.stubEnv("PAIR_SETTINGS", "absent.yaml");
    expect(refusal([])).toEqual({ status: 1, line: "absent.yaml cannot be used:" });
  });
});
