import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { Eip, HaVip, type HaVipAttributes, type IEip, SecondaryPrivateIp } from "../../constructs";
import { claim } from "../../constructs/props/claims";
import { TencentcloudProvider } from "../../constructs/provider";
import { SUBNET, synth } from "../helpers/synth";

type Build = (scope: Construct, id: string, last: number) => unknown;

const havip =
  (props: object): Build =>
  (scope, id, last) =>
    new HaVip(scope, id, { subnet: SUBNET, vip: `10.0.1.${last}`, ...props });
const brought =
  (attributes: Partial<HaVipAttributes>): Build =>
  (scope, id, last) =>
    HaVip.fromHaVipAttributes(scope, id, {
      subnet: SUBNET,
      vip: `10.0.1.${last}`,
      haVipId: `havip-${last}a`,
      ...attributes,
    });
const secondary =
  (props: object): Build =>
  (scope, id, last) =>
    new SecondaryPrivateIp(scope, id, {
      subnet: SUBNET,
      vip: `10.0.1.${last}`,
      parkingIp: `10.0.1.${last + 50}`,
      ...props,
    });

const eip: IEip = { eipId: "eip-1a", publicIp: "203.0.113.7" };
const sameAddress = { eipId: "eip-2b", publicIp: "203.0.113.7" };

const TWICE: [string, Build, Build, RegExp][] = [
  ["one EIP for two HAVIPs", havip({ eip }), havip({ eip }), /'eip\.eipId' belongs to .*, got "eip-1a": give each/],
  ["one EIP for two secondary private IPs", secondary({ eip }), secondary({ eip }), /'eip\.eipId' belongs to/],
  ["one EIP for a HAVIP and a secondary private IP", havip({ eip }), secondary({ eip }), /'eip\.eipId' belongs to/],
  [
    "one public address under two ids",
    havip({ eip }),
    havip({ eip: sameAddress }),
    /'eip\.publicIp' belongs to .*, got "203\.0\.113\.7": give each/,
  ],
  [
    "an EIP that a brought HAVIP has already",
    brought({ publicIp: "203.0.113.7" }),
    havip({ eip }),
    /'eip\.publicIp' belongs to/,
  ],
  [
    "one brought HAVIP twice",
    brought({ haVipId: "havip-1a" }),
    brought({ haVipId: "havip-1a" }),
    /'haVipId' belongs to .* already, and a HAVIP is one address, got "havip-1a": give each/,
  ],
  [
    "one address of a subnet for two HAVIPs",
    havip({ vip: "10.0.1.9" }),
    havip({ vip: "10.0.1.9" }),
    /'vip' belongs to/,
  ],
  [
    "one address of a subnet for a VIP and for parking",
    havip({ vip: "10.0.1.9" }),
    secondary({ parkingIp: "10.0.1.9" }),
    /'parkingIp' belongs to .* already, which is in the same subnet, got "10\.0\.1\.9": give one of the two another one/,
  ],
];

/** A stack of an app, with a provider. */
function stackOf(app: App, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new TencentcloudProvider(stack, "Tencentcloud", { region: "ap-singapore" });
  return stack;
}

describe.each(TWICE)("refuses %s", (_, one, other, message) => {
  test("in a stack, naming the one that has it", () => {
    const stack = stackOf(new App(), "web");
    one(stack, "One", 100);
    expect(() => other(stack, "Two", 110)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(message),
        problem: expect.stringMatching(/web\/One already/),
      }),
    );
  });

  test("in two stacks of an app", () => {
    const app = new App();
    one(stackOf(app, "web"), "Vip", 100);
    expect(() => other(stackOf(app, "db"), "Vip", 110)).toThrow(message);
  });

  test("but not in two apps", () => {
    one(stackOf(new App(), "web"), "Vip", 100);
    expect(() => other(stackOf(new App(), "web"), "Vip", 110)).not.toThrow();
  });
});

test("refuses a new EIP for two virtual IPs, whether it is given itself, by its attributes or as another one's", () => {
  synth((stack) => {
    const own = new Eip(stack, "Eip", { bandwidthMbps: 5 });
    const first = new HaVip(stack, "One", { subnet: SUBNET, vip: "10.0.1.100", eip: own });
    const { id, publicIp } = own.resource;
    [own, { eipId: id, publicIp }, first.eip].forEach((given, index) => {
      expect(() => new HaVip(stack, `Other${index}`, { subnet: SUBNET, vip: `10.0.1.11${index}`, eip: given })).toThrow(
        /'eip\.eipId' belongs to test\/One already, .*, got a token of the same one: give each virtual IP its own$/,
      );
    });
  });
});

test("takes one expression of Terraform's in two stacks, where it means two things", () => {
  const app = new App();
  const expressions = { eipId: "${var.eip_id}", publicIp: "${var.public_ip}" };
  havip({ subnet: { ...SUBNET, subnetId: "${var.subnet_id}" }, eip: expressions })(stackOf(app, "web"), "Vip", 100);
  const again = havip({ subnet: { ...SUBNET, subnetId: "${var.subnet_id}" }, eip: expressions });
  expect(() => again(stackOf(app, "db"), "Vip", 100)).not.toThrow();
});

test("remembers who has a value first, in each scope for itself", () => {
  synth((stack) => {
    const other: Construct = new TerraformVariable(stack, "other", { type: "string" });
    expect(claim(stack, "web", stack)).toBeUndefined();
    expect(claim(stack, "web", other)).toBe("test");
    expect(claim(stack, "db", other)).toBeUndefined();
    expect(claim(stack, "web", stack)).toBeUndefined();
    expect(claim(other, "web", other)).toBeUndefined();
  });
});
