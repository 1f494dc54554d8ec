import { expect, test } from "vitest";
import { parseSettings, SETTINGS_ROWS, TUNING_ROWS } from "../../src/contract/index.ts";

const WRITTEN = {
  mechanism: "secondary-private-ip",
  region: "ap-singapore",
  vpcId: "vpc-1",
  privateIp: "10.0.1.11",
  priority: 100,
  peerIp: "10.0.1.12",
  peerPriority: 80,
  advertInt: 1,
  virtualIps: [{ vip: "10.0.1.100" }],
};

test("has the defaults of what the file leaves out", () => {
  const settings = parseSettings(JSON.stringify(WRITTEN));
  expect(settings).toMatchObject({ ...WRITTEN, settleMs: TUNING_ROWS.settleMs.default, allowForeign: false });
});

test("refuses an empty object by the name of every key that has no default", () => {
  const required = Object.entries(SETTINGS_ROWS).filter(([, rule]) => !("default" in rule) && !("optional" in rule));
  expect(() => parseSettings("{}")).toThrow(required.map(([key]) => `'${key}' is missing`).join("; "));
});

test("refuses a file that is missing or empty", () => {
  expect(() => parseSettings(undefined)).toThrow("missing or empty");
  expect(() => parseSettings("")).toThrow("missing or empty");
});

test("refuses a key of an older version, which has no effect any more", () => {
  const written = JSON.stringify({ ...WRITTEN, handOverMs: 5000 });
  expect(() => parseSettings(written)).toThrow("'handOverMs' is unknown: take it out");
});
