import { expect, test } from "vitest";
import { PeerSecurityGroup } from "../constructs";
import { letsVrrpPass, pairMatchers, pairsOf, readableStack } from "../constructs/testing";
import { privateIp, synthPair } from "./pair";
import { synth } from "./synth";

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

test("a readable stack shows user data file by file, without the built hook", () => {
  const text = JSON.stringify(readableStack(synthPair()), null, 1);
  expect(text).toContain("(the built hook)");
  expect(text).toContain("vrrp_instance VIP {");
  expect(text).not.toContain("base64gzip");
  expect(text).not.toContain('"//"');
});
