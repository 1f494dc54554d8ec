import { describe, expect, test } from "vitest";
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

const WHOLE = {
  ...WRITTEN,
  roleName: "pair-hook",
  httpsProxy: "http://10.0.1.5:3128",
  apiEndpoints: ["https://vpc.tencentcloudapi.com"],
  metadataEndpoint: "http://metadata.tencentyun.com",
  allowForeign: false,
  settleMs: 25,
  deadlineMs: 10_000,
};
const ADDRESS = { vip: "10.0.1.100", parkingIp: "10.0.1.101", eipId: "eip-1" };
const kindOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

describe.each([null, [], [[]], [null], {}, { vip: null }, "", "NaN", 7, true])("the value %j", (wrong) => {
  /** Whether a value is of a kind that is allowed there, so that something within it is to be refused, if anything. */
  const isRefusedItself = (right: unknown) => wrong === "" || kindOf(wrong) !== kindOf(right);
  const refusal = (settings: object) => {
    try {
      parseSettings(JSON.stringify(settings));
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  test.each(Object.entries(WHOLE).filter(([, right]) => isRefusedItself(right)))(
    "is refused for the key %s, which is named with the value",
    (key) => {
      expect(refusal({ ...WHOLE, [key]: wrong })).toBe(`'${key}' must not be ${JSON.stringify(wrong)}`);
    },
  );

  test.each(Object.entries(ADDRESS).filter(([, right]) => isRefusedItself(right)))(
    "is refused for an address's %s, which is named with the value",
    (key) => {
      const virtualIps = [ADDRESS, { ...ADDRESS, [key]: wrong }];
      expect(refusal({ ...WHOLE, virtualIps })).toBe(`'virtualIps.1.${key}' must not be ${JSON.stringify(wrong)}`);
    },
  );

  test("is refused in the place of an address", () => {
    const expected = isRefusedItself(ADDRESS)
      ? `'virtualIps.1' must not be ${JSON.stringify(wrong)}`
      : `'virtualIps.1.vip' ${JSON.stringify(wrong) === "{}" ? "is missing" : "must not be null"}`;
    expect(refusal({ ...WHOLE, virtualIps: [ADDRESS, wrong] })).toBe(expected);
  });

  test("is refused under a name that every object has", () => {
    for (const key of ["constructor", "toString"]) {
      expect(refusal({ ...WHOLE, [key]: wrong })).toContain(`'${key}' `);
    }
  });
});

test("refuses a file that is missing or empty", () => {
  expect(() => parseSettings(undefined)).toThrow("missing or empty");
  expect(() => parseSettings("")).toThrow("missing or empty");
});

test("refuses a key of an older version, which has no effect any more", () => {
  const written = JSON.stringify({ ...WRITTEN, handOverMs: 5000 });
  expect(() => parseSettings(written)).toThrow("'handOverMs' is unknown: take it out");
});
