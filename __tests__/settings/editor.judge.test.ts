import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Editor } from "../helpers/editor";

const SHIPPED = readFileSync(join(__dirname, "../../pair.yaml"), "utf8");

let editor: Editor;
beforeAll(async () => {
  editor = new Editor();
  await editor.start();
});
afterAll(() => editor.close());

/** pair.yaml with a line of it replaced. */
function withLine(before: string, after: string): string {
  expect(SHIPPED.split("\n"), "pair.yaml no longer has that line").toContain(before);
  return SHIPPED.replace(`\n${before}\n`, `\n${after}\n`);
}

/** What is underlined in a text, each with its line and what is said of it. */
async function underlined(text: string): Promise<string[]> {
  const { diagnostics } = await editor.open(text);
  const lines = text.split("\n");
  return diagnostics.map(({ range: { start, end }, message }) => {
    const marked = lines[start.line]?.slice(start.character, start.line === end.line ? end.character : undefined);
    return `${marked}: ${message}`;
  });
}

test("an editor underlines nothing in pair.yaml", async () => {
  expect(await underlined(SHIPPED)).toEqual([]);
});

describe("an editor underlines", () => {
  test.each([
    ["a key that nobody knows", "    port: 80,443", "    prot: 80,443", "prot"],
    [
      "a value that is none of the possible ones",
      "mechanism: secondary-private-ip",
      "mechanism: secondary",
      "secondary",
    ],
    ["a number beyond its limits", "  advertInt: 1", "  advertInt: 256", "256"],
    ["a text in the place of a number", "  priority: 100", "  priority: high", "high"],
  ])("%s", async (_, before, after, marked) => {
    expect(await underlined(withLine(before, after))).toEqual([expect.stringMatching(`^${marked}: .`)]);
  });

  test.each([
    ["an address", "vip: 10.0.1.100", "vip: 10.0.1", '10.0.1: write it such as "10.0.1.100"'],
    [
      "a zone",
      "  availabilityZone: ap-singapore-1",
      "  availabilityZone: ap-singapore",
      "ap-singapore: must be a zone, a region with a number: write it such as ap-singapore-1",
    ],
  ])("%s that is none, and says what one looks like", async (_, before, after, expected) => {
    expect(await underlined(withLine(before, after))).toEqual([expected]);
  });

  const CHECK = "healthCheck: { tcp: 80 }";
  test.each([
    ["healthChecks", "tags:", `${CHECK}\nhealthChecks: [{ tcp: 80 }]\ntags:`, "beside 'healthCheck'"],
    ["tcp", "tags:", "healthCheck: { http: http://127.0.0.1/, tcp: 80 }\ntags:", "beside 'http'"],
    ["imageId", "image: ubuntu-22.04", "image: ubuntu-22.04\nimageId: img-487zeit5", "beside 'image'"],
    ["haVipId", "vip: 10.0.1.100", "vip: 10.0.1.100\nhaVipId: havip-12345678", "with mechanism havip only"],
    ["vpcId", "  cidrBlock: 10.0.0.0/16", "  cidrBlock: 10.0.0.0/16\n  vpcId: vpc-12345678", "beside 'cidrBlock'"],
    [
      "subnetId",
      "  cidrBlock: 10.0.0.0/16",
      "  vpcId: vpc-12345678\n  vpcCidrBlock: 10.0.0.0/16\n  subnetId: subnet-12345678",
      "beside 'vpcCidrBlock'",
    ],
    [
      "bandwidthPackageId",
      "  bandwidthMbps: 10",
      "  bandwidthPackageId: bwp-12345678",
      "with chargeType BANDWIDTH_PACKAGE",
    ],
    ["ingress", "tags:", "securityGroup: { securityGroupId: sg-12345678 }\ntags:", "with a new security group only"],
    [
      "authPass",
      "  advertInt: 1",
      "  vrrpVersion: 3\n  minKeepalivedVersion: 2.2.7\n  authPass: { terraformVariable: password }",
      "with vrrpVersion 3",
    ],
    ["bucket", "  type: local", "  type: local\n  bucket: my-terraform-state-1250000000", "with type cos only"],
    [
      "path",
      "  type: local",
      "  type: cos\n  region: ap-singapore\n  bucket: state-1250000000\n  path: a",
      "with type local",
    ],
  ])("%s, the key itself, where another one excludes it, and says so", async (marked, before, after, why) => {
    const said = await underlined(withLine(before, after));
    expect(said).toEqual([expect.stringMatching(new RegExp(`^${marked}: (must be left out|goes) ${why}.*: .`))]);
  });

  test("a section that lacks one of several keys, and says which there are", async () => {
    const said = await underlined(withLine("tags:", "healthCheck: { fall: 2 }\ntags:"));
    expect(said).toEqual(["healthCheck: must have one of http, tcp, process, command"]);
  });

  test("the file's first letter for a key that it lacks, and says which", async () => {
    expect(await underlined(withLine("parkingIp: 10.0.1.101", ""))).toEqual(['n: Missing property "parkingIp".']);
  });

  test("nothing wrong in a file whose first line names no schema", async () => {
    const [, ...withoutTheFirst] = withLine("mechanism: secondary-private-ip", "mechanism: secondary").split("\n");
    expect(await underlined(withoutTheFirst.join("\n"))).toEqual([]);
  });
});

/** Opens a text in which `▮` is where somebody types, or points at. */
async function openAt(text: string): Promise<Parameters<Editor["complete"]>> {
  const before = text.slice(0, text.indexOf("▮")).split("\n");
  const { uri } = await editor.open(text.replace("▮", ""));
  return [uri, { line: before.length - 1, character: before.at(-1)?.length ?? 0 }];
}

test("an editor offers what a key can be", async () => {
  const offered = await editor.complete(...(await openAt(withLine("mechanism: secondary-private-ip", "mechanism: ▮"))));
  expect(offered.map(({ label }) => label).sort()).toEqual(["havip", "secondary-private-ip"]);
});

test("an editor offers the keys of a section that are not there yet, each with its description", async () => {
  const offered = await editor.complete(...(await openAt(withLine("  advertInt: 1", "  advertInt: 1\n  ▮"))));
  const labels = offered.map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(["authPass", "preemptDelaySeconds", "vrrpVersion"]));
  for (const other of ["advertInt", "virtualRouterId", "vip", "healthCheck"]) expect(labels).not.toContain(other);
  expect(offered.filter(({ documentation }) => !documentation)).toEqual([]);
});

test("an editor shows what a key means", async () => {
  const shown = await editor.hover(...(await openAt(withLine("  advertInt: 1", "  adv▮ertInt: 1"))));
  expect(shown).toContain("a dead node is found out after about 3.6 times as long");
});
