import { describe, expect, test } from "vitest";
import { HealthCheck, type KeepalivedPairProps } from "../../constructs";
import { programsOf, requireScript } from "../../constructs/pair/scripts";
import { configOf, synthPair } from "../helpers/pair";

test.each<[string, string[]]>([
  ["curl -fsS http://127.0.0.1/", ["curl"]],
  ["/usr/bin/curl -f x | jq .", ["curl", "jq"]],
  ["timeout -k 1 2 curl x && ! nc -z 127.0.0.1 80", ["curl", "nc"]],
  ["if pgrep -x nginx >/dev/null; then\n  wget -q x\nfi", ["pgrep", "wget", "fi"]],
  ['X=1 sudo -n true; echo "curl" # curl\n[ $(redis-cli ping) = PONG ]', ["echo", "redis-cli"]],
  ["sh -c 'curl x'", ["sh"]],
])("finds the programs of %j", (script, programs) => {
  expect(programsOf(script)).toEqual(expect.arrayContaining(programs));
  expect(programsOf("echo 'a; curl'")).not.toContain("curl");
});

test.each([
  ["line ends of Windows", "true\r\n", /must have the line ends of Unix, LF, and has CR/],
  [
    "another shell",
    "#!/bin/bash\n[[ 1 ]]",
    /must be a script for \/bin\/sh, and begins with the #! line of another program/,
  ],
  ["a byte order mark", "\ufefftrue", /begins with a byte order mark/],
  ["a control character", "true\x07", /has a control character/],
  ["nothing but blanks", " \n", /must not be empty/],
  ["nothing but a comment, which always succeeds", "# true", /must have a command, and has comments only/],
  [
    "a quote that nothing closes",
    "echo 'a",
    /that the shell can read, and has a quote \('\) in line 1 that nothing closes/,
  ],
])("refuses a script with %s", (_, script, message) => {
  expect(() => HealthCheck.command(script)).toThrow(message);
  expect(() => synthPair({ notifyCommands: [script] })).toThrow(message);
});

test("refuses notify commands by the one that opens the quote, and takes commands of several items", () => {
  const wrong = ["true\n# don't", "# now\nlogger 'now $1", "true"];
  expect(() => synthPair({ notifyCommands: wrong })).toThrow(
    /'notifyCommands\[1\]' must be .* in line 2 that nothing closes/,
  );
  const right = ["# tell the team", 'if [ "$1" = MASTER ]; then', "logger 'now", "MASTER'", "fi"];
  expect(() => synthPair({ notifyCommands: right })).not.toThrow();
});

test("never shows the password of a command whose quote is open", () => {
  expect(() => HealthCheck.command("mysqladmin -p'hunter2-is-long ping")).toThrow(
    /^(?!.*hunter2).*nothing closes, got a text of/,
  );
});

test("takes a script that says it is for /bin/sh, with tabs and text of any language", () => {
  expect(() => requireScript("healthCheck.command", "#!/bin/sh\n\tlogger 'é 中'")).not.toThrow();
});

describe("a program that the image may lack", () => {
  test.each<[string, Partial<KeepalivedPairProps>, RegExp]>([
    [
      "a check",
      { healthChecks: [HealthCheck.tcp(80), HealthCheck.command("curl -f http://127.0.0.1/")] },
      /Pair: 'healthChecks\[1\]' calls curl, which no package of the nodes brings.*: add curl to the check's packages/,
    ],
    [
      "a notification",
      { notifyCommands: ["wget -q http://10.0.1.9/"] },
      /Pair: 'notifyCommands\[0\]' calls wget.*: add wget to cloudConfig\.packages/,
    ],
  ])("is refused in %s", (_, props, message) => {
    expect(() => synthPair(props)).toThrow(message);
  });

  test.each<[string, Partial<KeepalivedPairProps>]>([
    ["the check's packages", { healthChecks: [HealthCheck.command("curl -f x", { packages: ["curl"] })] }],
    [
      "the cloud-config's packages",
      { healthChecks: [HealthCheck.command("mysqladmin ping")], cloudConfig: { packages: ["mariadb-server"] } },
    ],
    ["another check's packages", { healthChecks: [HealthCheck.http("http://127.0.0.1/")], notifyCommands: ["curl x"] }],
  ])("is taken with %s", (_, props) => {
    const { packages } = configOf(synthPair(props), "Primary");
    expect(packages.length).toBeGreaterThan(2);
  });
});
