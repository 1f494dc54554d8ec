import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadPairSettings } from "../../settings/index";

const SHIPPED = join(__dirname, "..", "..", "pair.yaml");
const folder = mkdtempSync(join(tmpdir(), "settings-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The shipped file with one edit. */
function edited(search: string | RegExp, replacement: string): string {
  const text = readFileSync(SHIPPED, "utf8");
  const changed = text.replace(search, replacement);
  if (changed === text) throw new Error(`pair.yaml has no ${search}`);
  return written(changed);
}

function written(text: string): string {
  const file = join(folder, "pair.yaml");
  writeFileSync(file, text);
  return file;
}

test("the shipped file is right as it is", () => {
  expect(loadPairSettings(SHIPPED)).toMatchObject({ name: "web-pair", mechanism: "havip", vip: "10.0.1.100" });
});

test("takes an existing subnet, no public address, a port as a number, and a bucket for the state", () => {
  const file = edited(/\bcidrBlock: 10\.0\.0\.0\/16/, "vpcId: vpc-1\n  subnetId: subnet-1");
  expect(loadPairSettings(file).network).toMatchObject({ vpcId: "vpc-1", subnetId: "subnet-1" });
  expect(loadPairSettings(edited(/eip:\n.*\n/, ""))).not.toHaveProperty("eip");
  expect(loadPairSettings(edited("port: 80,443", "port: 80")).ingress?.[0]?.port).toBe("80");
  const cos = edited("type: local", "type: cos\n  region: r\n  bucket: b");
  expect(loadPairSettings(cos).backend).toEqual({ type: "cos", region: "r", bucket: "b" });
});

test("asks for the parking address only where the mechanism needs it", () => {
  expect(loadPairSettings(edited(/parkingIp: .*\n/, "")).mechanism).toBe("havip");
});

test.each<[string, string | RegExp, string, RegExp]>([
  ["an unknown key", "vip: 10", "vipp: 10", /'vipp' is no known key, got "10\.0\.1\.100": did you mean 'vip'\?/],
  ["the missing key beside it", "vip: 10", "vipp: 10", /'vip' is missing: add it/],
  ["an unknown nested key", "advertInt:", "advert_int:", /'keepalived\.advert_int' .*did you mean 'advertInt'\?/],
  ["an unknown key in a list", "port: 80", "ports: 80", /'ingress\[0\]\.ports' .*did you mean 'port'\?/],
  ["an unknown network key", "subnetCidrBlock:", "subnetCidr:", /'network\.subnetCidr' .*'subnetCidrBlock'/],
  ["a key that is like no other", "region:", "zzzzzzzzz: 1\nregion:", /'zzzzzzzzz' .*known keys are name, region/],
  ["a missing key", /imageId: .*\n/, "", /'imageId' is missing: add it \(a string\)/],
  ["a wrong type", "priority: 100", "priority: high", /'primary\.priority' must be a number, got "high"/],
  ["a wrong mechanism", "mechanism: havip", "mechanism: vrrp", /'mechanism' must be one of .*, got "vrrp"/],
  ["a wrong protocol", "protocol: TCP", "protocol: SCTP", /'ingress\[0\]\.protocol' must be one of TCP, UDP.*"SCTP"/],
  ["a wrong backend", "type: local", "type: s3", /'backend(\.type)?' .*"s3"/],
  ["an unknown backend key", "type: local", "type: cos\n  region: r\n  buckett: b", /'backend\.buckett' .*'bucket'/],
  ["an empty value", "region: ap-singapore\n", 'region: ""\n', /'region' must not be empty/],
  [
    "a name that is no stack's",
    "name: web-pair",
    "name: web pair",
    /'name' must be letters, digits and hyphens, got "web /,
  ],
  [
    "a subnet that is no network",
    /(subnetCidrBlock:) .*/,
    "$1 10.0.1.0",
    /'network\.subnetCidrBlock' must be a network/,
  ],
  ["a mapping without content", /eip:\n.*\n/, "eip:\n", /'eip' must be a mapping, got null/],
  ["one value where a list belongs", "keyIds: []", "keyIds: skey-1", /'keyIds' must be a list, got "skey-1"/],
  ["both kinds of network", "  subnetCidrBlock", "  vpcId: vpc-1\n  subnetCidrBlock", /'network' must have either/],
  ["neither kind of network", /\n {2}cidrBlock: 10.*/, "", /'network' must have either cidrBlock/],
  [
    "a missing parking address",
    /mechanism: havip([\s\S]*)parkingIp: .*\n/,
    "mechanism: secondary-private-ip$1",
    /'parkingIp' is missing: secondary-private-ip needs a second free address/,
  ],
])("refuses %s", (_, search, replacement, message) => {
  expect(() => loadPairSettings(edited(search, replacement))).toThrow(message);
});

test("refuses with every problem at once, each on a line of its own", () => {
  const file = edited(/vip: 10.*\n/, "vpi: 1\nnmae: 2\n");
  expect(() => loadPairSettings(file)).toThrow(/cannot be used:\n {2}'vip' .*\n {2}'vpi' .*\n {2}'nmae' /);
});

test("refuses a file that is missing, naming the variable that names another", () => {
  expect(() => loadPairSettings(join(folder, "none.yaml"))).toThrow(/none\.yaml.*ENOENT.*PAIR_SETTINGS/s);
});

test("refuses what is no YAML, with the line", () => {
  expect(() => loadPairSettings(written("name: [a\nregion: b"))).toThrow(/pair\.yaml cannot be used:.*line 2/s);
  expect(() => loadPairSettings(written("name: *nobody"))).toThrow(/pair\.yaml cannot be used:.*alias.*nobody/s);
  expect(() => loadPairSettings(written("name: &a [*a]"))).toThrow(/pair\.yaml cannot be used:.*circular/s);
  expect(() => loadPairSettings(written(""))).toThrow(/'name' is missing/);
  expect(() => loadPairSettings(written("- a"))).toThrow(/the file must be a mapping, got \["a"\]/);
});
