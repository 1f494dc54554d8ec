import { App, TerraformStack } from "cdktf";
import { expect, test } from "vitest";
import { PairctlRole, KeepalivedPair, type KeepalivedPairProps, PeerSecurityGroup } from "../../constructs/index";
import { haVip, PROPS } from "../helpers/pair";

/** What is said at synth about a pair with these props. */
function notices(props: Partial<KeepalivedPairProps>): string[] {
  const stack = new TerraformStack(new App(), "test");
  const pair = new KeepalivedPair(stack, "Pair", { ...PROPS, virtualIp: haVip(stack), ...props });
  return pair.node.metadata.map(({ data }) => String(data));
}

test("nothing is said about a pair whose parts are its own", () => {
  expect(notices({})).toEqual([]);
});

test.each<[string, Partial<KeepalivedPairProps>, RegExp]>([
  [
    "what a brought role must allow",
    { role: PairctlRole.fromRoleAttributes({ roleName: "ours" }) },
    /must allow vpc:DescribeHaVips, and be assumable by cvm\.qcloud\.com/,
  ],
  [
    "what a brought security group must let pass",
    { securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" }) },
    /between 10\.0\.1\.11 and 10\.0\.1\.12, both ways/,
  ],
  ["what must stay open where egress is closed", { egress: [] }, /package repositories.*169\.254\.0\.23:80.*port 443/],
])("it is said %s", (_, props, message) => {
  expect(notices(props)).toEqual([expect.stringMatching(message)]);
});
