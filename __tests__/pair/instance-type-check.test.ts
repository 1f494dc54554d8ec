import { expect, test } from "vitest";
import { synthPair } from "../helpers/pair";

const data = (stack: ReturnType<typeof synthPair>) => Object.values(stack.data?.["tencentcloud_instance_types"] ?? {});
const filter = (charge: string, type: string) => [
  { name: "zone", values: ["ap-singapore-1"] },
  { name: "instance-type", values: [type] },
  { name: "instance-charge-type", values: [charge] },
];

test("asks whether the subnet's zone sells the instance type, the way it is paid", () => {
  expect(data(synthPair())).toEqual([{ filter: filter("POSTPAID_BY_HOUR", "S5.MEDIUM2") }]);
  const prepaid = synthPair({ instanceType: "S5.LARGE8", prepaid: { periodMonths: 1 } });
  expect(data(prepaid)).toEqual([{ filter: filter("PREPAID", "S5.LARGE8") }]);
});

test("does not ask where it is told not to", () => {
  const stack = synthPair({ checkInstanceType: false });
  expect(data(stack)).toEqual([]);
  expect(JSON.stringify(stack)).not.toContain("InstanceTypeCheck");
});
