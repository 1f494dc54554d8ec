import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { type NodeConf, renderNodeConf } from "../../constructs/render/node-conf";

const CONF: NodeConf = {
  packages: ["keepalived", "nodejs", "curl"],
  minKeepalivedVersion: "1.2.8",
  privateAddress: "10.0.1.11",
  virtualAddresses: ["10.0.1.100", "10.0.1.110"],
  checks: ["/usr/libexec/keepalived/check_service_1", "/usr/libexec/keepalived/check_service_2"],
};

test("says one thing a line, for a person to read as well", () => {
  expect(renderNodeConf(CONF)).toBe(`PACKAGES="keepalived nodejs curl"
MIN_KEEPALIVED=1.2.8
PRIVATE_ADDRESS=10.0.1.11
VIRTUAL_ADDRESSES="10.0.1.100 10.0.1.110"
CHECKS="/usr/libexec/keepalived/check_service_1 /usr/libexec/keepalived/check_service_2"
`);
});

test.each<[string, NodeConf]>([
  ["of several of each", CONF],
  ["of a pair without checks, which it does not name,", { ...CONF, checks: [] }],
])("the shell of a node reads lists %s item by item, and stops at no line", (_, conf) => {
  // `set -e` and `-u`: what the shell cannot read, or a variable that is not there, fails. Without checks there is no `CHECKS`.
  const script = `set -eu
${renderNodeConf(conf)}
for each in $PACKAGES; do echo "package $each"; done
echo "keepalived $MIN_KEEPALIVED"
echo "private $PRIVATE_ADDRESS"
for each in $VIRTUAL_ADDRESSES; do echo "virtual $each"; done
for each in ${conf.checks.length > 0 ? "$CHECKS" : "${CHECKS-}"}; do echo "check $each"; done`;
  const { status, stdout, stderr } = spawnSync("sh", { input: script, encoding: "utf8" });
  expect({ status, stderr, lines: stdout.trim().split("\n") }).toEqual({
    status: 0,
    stderr: "",
    lines: [
      ...conf.packages.map((each) => `package ${each}`),
      `keepalived ${conf.minKeepalivedVersion}`,
      `private ${conf.privateAddress}`,
      ...conf.virtualAddresses.map((each) => `virtual ${each}`),
      ...conf.checks.map((each) => `check ${each}`),
    ],
  });
});
