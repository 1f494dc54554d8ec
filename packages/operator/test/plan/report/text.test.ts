import { expect, test } from "vitest";
import { textReport } from "../../../src/plan/report/text.ts";
import { reportOf } from "../support/plans.ts";

test("says what happens, why, and which command does it right, for both nodes together", () => {
  expect(textReport(reportOf("instance-type")).split("\n\n").slice(0, 2).join("\n\n")).toBe(
    `Pair web-pair: 10.0.1.100 (secondary-private-ip), the secondary has it now

both nodes at once  REFUSED (--allow both-nodes lets it pass)
  primary (tencentcloud_instance.Pair_Primary_09DFE33C)
  secondary (tencentcloud_instance.Pair_Secondary_2A970D76)
  instance_type: S5.MEDIUM2 → S5.LARGE8
  The cloud shuts the node down to give it another type; Terraform does this to both nodes at about the same time, so that nobody serves until the first one is back.
  Do it right: pair roll`,
  );
});

test("ends in a sentence about the whole plan", () => {
  const last = (text: string) => text.split("\n").at(-1);
  expect(last(textReport(reportOf("no-change")))).toBe("Nothing of the pair changes.");
  expect(last(textReport(reportOf("instance-type")))).toBe("Refused: both nodes at once. Nothing was changed.");
  expect(last(textReport(reportOf("instance-type", "both-nodes")))).toMatch(/^The plan may be applied: at worst, both/);
  expect(last(textReport(reportOf("another-vip")))).toMatch(/^Refused by Terraform: .* cannot be allowed here\.$/);
});

test("shows files of the user data, once where both nodes get the same", () => {
  const text = textReport(reportOf("priority-and-check"));
  expect(text).toContain("\n    /etc/keepalived/keepalived.conf (changed, primary)\n");
  expect(text).toContain("\n      -    priority 100\n      +    priority 120\n");
  expect(text.match(/check_service_1 \(added, primary and secondary\)/g)).toHaveLength(1);
  expect(text).not.toMatch(/H4sI/);
});

test("names what is only taken into the state, and says so at the end", () => {
  const imported = [{ address: "tencentcloud_vpc.Vpc", noun: "VPC", id: "vpc-11111111" }];
  const text = textReport({ ...reportOf("no-change"), imported });
  expect(text).toContain("  VPC (tencentcloud_vpc.Vpc): vpc-11111111");
  expect(text).toContain("Nothing of the pair changes; 1 resource that is there already is taken into the state.");
});

test("names the command that gives running nodes what a deploy leaves alone", () => {
  const address = "tencentcloud_instance.Pair_Primary_09DFE33C";
  const what = 'instance_type: "S5.LARGE8" in the stack, "S5.MEDIUM2" on the node';
  const leftAlone = [{ pair: "web-pair", address, role: "primary" as const, what }];
  expect(textReport({ ...reportOf("no-change"), leftAlone })).toMatch(
    /^Left alone on nodes that run, .* 'pair roll' gives it to one after the other.*:\n {2}primary \(.*\)\n {4}instance_type: /m,
  );
});
