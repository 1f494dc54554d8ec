import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Document, parse } from "yaml";
import { loadPairSettings } from "../../settings/index";

const folder = mkdtempSync(join(tmpdir(), "wrong-values-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SHIPPED = readFileSync(join(__dirname, "..", "..", "pair.yaml"), "utf8");

/** A file with every key that there is. */
const FULL = {
  ...(parse(SHIPPED) as object),
  mechanism: "secondary-private-ip",
  keyIds: ["skey-12345678"],
  ingress: [{ protocol: "TCP", port: "80", cidrBlock: "0.0.0.0/0", description: "web" }],
  keepalived: {
    minKeepalivedVersion: "2.2.7",
    vrrpVersion: 2,
    virtualRouterId: 51,
    advertInt: 1,
    authPass: "s3cret",
    downTimerAdverts: 3,
    vrrpStartupDelaySeconds: 2,
    vrrpRtPriority: 50,
    vrrpRlimitRttimeMicroseconds: 100_000,
    vrrpNoSwap: true,
    garpMasterRepeat: 1,
    garpMasterRefreshRepeat: 1,
  },
  healthCheck: { command: "true", packages: ["curl"], intervalSeconds: 2, timeoutSeconds: 2, fall: 2, rise: 2 },
  pairctl: {
    settleMs: 25,
    deadlineMs: 10_000,
    allowForeign: false,
    apiEndpoints: ["https://vpc.tencentcloudapi.com"],
    metadataEndpoint: "http://metadata.tencentyun.com",
  },
  backend: { type: "cos", region: "ap-singapore", bucket: "state-1250000000", prefix: "web" },
};

const SECRET = "hunter2";

/** Values that no key of the file takes. */
const WRONG: Readonly<Record<string, unknown>> = {
  null: null,
  "a section as a text": `authPass: ${SECRET}`,
  "a list of a section": [{ authPass: SECRET }],
  "a list of lists": [[SECRET]],
  "a negative number": -1,
  "not a number": Number.NaN,
  "a number without an end": Number.POSITIVE_INFINITY,
};

/** The same where the key holds no free text, which may be anything but that. */
const WRONG_BUT_FOR_TEXTS: Readonly<Record<string, unknown>> = {
  "an empty text": "",
  "a text with blanks around it": " 10.0.1.50 ",
  "a control character": "a\u0001b",
  "a very long text": "x".repeat(5000),
  "a placeholder": "${X}",
};

type Path = readonly (string | number)[];

const nameOf = (path: Path) =>
  path.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${part}`)).join("");

function pathsOf(value: unknown, path: Path = []): Path[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== "object" || value === null) return own;
  const below = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...own, ...below];
}

/** What a file says that has one value replaced, line by line; nothing where it is taken. */
function refusals(text: string): string[] {
  const file = join(folder, "pair.yaml");
  writeFileSync(file, text);
  try {
    loadPairSettings(file);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ name: "SettingsError" });
    const [head, ...lines] = (error as Error).message.split("\n");
    expect(head).toBe(`${file} cannot be used:`);
    return lines;
  }
}

function withValue(path: Path, value: unknown): string {
  const document = new Document(structuredClone(FULL));
  document.setIn(path, document.createNode(value));
  return document.toString();
}

/** Texts that a user writes for people or for the shell. */
const isFreeText = (name: string) =>
  /^(tags\.|healthCheck\.command$|healthCheck\.packages\[|ingress\[0\]\.description$|keepalived\.authPass$|backend\.prefix$)/.test(
    name,
  );

test("the full file is right", () => {
  expect(refusals(new Document(FULL).toString())).toEqual([]);
});

describe("refuses a wrong value, with line, key, value and remedy, and no secret", () => {
  test.each(pathsOf(FULL).map((path) => [nameOf(path), path] as const))("of %s", (name, path) => {
    const wrong = { ...WRONG, ...(isFreeText(name) ? {} : WRONG_BUT_FOR_TEXTS) };
    for (const [kind, value] of Object.entries(wrong)) {
      const said = refusals(withValue(path, value));
      const what = `${name}: ${kind}\n${said.join("\n")}`;
      const own = said.filter((line) => line.includes(`'${name}'`) || line.includes(`'${name}[`));
      // A description, a tag or a command may read like a section, too.
      if (typeof value === "string" && isFreeText(name) && said.length === 0) continue;
      expect(own, what).not.toEqual([]);
      for (const line of said) {
        expect(line, what).toMatch(/^ {2}line \d+: '[^']+' .+: \S.{3,}$/);
        // A remedy says what to write; where all is said, one need not look somewhere else.
        expect(line, what).not.toMatch(/see the comments|change its type|hunter2/);
        expect(line.length, what).toBeLessThan(500);
      }
      const keys = said.map((line) => /'([^']+)'/.exec(line)?.[1]);
      expect(new Set(keys).size, `${what}\nsays a key twice`).toBe(keys.length);
    }
  });
});

describe("shows nothing of a file that is no mapping, or of a line that is no YAML", () => {
  test.each([
    `authPass ${SECRET}`,
    `"authPass: ${SECRET}"`,
    `- authPass: ${SECRET}`,
    `- - ${SECRET}`,
    `--- ${SECRET}`,
    ...["*", "!", "!!", "@", "%", "`", "|", ">", "|+", "]", "}", "[", "{", "- ", "'", '"', '"\\', '"\\x', "x: "].map(
      (odd) => `keepalived:\n  authPass: ${odd}${SECRET}`,
    ),
    `keepalived:\n  <<: *${SECRET}`,
    `keepalived:\n  authPass: a\n  authPass: ${SECRET}`,
    `keepalived:\n  authPass: \${${SECRET}}`,
    `keepalived:\n  {authPass: ${SECRET}}: 1`,
    `keepalived:\n\tauthPass: ${SECRET}`,
    `keepalived:\n  authPass: a\n virtualRouterId: ${SECRET}`,
  ])("%j", (text) => {
    const said = refusals(text);
    expect(said.join("\n")).not.toContain(SECRET);
    for (const line of said) expect(line).toMatch(/^ {2}(line \d+: |the file |'\w+' is missing: ).*\S/);
    expect(said).not.toEqual([]);
  });
});

test("a broken line is told once, and not with all that the parser stumbles over behind it", () => {
  const said = refusals(SHIPPED.replace("vip: 10.0.1.100", "vip: ]10.0.1.100"));
  expect(said).toEqual([expect.stringMatching(/^ {2}line 24: is no YAML: write 'key: value'/)]);
});

test("each key that is there twice is named", () => {
  expect(refusals("name: a\nname: b\nregion: c\nregion: d\n")).toEqual([
    "  line 2: 'name' is there twice: take one of the two out",
    "  line 4: 'region' is there twice: take one of the two out",
  ]);
});

test("a wrong section does not hide what is wrong in the others", () => {
  const text = SHIPPED.replace("subnetCidrBlock: 10.0.1.0/24", "subnetCidrBlock: 10.0.1.5/24")
    .replace("bandwidthMbps: 10", "bandwidthMbps: ten")
    .replace("privateIp: 10.0.1.12", "privateIp:")
    .replace("cidrBlock: 0.0.0.0/0", "cidrBlock: everywhere")
    .replace("virtualRouterId: 51", "virtualRouterId: 300")
    .replace("managed-by: cdktf-tencentcloud-keepalived", "managed-by: ''")
    .replace("type: local", "type: s3");
  expect(refusals(text).map((line) => /'(.*?)'/.exec(line)?.[1])).toEqual([
    "network.subnetCidrBlock",
    "eip.bandwidthMbps",
    "secondary.privateIp",
    "ingress[0].cidrBlock",
    "keepalived.virtualRouterId",
    "tags.managed-by",
    "backend.type",
  ]);
});

/** The shipped file with one edit. */
function edited(search: string | RegExp, replacement: string): string {
  const changed = SHIPPED.replace(search, () => replacement);
  expect(changed).not.toBe(SHIPPED);
  return changed;
}

const inBucket = (lines: string) => edited("  type: local", `  type: cos\n${lines}`);
const network = (lines: string) => edited("  cidrBlock: 10.0.0.0/16", lines);

test.each<[string, string, RegExp]>([
  [
    "a parking address that the mechanism does not need, and that is none",
    edited("parkingIp: 10.0.1.101", "parkingIp: banana"),
    /'parkingIp' must be a free address of the subnet, .*"banana"/,
  ],
  [
    "a parking address that is the VIP",
    edited("parkingIp: 10.0.1.101", "parkingIp: 10.0.1.100"),
    /'parkingIp' must differ from 'vip'/,
  ],
  [
    "a bandwidth in one line with its section",
    edited(/eip:\n.*\n/, "eip: {bandwidthMbps: -1}\n"),
    /line 31: 'eip\.bandwidthMbps' must be an integer between 1 and 100, got -1/,
  ],
  ["a backend that is none", edited("type: local", "type: s3"), /'backend\.type' must be one of local, cos, got "s3"/],
  ["a backend without its type", edited("type: local", "bucket: b"), /'backend\.type' is missing: add it \(one of/],
  ["a port in a list", edited("port: 80,443", "port: [80]"), /'ingress\[0\]\.port' must be a port.*: write 80, 80,443/],
  [
    "half a port",
    edited("port: 80,443", "port: 80.5"),
    /'ingress\[0\]\.port' must be a port.*80\.5.*: write 80, 80,443/,
  ],
  ["a tag without a name", edited("managed-by:", '"":'), /'tags' must have 1 to 127 characters as the name of a tag/],
  ["a tag that the cloud keeps for itself", edited("managed-by:", '"qcs:x":'), /'tags' must not have .*"qcs:x"/],
  ["a tag that JavaScript would lose", edited("managed-by:", "__proto__:"), /line \d+: '__proto__' cannot be a key/],
  [
    "half of a character",
    edited("managed-by:", '"x\\ud800":'),
    /:\n {2}line \d+: holds half of a surrogate pair: write the whole/,
  ],
  ["an empty name", edited("name: web-pair", 'name: ""'), /:\n {2}line 5: 'name' must not be empty, got ""[^\n]*$/],
  ["a VPC without a subnet", network("  vpcId: vpc-1"), /'network' must have either .*, got vpcId: add subnetId/],
  ["a subnet without a VPC", network("  subnetId: subnet-1"), /'network' must have .*, got subnetId: add vpcId/],
  [
    "an address of a subnet for the subnet",
    edited("subnetCidrBlock: 10.0.1.0/24", "subnetCidrBlock: 10.0.1.5/24"),
    /'network\.subnetCidrBlock' must be an IPv4 network .*, which is 10\.0\.1\.0\/24 here/,
  ],
  [
    "a zone as a bucket's region",
    inBucket("  region: ap-singapore-1\n  bucket: b-1250000000"),
    /'backend\.region' must be a region, .*"ap-singapore-1"/,
  ],
  [
    "a bucket without the account's number",
    inBucket("  region: ap-singapore\n  bucket: b"),
    /'backend\.bucket' must be .*APPID.*"b"/,
  ],
  [
    "a placeholder for a bucket, once",
    inBucket("  region: ap-singapore\n  bucket: ${X}"),
    /:\n {2}line \d+: 'backend\.bucket' has \$\{X\} in it[^\n]*$/,
  ],
  [
    "a prefix that Terraform refuses",
    inBucket("  region: ap-singapore\n  bucket: b-1250000000\n  prefix: /a"),
    /'backend\.prefix' must be a folder's name/,
  ],
  ["a word that keepalived is not told", edited("# authPass: s3cret", "authPass: !x y"), /line \d+: has a tag \(!\)/],
])("refuses %s", (_, text, message) => {
  expect(`:\n${refusals(text).join("\n")}`).toMatch(message);
});
