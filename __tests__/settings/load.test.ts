import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadPairSettings } from "../../settings/index";
import { healthCheckOf } from "../../settings/sections/health-check";

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
  expect(loadPairSettings(SHIPPED)).toMatchObject({
    name: "web-pair",
    mechanism: "secondary-private-ip",
    image: "ubuntu-22.04",
    vip: "10.0.1.100",
  });
});

test("takes an existing subnet, no public address, a port as a number, and a bucket for the state", () => {
  const file = edited(/\bcidrBlock: 10\.0\.0\.0\/16/, "vpcId: vpc-1\n  subnetId: subnet-1");
  expect(loadPairSettings(file).network).toMatchObject({ vpcId: "vpc-1", subnetId: "subnet-1" });
  expect(loadPairSettings(edited(/eip:\n.*\n/, ""))).not.toHaveProperty("eip");
  expect(loadPairSettings(edited("port: 80,443", "port: 80")).ingress?.[0]?.port).toBe(80);
  const cos = edited("type: local", "type: cos\n  region: ap-singapore\n  bucket: b-1250000000");
  expect(loadPairSettings(cos).backend).toEqual({ type: "cos", region: "ap-singapore", bucket: "b-1250000000" });
});

test("asks for the parking address only where the mechanism needs it", () => {
  const file = edited(/mechanism: .*\n([\s\S]*)parkingIp: .*\n/, "mechanism: havip\n$1");
  expect(loadPairSettings(file).mechanism).toBe("havip");
});

test.each<[string, string | RegExp, string, RegExp]>([
  ["an unknown key", "vip: 10", "vipp: 10", /'vipp' is an unknown key: did you mean 'vip'\?/],
  ["the missing key beside it", "vip: 10", "vipp: 10", /'vip' is missing: add it/],
  ["an unknown nested key", "advertInt:", "advert_int:", /'keepalived\.advert_int' .*did you mean 'advertInt'\?/],
  ["an unknown key in a list", "port: 80", "ports: 80", /'ingress\[0\]\.ports' .*did you mean 'port'\?/],
  ["an unknown network key", "subnetCidrBlock:", "subnetCidr:", /'network\.subnetCidr' .*'subnetCidrBlock'/],
  ["a key that is like no other", "region:", "zzzzzzzzz: 1\nregion:", /'zzzzzzzzz' .*known names are name, region/],
  ["a missing key", /^name: .*\n/m, "", /'name' is missing: add it \(a string\)/],
  ["no image", /^image: .*\n/m, "", /'image' is missing: add it \(such as ubuntu-24\.04\), or imageId/],
  [
    "two images",
    /^image: /m,
    "imageId: img-487zeit5\nimage: ",
    /'image' and 'imageId' and .* exclude each other.*got "ubuntu-22\.04"/,
  ],
  ["a wrong type", "priority: 100", "priority: high", /'primary\.priority' must be a number, got "high"/],
  [
    "a wrong mechanism",
    "mechanism: secondary-private-ip",
    "mechanism: vrrp",
    /'mechanism' must be one of .*, got "vrrp"/,
  ],
  ["a wrong protocol", "protocol: TCP", "protocol: SCTP", /'ingress\[0\]\.protocol' must be one of TCP, UDP.*"SCTP"/],
  ["a wrong backend", "type: local", "type: s3", /'backend(\.type)?' .*"s3"/],
  ["an unknown backend key", "type: local", "type: cos\n  region: r\n  buckett: b", /'backend\.buckett' .*'bucket'/],
  ["an empty value", "region: ap-singapore\n", 'region: ""\n', /'region' must not be empty/],
  [
    "a name that is no stack's",
    "name: web-pair",
    "name: web pair",
    /'name' must be a host name: .*letters, digits and single hyphens.*, got "web /,
  ],
  [
    "a subnet that is no network",
    /(subnetCidrBlock:) .*/,
    "$1 10.0.1.0",
    /'network\.subnetCidrBlock' must be an IPv4 network/,
  ],
  [
    "a mapping without content",
    /eip:\n.*\n/,
    "eip:\n",
    /'eip' must be a mapping, got null: write its keys below it, indented: .*bandwidthMbps/,
  ],
  ["one value where a list belongs", "keyIds: []", "keyIds: skey-1", /'keyIds' must be a list, got "skey-1"/],
  ["both kinds of network", "  subnetCidrBlock", "  vpcId: vpc-1\n  subnetCidrBlock", /'network' must have either/],
  ["neither kind of network", /\n {2}cidrBlock: 10.*/, "", /'network' must have either cidrBlock/],
  [
    "a missing parking address",
    /parkingIp: .*\n/,
    "",
    /'parkingIp' is missing: secondary-private-ip needs a second free address/,
  ],
])("refuses %s", (_, search, replacement, message) => {
  expect(() => loadPairSettings(edited(search, replacement))).toThrow(message);
});

test("refuses with every problem at once, each on a line of its own", () => {
  const file = edited(/vip: 10.*\n/, "vpi: 1\nnmae: 2\n");
  expect(() => loadPairSettings(file)).toThrow(
    /cannot be used:\n {2}'vip' .*\n {2}line \d+: 'vpi' .*\n {2}line \d+: 'nmae' /,
  );
});

test("refuses a file that is missing, naming the variable that names another", () => {
  expect(() => loadPairSettings(join(folder, "none.yaml"))).toThrow(
    /none\.yaml.*there is no such file.*PAIR_SETTINGS/s,
  );
});

test("refuses what is no YAML, with the line", () => {
  expect(() => loadPairSettings(written("name: [a\nregion: b"))).toThrow(/pair\.yaml cannot be used:.*line 2/s);
  expect(() => loadPairSettings(written("name: *nobody"))).toThrow(
    /pair\.yaml cannot be used:.*line 1: .*alias.*quotes/s,
  );
  expect(() => loadPairSettings(written("name: &a [*a]"))).toThrow(/pair\.yaml cannot be used:.*circular/s);
  expect(() => loadPairSettings(written(""))).toThrow(/the file is empty/);
  expect(() => loadPairSettings(written("- a"))).toThrow(/the file must be a mapping, got a list of 1/);
});

test.each([
  ["a key deeper than the one before it", "network:\n  vpcId: vpc-1\n   subnetId: subnet-1\n", 3],
  ["a key at the top deeper than the one before it", "name: a\n region: b\n", 2],
  ["a section whose first key is not indented", "primary:\nprivateIp: 10.0.1.11\n  priority: 100\n", 3],
  ["a key deeper than its item's first", "ingress:\n  - protocol: TCP\n     port: 80\n", 3],
  ["a key less deep than the one before it", "network:\n    vpcId: vpc-1\n  subnetId: subnet-1\n", 3],
  ["a tab", "network:\n\tvpcId: vpc-1\n", 2],
])("says of %s that the indentation is wrong, with its line", (_, text, line) => {
  expect(() => loadPairSettings(written(text))).toThrow(
    new RegExp(`cannot be used:\n  line ${line}: is not indented as YAML needs it: [^\n]*$`),
  );
});

test("says of a colon in a value that it needs quotes", () => {
  expect(() => loadPairSettings(written("name: web: more\n"))).toThrow(/line 1: is no YAML: .* put a value in quotes/);
});

test("the shipped health check works once its comment is taken away, and brings the package that it needs", () => {
  const uncommented = (text: string) =>
    text.replace(/^# healthCheck:\n(?:# {3}.*\n)+/m, (block) => block.replace(/^# /gm, ""));
  const { healthCheck } = loadPairSettings(written(uncommented(readFileSync(SHIPPED, "utf8"))));
  expect(healthCheck).toMatchObject({ http: "http://127.0.0.1/healthz" });
  expect(healthCheck && healthCheckOf(healthCheck)).toMatchObject({ packages: ["curl"], fall: 2 });
});

/** The shipped file with a health check. */
const withCheck = (lines: string) => edited("tags:\n", `healthCheck:\n${lines}\ntags:\n`);

test("says once of a check that its program is missing, under the key of the file", () => {
  expect(() => loadPairSettings(withCheck("  command: curl -f x"))).toThrow(
    /cannot be used:\n {2}line \d+: 'healthCheck\.command' calls curl[^\n]*$/,
  );
});

test("lets a notification call what a check has installed", () => {
  const notification = "virtualRouterId: 51\n  notifyCommands: [curl -f http://10.0.1.5/]\n";
  const file = edited(
    /virtualRouterId: 51\n([\s\S]*)tags:\n/,
    `${notification}$1healthCheck: { http: http://127.0.0.1/ }\ntags:\n`,
  );
  expect(() => loadPairSettings(file)).not.toThrow();
});

test("refuses a health check at the virtual address, where nobody answers until a node is MASTER", () => {
  expect(() => loadPairSettings(withCheck("  http: http://10.0.1.100/"))).toThrow(
    /line \d+: 'healthCheck' must ask the node that it runs on, .*got "http:\/\/10\.0\.1\.100\/": write 127\.0\.0\.1/,
  );
});

test.each([
  ["tcp: 3306", { shellCommand: expect.stringContaining("/dev/tcp/127.0.0.1/3306") }],
  ["process: nginx", { shellCommand: "pgrep -x nginx >/dev/null" }],
  ["command: mysqladmin ping\n  packages: [mariadb-client]", { packages: ["mariadb-client"] }],
])("takes a health check by %j", (lines, expected) => {
  const { healthCheck } = loadPairSettings(withCheck(`  ${lines}\n  fall: 3`));
  expect(healthCheck && healthCheckOf(healthCheck)).toMatchObject({ ...expected, fall: 3 });
});

test.each([
  [
    "that calls what is not on the node",
    "command: curl -f x",
    /line \d+: 'healthCheck\.command' calls curl.*add curl to/,
  ],
  ["of two kinds", "tcp: 80\n  process: nginx", /'healthCheck' must have one of http, tcp, process and command/],
  ["of no kind", "fall: 2", /'healthCheck' must have one of http/],
  ["with packages that it does not need", "tcp: 80\n  packages: [curl]", /'healthCheck\.packages' goes with 'command'/],
  ["of a port that is out of range", "tcp: 0", /'healthCheck\.tcp' must be an integer between 1 and 65535, got 0/],
])("refuses a health check %s", (_, lines, message) => {
  expect(() => loadPairSettings(withCheck(`  ${lines}`))).toThrow(message);
});

test.each<[string, string | RegExp, string, RegExp]>([
  [
    "a VIP with its prefix length",
    "vip: 10.0.1.100",
    "vip: 10.0.1.100/24",
    /line 31: 'vip' .*: leave \/24 out: 10\.0\.1\.100/,
  ],
  [
    "a password in the file",
    "keepalived:\n",
    "keepalived:\n  authPass: s3cret\n",
    /'keepalived\.authPass' must not stand in the file, since it is a secret, got .* not shown.*TF_VAR_vrrp_password/,
  ],
  [
    "a placeholder for a VPC",
    /cidrBlock: 10\.0\.0\.0\/16/,
    "vpcId: vpc-xxxxxxxx\n  subnetId: subnet-1",
    /'network\.vpcId' must be a VPC's id/,
  ],
  [
    "an image's name",
    "image: ubuntu-22.04",
    "imageId: debian-12",
    /'imageId' must be an image's id \(img-…\), got "debian-12"/,
  ],
  [
    "an id for its short name",
    "image: ubuntu-22.04",
    "image: img-487zeit5",
    /'image' must be one of ubuntu-24\.04, .*, got "img-487zeit5"/,
  ],
  [
    "an SSH key for its id",
    "keyIds: []",
    "keyIds: [ssh-ed25519 AAAA me]",
    /'keyIds\[0\]' must be an SSH key pair's id .*import/,
  ],
  ["a placeholder of a shell", "vip: 10.0.1.100", "vip: ${VIP}", /'vip' has \$\{VIP\} in it, which nothing fills in/],
  ["a zone for the region", "region: ap-singapore\n", "region: ap-singapore-1\n", /'region' must be a region/],
  ["a region for the zone", "Zone: ap-singapore-1", "Zone: ap-singapore", /'network\.availabilityZone' must be a zone/],
  [
    "a number in quotes",
    "advertInt: 1",
    'advertInt: "1"',
    /'keepalived\.advertInt' must be a number, got "1": leave its quotes/,
  ],
  ["a port that is not a number", "port: 80,443", "port: http", /'ingress\[0\]\.port' must be a port/],
  [
    "a settle time behind the deadline",
    "# pairctl:\n",
    "pairctl: { settleMs: 4000, deadlineMs: 2000 }\n",
    /'pairctl\.settleMs' must be below/,
  ],
  ["a bandwidth of 0", "bandwidthMbps: 10", "bandwidthMbps: 0", /'eip\.bandwidthMbps' must be an integer/],
  ["a subnet outside the VPC", "10.0.1.0/24", "10.1.1.0/24", /'network\.subnetCidrBlock' must lie inside/],
])("refuses %s, naming key and line", (_, search, replacement, message) => {
  const load = () => loadPairSettings(edited(search, replacement));
  expect(load).toThrow(message);
  expect(load).toThrow(/\n {2}line \d+: '/);
});

test("refuses wrong values all at once, in the order of the file", () => {
  const text = readFileSync(SHIPPED, "utf8")
    .replace("vip: 10.0.1.100", "vip: 10.0.2.100")
    .replace("virtualRouterId: 51", "virtualRouterId: 300")
    .replace("priority: 80", "priority: 200");
  expect(() => loadPairSettings(written(text))).toThrow(
    /:\n {2}line 31: 'vip' .*\n {2}line \d+: 'secondary\.priority' .*\n {2}line \d+: 'keepalived\.virtualRouterId' must be .*got 300.*$/,
  );
});

test.each([
  ["as a number", "authPass: 20260101"],
  ["too long", "authPass: hunter2-hunter2"],
  ["under a misspelled name", "authPas: hunter2"],
  ["as a list", "authPass: [hunter2]"],
  ["in a line that is no YAML", 'authPass: "hunter2'],
  ["that YAML takes for an alias", "authPass: *hunter2"],
  ["that YAML takes for a tag", "authPass: !hunter2 x"],
  ["behind the mark of a block", "authPass: |hunter2"],
  ["behind a bracket", "authPass: ]hunter2"],
  ["in a line with a tab", "authPass:\thunter2: [\thunter2"],
])("never shows a password, here %s", (_, line) => {
  let message = "";
  try {
    loadPairSettings(edited("keepalived:\n", `keepalived:\n  ${line}\n`));
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toMatch(/cannot be used:\n {2}line \d+: ./);
  expect(message).not.toMatch(/hunter2|20260101/);
});

test("refuses two documents and UTF-16 with one line each", () => {
  expect(() => loadPairSettings(written("name: a\n---\nname: b\n"))).toThrow(
    /cannot be used:\n {2}line \d+: .*documents[^\n]*$/,
  );
  const file = written("");
  writeFileSync(file, Buffer.from("name: a\n", "utf16le"));
  expect(() => loadPairSettings(file)).toThrow(/cannot be used:\n {2}it must be text in UTF-8[^\n]*$/);
});
