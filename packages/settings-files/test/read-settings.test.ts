import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadPairSettings } from "../../../settings";
import { explainSettings } from "../../../settings/explain";
import { readSettings } from "../src/read-settings";

const folder = mkdtempSync(join(tmpdir(), "read-settings-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SHIPPED = join(__dirname, "../../../pair.yaml");

function written(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const over = (content: string) => `${SHIPPED},${written("prod.yaml", content)}`;

describe("a file overlays those before it:", () => {
  test("sections are merged, values and lists replaced, and null takes a key out", () => {
    const settings = loadPairSettings(
      over(
        "vip: 10.0.1.50\neip: null\nprimary: { priority: 90 }\ningress: [{ protocol: ICMP, cidrBlock: 10.0.0.0/8 }]\n",
      ),
    );
    expect(settings).toMatchObject({ vip: "10.0.1.50", primary: { privateIp: "10.0.1.11", priority: 90 } });
    expect(settings).not.toHaveProperty("eip");
    expect(settings.ingress).toEqual([{ protocol: "ICMP", cidrBlock: "10.0.0.0/8" }]);
  });

  test("each error names the file and line that its value comes from", () => {
    const list = over("name: web-prod\nvip: 10.0.9.9\nparkingIp: null\nkeepalived:\n  virtualRouterId: 300\n");
    expect(() => loadPairSettings(list)).toThrow(
      /prod\.yaml, line 2: 'vip' must .*\n {2}.*prod\.yaml, line 3: 'parkingIp' is missing.*\n {2}.*prod\.yaml, line 5: 'keepalived\.virtualRouterId'/,
    );
    expect(() => loadPairSettings(over("secondary: { priority: 200 }\nregion: null\n"))).toThrow(
      /prod\.yaml, line 1: 'secondary\.priority'[^]*prod\.yaml, line 2: 'region' is missing/,
    );
  });

  test.each([
    ["misspelled", "eipp: null\n", /line 1: 'eipp' is an unknown key: did you mean 'eip'/],
    ["misspelled in a section", "keepalived:\n  authPas: null\n", /line 2: 'keepalived\.authPas' is an unknown key/],
  ])("refuses to take out a key that is %s", (_, text, message) => {
    expect(() => loadPairSettings(over(text))).toThrow(message);
  });

  test("an error in the YAML of an overlay names the overlay", () => {
    expect(() => loadPairSettings(over("name: [a\n"))).toThrow(/prod\.yaml cannot be used:\n {2}line \d+/);
  });

  test("refuses a list of no files", () => {
    expect(() => readSettings(" , ")).toThrow(/no file is named/);
  });
});

test("merge keys, aliases and keys that begin with x- work, and errors find the line of a merged key", () => {
  const text = readFileSync(SHIPPED, "utf8")
    .replace(/^name: /m, "x-node: &node\n  priority: 80\n  hostname: web-x\nname: ")
    .replace("  priority: 80\n\n", "  <<: *node\n\n");
  const file = written("merged.yaml", text);
  expect(loadPairSettings(file)).toMatchObject({ secondary: { priority: 80, hostname: "web-x" } });
  expect(loadPairSettings(file)).not.toHaveProperty("x-node");
  const line = text.split("\n").findIndex((each) => each.includes("priority: 80")) + 1;
  expect(() => loadPairSettings(written("wrong.yaml", text.replace("priority: 80", "priority: high")))).toThrow(
    new RegExp(`line ${line}: 'secondary\\.priority' must be a number`),
  );
});

test("a secret comes from the environment, and stands in neither the file nor the explanation", () => {
  const list = over("keepalived:\n  authPass: { terraformVariable: vrrp_password }\n");
  const keys = explainSettings(list, { TF_VAR_vrrp_password: "hunter2" });
  const find = (name: string) => keys.find(({ key }) => key === name);
  expect(find("keepalived.authPass")).toMatchObject({ value: "(secret)", from: expect.stringContaining("(set)") });
  expect(JSON.stringify(keys)).not.toContain("hunter2");
  expect(find("vip")).toMatchObject({ value: '"10.0.1.100"', from: expect.stringMatching(/pair\.yaml:\d+$/) });
  expect(find("pairctl")).toMatchObject({ from: "default" });
  expect(find("keepalived.advertInt")).toMatchObject({ value: "1", unit: "s" });
});

const VIP = "name: a\nvip: 10.0.1.100\n";
const bomb = (depth: number) =>
  Array.from(
    { length: depth },
    (_, level) =>
      `x-${level}: &a${level} [${Array(9)
        .fill(level === 0 ? "1" : `*a${level - 1}`)
        .join(", ")}]`,
  ).join("\n");

describe("refuses what is no settings file, in one clear line:", () => {
  test.each<[string, string | Buffer, RegExp]>([
    ["two documents", `${VIP}---\n${VIP}`, /line \d+: begins another of several documents/],
    ["UTF-16, little-endian, with a BOM", Buffer.from(`\ufeff${VIP}`, "utf16le"), /must be text in UTF-8/],
    ["UTF-16 without a BOM", Buffer.from(VIP, "utf16le"), /must be text in UTF-8/],
    ["UTF-16, big-endian", Buffer.from(`\ufeff${VIP}`, "utf16le").swap16(), /must be text in UTF-8/],
    ["UTF-16 without a character of ASCII", Buffer.from("\ufeff名前", "utf16le"), /must be text in UTF-8/],
    ["Latin-1", Buffer.from("name: caf\xe9\n", "latin1"), /bytes of another encoding/],
    ["NUL bytes", "name: a\u0000b\n", /NUL bytes/],
    ["a tab for indentation", "network:\n\tvpcId: a\n", /line 2: .*(indented|no tab)/],
    ["a key twice", `${VIP}name: b\n`, /line 3: 'name' is there twice/],
    ["an alias of an anchor that is not there", "name: *nobody\n", /line 1: .*anchor that is not there/],
    ["an empty file", "", /the file is empty/],
    ["a file with comments only", "# name: a\n", /the file is empty, or has comments only/],
    ["a list at the top", "- name: a\n", /must be a mapping, got a list of 1/],
    ["one text", "authPass hunter2\n", /must be a mapping, got one string that is not shown/],
    ["a bomb of aliases", `${bomb(12)}\nname: a\n`, /an alias .* cannot be followed: .*: write it out/],
    ["an alias of what it is in", "name: &a [*a]\n", /an alias .* cannot be followed/],
    ["a huge file", `#${"x".repeat(1_000_001)}\n`, /has 1000003 bytes, and settings have 1000000 at most/],
  ])("%s", (_, content, message) => {
    const file = written("bad.yaml", content);
    let said = "";
    try {
      loadPairSettings(file);
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toMatch(message);
    expect(said.split("\n")).toHaveLength(2);
    expect(said).not.toContain("hunter2");
  });

  test("a folder, and a file that is not there", () => {
    expect(() => loadPairSettings(folder)).toThrow(/EISDIR.*--settings/);
    expect(() => loadPairSettings(join(folder, "absent.yaml"))).toThrow(/there is no such file.*PAIR_SETTINGS/);
  });
});

test("takes UTF-8 with a BOM, and the line ends of Windows", () => {
  const text = readFileSync(SHIPPED, "utf8");
  expect(loadPairSettings(written("bom.yaml", `\ufeff${text}`)).name).toBe("web-pair");
  expect(loadPairSettings(written("crlf.yaml", text.replaceAll("\n", "\r\n"))).name).toBe("web-pair");
});
