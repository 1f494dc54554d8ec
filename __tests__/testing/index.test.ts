import { App, Fn, TerraformStack } from "cdktf";
import { expect, test } from "vitest";
import { HaVip, KeepalivedPair, PeerSecurityGroup } from "../../constructs/index";
import { letsVrrpPass, pairMatchers, pairsOf, readableStack, userDataOf } from "../../constructs/testing/index";
import { privateIp, PROPS, synthPair } from "../helpers/pair";
import { SUBNET, synth } from "../helpers/synth";

const matched = (name: keyof typeof pairMatchers, stack: object, expected: object = {}) => {
  const { pass, message } = pairMatchers[name](stack, expected);
  return { pass, message: message() };
};

test("finds the pairs of a stack, with what is written on their nodes", () => {
  const [pair, ...others] = pairsOf(JSON.stringify(synthPair({}, privateIp)));
  expect(others).toEqual([]);
  expect(pair).toMatchObject({
    vip: "10.0.1.100",
    mechanism: "secondary-private-ip",
    primary: { role: "primary", privateIp: "10.0.1.11", resourceName: expect.stringMatching(/^Pair_Primary_/) },
    secondary: { role: "secondary", privateIp: "10.0.1.12" },
  });
  expect(Object.keys(pair?.primary.userData.files ?? {})).toContain("/etc/keepalived/keepalived.conf");
});

test("tells pairs apart that have one address in two VPCs", () => {
  const stack = synth((scope) => {
    for (const [id, last] of [
      ["One", 10],
      ["Two", 20],
    ] as const) {
      const subnet = { ...SUBNET, vpcId: `vpc-${id}`, subnetId: `subnet-${id}` };
      const virtualIp = new HaVip(scope, `${id}Vip`, { subnet, vip: "10.0.1.100" });
      const nodes = { primary: { privateIp: `10.0.1.${last}` }, secondary: { privateIp: `10.0.1.${last + 1}` } };
      new KeepalivedPair(scope, id, { ...PROPS, ...nodes, virtualIp });
    }
  });
  const nodes = pairsOf(stack).map(({ primary, secondary }) => [primary.privateIp, secondary.privateIp]);
  expect(nodes).toEqual([
    ["10.0.1.10", "10.0.1.11"],
    ["10.0.1.20", "10.0.1.21"],
  ]);
  expect(matched("toLetVrrpPass", stack).pass).toBe(true);
});

test("reads user data with Terraform expressions in it, quotes and braces included", () => {
  const stack = synth((scope) => {
    const vpcId = Fn.join("-", ["vpc", Fn.lookup(Fn.rawString("{}"), "a}", "b")]);
    const virtualIp = new HaVip(scope, "Vip", { subnet: { ...SUBNET, vpcId }, vip: "10.0.1.100" });
    new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp });
  });
  const settings = pairsOf(stack)[0]?.primary.userData.files["/etc/pairctl/settings.json"]?.content;
  expect(settings).toContain('"vpcId":"${join("-", ["vpc", lookup("{}", "a}", "b")])}"');
  expect(matched("toHavePair", stack, { vip: "10.0.1.100" }).pass).toBe(true);
  expect(JSON.stringify(readableStack(stack))).toContain("vrrp_instance");
});

test("toHavePair looks for VIP and mechanism, and says what there is", () => {
  const stack = synthPair();
  expect(matched("toHavePair", stack, { vip: "10.0.1.100" }).pass).toBe(true);
  expect(matched("toHavePair", stack, { vip: "10.0.1.100", mechanism: "havip" }).pass).toBe(true);
  expect(matched("toHavePair", stack, { vip: "10.0.1.100", mechanism: "secondary-private-ip" }).pass).toBe(false);
  expect(matched("toHavePair", stack, { vip: "10.0.1.99" })).toEqual({
    pass: false,
    message:
      'expected the stack to have a pair with {"vip":"10.0.1.99"}, it has [{"vip":"10.0.1.100","mechanism":"havip"}]',
  });
});

test("toLetVrrpPass looks at the rules that the stack makes", () => {
  expect(matched("toLetVrrpPass", synthPair()).pass).toBe(true);
  const securityGroup = PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" });
  const brought = synthPair({ securityGroup });
  expect(pairsOf(brought).map(letsVrrpPass)).toEqual([false]);
  expect(matched("toLetVrrpPass", brought)).toMatchObject({
    pass: false,
    message: expect.stringContaining("10.0.1.100"),
  });
  expect(
    matched(
      "toLetVrrpPass",
      synth(() => {}),
    ).message,
  ).toBe("expected a stack with a pair, it has none");
});

test("a readable stack shows user data file by file, without the built pairctl", () => {
  const text = JSON.stringify(readableStack(synthPair()), null, 1);
  expect(text).toContain("(the built pairctl)");
  expect(text).toContain("vrrp_instance VIP {");
  expect(text).not.toContain("base64gzip");
  expect(text).not.toContain('"//"');
});

test.each([
  [
    "a stack that is not synthesized",
    (scope: TerraformStack) => scope,
    /^'synthesized' must be a synthesized stack, got the/,
  ],
  [
    "a text that is no JSON",
    () => "stack",
    /'synthesized' must be a synthesized stack, got "stack": give what Testing/,
  ],
  ["nothing", () => undefined, /'synthesized' must be a synthesized stack, got nothing/],
])("refuses %s", (_, given, message) => {
  const stack = new TerraformStack(new App(), "test");
  expect(() => pairsOf(given(stack) as never)).toThrow(message);
  expect(() => readableStack(given(stack) as never)).toThrow(message);
});

test("refuses to expect of a pair what it does not know, instead of passing", () => {
  expect(() => matched("toHavePair", synthPair(), { vips: "10.0.1.99" })).toThrow(
    "'expected.vips' is an unknown prop, got a text that is not shown: did you mean 'vip'?",
  );
});

test.each([
  ["the stack", "{}"],
  ["no pair, where a stack has none", undefined],
  ["all pairs at once", []],
  ["half a pair", { primary: { privateIp: "10.0.1.11", ingress: [] } }],
])("refuses %s in the place of a pair, whose rules are looked at", (_, pair) => {
  expect(() => letsVrrpPass(pair as never)).toThrow(
    /^'pair' must be a pair of pairsOf, got .*: give pairsOf\(.*\)\[0\]$/,
  );
});

test.each([undefined, null, "x", {}, { user_data: '${base64gzip("#cloud-config\\n")}' }])(
  "has no user data of a pair in %j",
  (instance) => {
    expect(userDataOf(instance as never)?.files ?? {}).toEqual({});
    expect(pairsOf({ resource: { tencentcloud_instance: { node: instance } } })).toEqual([]);
  },
);
