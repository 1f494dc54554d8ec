import { expect, test } from "vitest";
import { checkPolicyActions } from "local-cloud";
import { camActionsOf } from "../src/actions.ts";

test("CAM lists what is asked for EIPs under another service than the API has it", () => {
  const actions = camActionsOf({ vpc: ["DescribeVpcs", "DescribeAddresses"], tat: ["RunCommand"] });
  expect(actions).toEqual(["cvm:DescribeAddresses", "tat:RunCommand", "vpc:DescribeVpcs"]);
  expect(() => checkPolicyActions(actions)).not.toThrow();
});
