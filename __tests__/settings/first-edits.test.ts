import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { afterAll, describe, expect, test } from "vitest";

import { loadPairSettings, pairStack } from "../../settings";

const SHIPPED = readFileSync(join(__dirname, "../../pair.yaml"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "first-edits-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Terraform would get of pair.yaml with a text of it replaced, as somebody does with an editor. */
function synthesize(edits: readonly (readonly [before: string | RegExp, after: string])[]): string {
  const text = edits.reduce((edited, [before, after]) => {
    const changed = edited.replaceAll(typeof before === "string" ? before : new RegExp(before, "gm"), after);
    expect(changed, `pair.yaml no longer has ${before}`).not.toBe(edited);
    return changed;
  }, SHIPPED);
  const file = join(folder, "pair.yaml");
  writeFileSync(file, text);
  const app = new App({ outdir: join(folder, "cdktf.out") });
  const { node } = pairStack(app, loadPairSettings(file));
  app.synth();
  return readFileSync(join(folder, "cdktf.out/stacks", node.id, "cdk.tf.json"), "utf8");
}

const HTTP_CHECK = [
  [/^# healthCheck:/, "healthCheck:"],
  [/^# {3}http: http/, "  http: http"],
] as const;

describe("the first edits of pair.yaml", () => {
  test.each<[string, Parameters<typeof synthesize>[0], string]>([
    ["region and zone", [["ap-singapore", "ap-guangzhou"]], '"region": "ap-guangzhou"'],
    ["image", [[/^image: .*$/, "image: debian-12"]], "^Debian 12"],
    ["image by its id", [[/^image: .*$/, "imageId: img-22trbn9x"]], "img-22trbn9x"],
    ["SSH key", [[/^keyIds: .*$/, "keyIds: [skey-12345678]"]], "skey-12345678"],
    ["address", [[/^vip: .*$/, "vip: 10.0.1.200"]], '"10.0.1.200"'],
    ["health check over HTTP", HTTP_CHECK, '"user_data"'],
    [
      "peer's word",
      [
        [/^# pairctl:/, "pairctl:"],
        [/^# {3}peerWord: false/, "  peerWord: true"],
      ],
      '"user_data"',
    ],
    ["health check of a port", [[/^# healthCheck:/, "healthCheck:\n  tcp: 443"]], '"user_data"'],
  ])("synthesizes with another %s", (_, edits, expected) => {
    expect(synthesize(edits)).toContain(expected);
  });

  test.each<[string, Parameters<typeof synthesize>[0], RegExp]>([
    [
      "a region that is not the zone's",
      [[/^region: .*$/, "region: ap-guangzhou"]],
      /line 9: 'region' must be that of the subnet's zone ap-singapore-1, got "ap-guangzhou": correct one of the two$/,
    ],
    [
      "a region by its name in the console",
      [[/^region: .*$/, "region: Singapore"]],
      /line 9: 'region' must be a region, .* got "Singapore": write it such as ap-singapore$/,
    ],
    [
      "an image's name for its id",
      [[/^image: .*$/, "imageId: ubuntu-22.04"]],
      /line \d+: 'imageId' must be an image's id \(img-…\), got "ubuntu-22.04": /,
    ],
    [
      "an image of a name that there is not",
      [[/^image: .*$/, "image: ubuntu-22"]],
      /line \d+: 'image' must be one of .*ubuntu-22.04.*, got "ubuntu-22"/,
    ],
    [
      "an SSH key by its name",
      [[/^keyIds: .*$/, "keyIds: [my-key]"]],
      /line \d+: 'keyIds\[0\]' must be an SSH key pair's id \(skey-…\), got "my-key": import the public key/,
    ],
    [
      "one SSH key that is no list",
      [[/^keyIds: .*$/, "keyIds: skey-12345678"]],
      /line \d+: 'keyIds' must be a list, got "skey-12345678": write its items in brackets/,
    ],
    [
      "the parking address for the VIP, also where it is only for the rehearsal of the other mechanism",
      [[/^vip: .*$/, "vip: 10.0.1.101"]],
      /line \d+: 'parkingIp' must differ from 'vip', got "10.0.1.101": give each its own address$/,
    ],
    [
      "a node's address for the VIP",
      [[/^vip: .*$/, "vip: 10.0.1.11"]],
      /line \d+: 'primary.privateIp' must differ from 'vip', got "10.0.1.11": give each its own address$/,
    ],
    [
      "a VIP outside the subnet",
      [[/^vip: .*$/, "vip: 10.0.2.100"]],
      /line \d+: 'vip' must be .* lies outside the subnet 10.0.1.0\/24, .*: choose another address of 10.0.1.0\/24$/,
    ],
    [
      "a health check of which only the first line is no comment any more",
      [[/^# healthCheck:/, "healthCheck:"]],
      /line \d+: 'healthCheck' must be a mapping, got null: write its keys below it, indented: http, tcp, process/,
    ],
    [
      "a health check that is a URL alone",
      [[/^# healthCheck:/, "healthCheck: http://127.0.0.1/"]],
      /line \d+: 'healthCheck' must be a mapping, .*: write its keys below it, indented: http, tcp, process/,
    ],
  ])("refuses %s", (_, edits, sentence) => {
    expect(() => synthesize(edits)).toThrow(sentence);
  });
});
