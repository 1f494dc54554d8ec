import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Document } from "yaml";
import { loadPairSettings } from "../../settings/index";
import { FULL_SETTINGS, type Path, pathsOf } from "../helpers/full-settings";
import { SECRET, WRONG, WRONG_BUT_FOR_TEXTS } from "../helpers/wrong-settings";

const folder = mkdtempSync(join(tmpdir(), "wrong-values-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SHIPPED = readFileSync(join(__dirname, "..", "..", "pair.yaml"), "utf8");

const nameOf = (path: Path) =>
  path.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${part}`)).join("");

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

function withValue(settings: object, path: Path, value: unknown): string {
  const document = new Document(structuredClone(settings));
  document.setIn(path, document.createNode(value));
  return document.toString();
}

/** Texts that a user writes for people, for the shell or for another program. */
const FREE_TEXT = new RegExp(
  [
    ...[
      "(^|\\.)tags\\.",
      "\\.name$",
      "\\.command$",
      "\\.description$",
      "^imageNameRegex$",
      "^backend\\.(path|workspaceDir|prefix|key|endpoint|domain)$",
    ],
    ...["^keepalived\\.(notifyCommands|extraKeepalivedConf)", "\\.packages\\[", "^cloudConfig"],
  ].join("|"),
);
const isFreeText = (name: string) => FREE_TEXT.test(name);
/** What cloud-init makes of it is cloud-init's to say. */
const isForCloudInit = (name: string) => name.startsWith("cloudConfig.");

describe.each(Object.entries(FULL_SETTINGS))("with %s", (_, full) => {
  test("the full file is right", () => {
    expect(refusals(new Document(full).toString())).toEqual([]);
  });

  const paths = pathsOf(full).filter((path) => !isForCloudInit(nameOf(path)));
  test.each(paths.map((path) => [nameOf(path), path] as const))(
    "refuses a wrong value of %s, with line, key, value and remedy, and no secret",
    (name, path) => {
      const wrong = { ...WRONG, ...(isFreeText(name) ? {} : WRONG_BUT_FOR_TEXTS) };
      for (const [kind, value] of Object.entries(wrong)) {
        const said = refusals(withValue(full, path, value));
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
    },
  );
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
  expect(said).toEqual([expect.stringMatching(/^ {2}line 31: is no YAML: write 'key: value'/)]);
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
    /line 42: 'eip\.bandwidthMbps' must be an integer between 1 and 100, got -1/,
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
  ["an empty name", edited("name: web-pair", 'name: ""'), /:\n {2}line 7: 'name' must not be empty, got ""[^\n]*$/],
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
  [
    "a word that keepalived is not told",
    edited("keepalived:\n", "keepalived:\n  authPass: !x y\n"),
    /line \d+: has a tag \(!\)/,
  ],
])("refuses %s", (_, text, message) => {
  expect(`:\n${refusals(text).join("\n")}`).toMatch(message);
});
