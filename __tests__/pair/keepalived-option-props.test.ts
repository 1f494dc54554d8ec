import { describe, expect, test } from "vitest";
import type { KeepalivedPairProps } from "../../constructs/index";
import { KEEPALIVED_OPTIONS, type KeepalivedOptions } from "../../constructs/render/keepalived-options";
import { confOf, configOf, privateIp, settingsOf, synthPair } from "../helpers/pair";

/** An allowed value of each option. */
const GIVEN: Required<KeepalivedOptions> = {
  downTimerAdverts: 3,
  vrrpStartupDelaySeconds: 2,
  vrrpPriority: -20,
  vrrpRtPriority: 50,
  vrrpRlimitRttimeMicroseconds: 100_000,
  vrrpNoSwap: true,
  garpMasterRepeat: 1,
  garpMasterRefreshRepeat: 1,
};

/** The version before one, as far as its last number that is not 0 says. */
function before(version: string): string {
  const numbers = version.split(".").map(Number);
  const last = numbers.findLastIndex((number) => number > 0);
  return numbers.map((number, index) => (index === last ? number - 1 : index > last ? 999 : number)).join(".");
}

const OPTIONS = Object.entries(KEEPALIVED_OPTIONS).map(([prop, row]) => {
  const own = { [prop]: GIVEN[prop as keyof KeepalivedOptions] };
  // The limit of a run time needs what it limits.
  const needed = prop === "vrrpRlimitRttimeMicroseconds" ? { vrrpRtPriority: 50 } : {};
  return { prop, value: own[prop], props: { ...own, ...needed }, ...row };
});

describe.each(OPTIONS)("$prop", ({ prop, value, props, keyword, since }) => {
  test(`is written for a keepalived that knows it, from ${since} on`, () => {
    const stack = synthPair({ ...props, minKeepalivedVersion: since });
    for (const role of ["Primary", "Secondary"] as const)
      expect(confOf(stack, role)).toMatch(new RegExp(`^ {4}${keyword}${value === true ? "" : ` ${value}`}$`, "m"));
    expect(configOf(stack, "Primary").files["/etc/pairctl/node.conf"]?.content).toContain(`MIN_KEEPALIVED=${since}\n`);
  });

  test("refuses an older one, and says from which version on", () => {
    const minKeepalivedVersion = before(since);
    expect(() => synthPair({ ...props, minKeepalivedVersion })).toThrow(
      new RegExp(
        `'${prop}' needs keepalived ${since} or later, and minKeepalivedVersion is ${minKeepalivedVersion}, got ${value}: ` +
          `set minKeepalivedVersion to "${since}" or later`,
      ),
    );
    expect(() => synthPair(props)).toThrow(/needs keepalived .* minKeepalivedVersion is 1\.2\.8/);
  });

  test("is not written where it is left out", () => {
    expect(confOf(synthPair({ minKeepalivedVersion: "2.4.3" }), "Primary")).not.toContain(keyword);
  });
});

test.each(OPTIONS.flatMap(({ limits, ...option }) => (limits ? [{ ...option, limits }] : [])))(
  "refuses a number below or above the limits of $prop",
  ({ prop, props, limits: [min, max] }) => {
    for (const wrong of [min - 1, max + 1, min + 0.5])
      expect(() => synthPair({ ...props, [prop]: wrong, minKeepalivedVersion: "2.4.3" })).toThrow(
        `'${prop}' must be an integer between ${min} and ${max}, got ${wrong}`,
      );
  },
);

test("a flag that is false is the same as none", () => {
  expect(confOf(synthPair({ vrrpNoSwap: false }), "Primary")).toBe(confOf(synthPair(), "Primary"));
});

const SUB_SECOND = { minKeepalivedVersion: "2.2.7", vrrpVersion: 3, advertInt: 0.2 } as const;

test("sub-second adverts are VRRP version 3, without a password, and only from the peer's address, on both nodes", () => {
  const stack = synthPair(SUB_SECOND);
  for (const role of ["Primary", "Secondary"] as const) {
    const conf = confOf(stack, role);
    for (const line of ["    version 3", "    advert_int 0.2", "    vrrp_check_unicast_src"])
      expect(conf.split("\n")).toContain(line);
    expect(conf).not.toMatch(/authentication|auth_/);
    expect(settingsOf(stack, role)).toMatchObject({ advertInt: 0.2 });
  }
});

test.each([2, 3] as const)("both nodes have the same VRRP version %d and interval", (vrrpVersion) => {
  const stack = synthPair({ vrrpVersion, minKeepalivedVersion: "2.2.7" });
  const linesOf = (role: "Primary" | "Secondary") => confOf(stack, role).match(/^ {4}(version|advert_int|auth).*$/gm);
  expect(linesOf("Primary")).toEqual(linesOf("Secondary"));
});

test.each<[string, Partial<KeepalivedPairProps>, string]>([
  ["what is no version", { minKeepalivedVersion: "2.2" }, "'minKeepalivedVersion' must be a version of three numbers"],
  ["a version with a letter", { minKeepalivedVersion: "v2.2.7" }, "'minKeepalivedVersion' must be a version of three"],
  ["a keepalived without unicast", { minKeepalivedVersion: "1.2.7" }, "'minKeepalivedVersion' must be 1.2.8 or later"],
  ["a token", { minKeepalivedVersion: "${TfToken[TOKEN.0]}" }, "'minKeepalivedVersion' must be known at synth"],
  ["VRRP version 1", { vrrpVersion: 1 as never }, "'vrrpVersion' must be 2 or 3, got 1"],
  ["version 3 for any keepalived", { vrrpVersion: 3 }, "'vrrpVersion' needs keepalived 2.0.10 or later"],
  ["sub-second adverts in version 2", { advertInt: 0.2 }, "'advertInt' must be an integer between 1 and 255, got 0.2"],
  ["adverts faster than a node is", { ...SUB_SECOND, advertInt: 0.09 }, "'advertInt' must be between 0.1 and 40"],
  ["more seconds than version 3 carries", { ...SUB_SECOND, advertInt: 41 }, "'advertInt' must be between 0.1 and 40"],
  ["a part of a hundredth", { ...SUB_SECOND, advertInt: 0.205 }, "'advertInt' must be between 0.1 and 40"],
  ["no number", { ...SUB_SECOND, advertInt: NaN }, "'advertInt' must be between 0.1 and 40"],
  ["a password in version 3", { ...SUB_SECOND, authPass: "s3cret" }, "'authPass' must be left out with vrrpVersion 3"],
  [
    "so many missing adverts that pairctl does not wait for the election",
    { advertInt: 1, downTimerAdverts: 4, minKeepalivedVersion: "2.2.7" },
    "'downTimerAdverts' must be 3 at most with advertInt 1, so that",
  ],
  [
    "the same with sub-second adverts",
    { ...SUB_SECOND, downTimerAdverts: 20 },
    "'downTimerAdverts' must be 19 at most with advertInt 0.2, so that",
  ],
  [
    "a limit of run time without the real-time priority that it limits",
    { minKeepalivedVersion: "2.2.7", vrrpRlimitRttimeMicroseconds: 100_000 },
    "'vrrpRlimitRttimeMicroseconds' must be left out without vrrpRtPriority",
  ],
  [
    "two priorities, of which keepalived ignores one",
    { minKeepalivedVersion: "2.2.7", vrrpPriority: -20, vrrpRtPriority: 50 },
    "'vrrpPriority' must be left out beside vrrpRtPriority",
  ],
])("refuses %s", (_, props, message) => {
  expect(() => synthPair(props)).toThrow(message);
});

test("a refused password is not shown", () => {
  expect(() => synthPair({ ...SUB_SECOND, authPass: "s3cret" })).not.toThrow(/s3cret/);
});

test.each([0.1, 0.29, 0.57, 0.99, 1.5, 40])("takes an interval of %d s as it is written", (advertInt) => {
  expect(confOf(synthPair({ ...SUB_SECOND, advertInt }), "Primary")).toContain(`    advert_int ${advertInt}\n`);
});

test("the user data has room for every option at once", () => {
  const { vrrpPriority: _, ...options } = GIVEN;
  const stack = synthPair({ ...SUB_SECOND, ...options, downTimerAdverts: 19 }, privateIp);
  expect(confOf(stack, "Primary")).toContain("down_timer_adverts 19");
});
