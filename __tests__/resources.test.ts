import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { expect, test } from "vitest";
import { HaVip, KeepalivedPair, KeyPair, Network, SecondaryPrivateIp } from "../constructs";
import * as provider from "../constructs/provider";
import { TerraformData } from "../constructs/terraform/terraform-data";
import { PROPS } from "./helpers/pair";
import { synth } from "./helpers/synth";

/** The rows of the table of docs/resources.md. */
const ROWS = [
  ...readFileSync(join(__dirname, "..", "docs", "resources.md"), "utf8").matchAll(
    /^\| `(\w+)` +\| `([\w/]+)` +\| `(\w+)`[^|]*\| `([\w.]+)` +\|$/gm,
  ),
].map(([, construct = "", id = "", resource = "", property = ""]) => ({ construct, id, resource, property }));

/** One of each construct, with all the resources that it can have. */
function constructs(): Record<string, IConstruct> {
  let made: Record<string, IConstruct> = {};
  synth((scope) => {
    const cidrs = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24" };
    const network = new Network(scope, "Network", { ...cidrs, availabilityZone: "ap-singapore-1" });
    const vip = { subnet: network.subnet, vip: "10.0.1.100", eip: { bandwidthMbps: 5 } };
    const havip = new HaVip(scope, "HaVip", vip);
    const parked = new SecondaryPrivateIp(scope, "Parked", { ...vip, vip: "10.0.1.110", parkingIp: "10.0.1.111" });
    const pair = new KeepalivedPair(scope, "Pair", {
      ...PROPS,
      imageId: undefined,
      image: "debian-12",
      virtualIp: havip,
    });
    const key = new KeyPair(scope, "Key", { publicKey: "ssh-ed25519 AAAA" });
    made = { Network: network, HaVip: havip, SecondaryPrivateIp: parked, KeepalivedPair: pair, KeyPair: key };
  });
  return made;
}

test.each(ROWS)(
  "$construct has its $resource at $property, with the id $id",
  ({ construct, id, resource, property }) => {
    const made = constructs()[construct] as IConstruct;
    const found = property.split(".").reduce<unknown>((value, part) => value?.[part as keyof typeof value], made);
    expect(found).toBeInstanceOf({ ...provider, TerraformData }[resource as keyof typeof provider]);
    expect((found as IConstruct).node.path).toBe(`${made.node.path}/${id}`);
  },
);

test("no resource of a construct is left out", () => {
  const documented = ROWS.map(({ construct, id }) => `${construct} ${id}`).sort();
  const found = Object.entries(constructs()).flatMap(([name, made]) =>
    made.node
      .findAll()
      .filter((child) => child instanceof TerraformResource)
      .map((child) => `${name} ${child.node.path.slice(made.node.path.length + 1)}`),
  );
  expect(found.sort()).toEqual(documented);
});
