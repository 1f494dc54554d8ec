import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../src/index.ts";
import { type AskCode, machine, makeNetwork, startEmpty } from "../../support/provisioning.ts";

let cloud: LocalCloud;
let code: AskCode;
let network: { VpcId: string; SubnetId: string };
beforeEach(async () => {
  const started = await startEmpty();
  ({ cloud, code } = started);
  network = await makeNetwork(started.ask);
});
afterEach(() => cloud.stop());

const tag = (Key: string, Value = "v") => ({ Key, Value });
const many = Array.from({ length: 51 }, (_, index) => tag(`k${index}`));
const trust = JSON.stringify({
  version: "2.0",
  statement: [{ effect: "allow", action: ["name/sts:AssumeRole"], principal: { service: ["cvm.qcloud.com"] } }],
});

type Codes = readonly [twice: string, empty: string, long: string, longValue: string, reserved: string, many: string];

/** Each action that makes something with tags, with its body and its codes. */
const creations: readonly (readonly [`${string}:${string}`, (Tags: object[]) => object, Codes])[] = [
  ...(
    [
      ["vpc:CreateVpc", () => ({ VpcName: "v", CidrBlock: "10.1.0.0/16" })],
      [
        "vpc:CreateSubnet",
        () => ({ VpcId: network.VpcId, SubnetName: "t", CidrBlock: "10.0.2.0/24", Zone: "ap-singapore-1" }),
      ],
      ["vpc:CreateSecurityGroup", () => ({ GroupName: "g", GroupDescription: "" })],
      ["vpc:CreateNetworkInterface", () => ({ ...network, NetworkInterfaceName: "e" })],
      ["vpc:CreateHaVip", () => ({ ...network, HaVipName: "h" })],
    ] as const
  ).map(
    ([operation, body]) =>
      [
        operation,
        (Tags: object[]) => ({ ...body(), Tags }),
        [
          "InvalidParameterValue.TagDuplicateKey",
          "InvalidParameterValue.TagInvalidKey",
          "InvalidParameterValue.TagInvalidKeyLen",
          "InvalidParameterValue.TagInvalidVal",
          "UnsupportedOperation.TagSystemReservedTagKey",
          "LimitExceeded.TagKeyPerResourceExceeded",
        ],
      ] as const,
  ),
  [
    "vpc:AllocateAddresses",
    (Tags) => ({ Tags }),
    [
      "InvalidParameterValue.InvalidTag",
      "InvalidParameterValue.InvalidTag",
      "InvalidParameterValue.InvalidTag",
      "InvalidParameterValue.InvalidTag",
      "InvalidParameterValue.InvalidTag",
      "LimitExceeded.TagQuota",
    ],
  ],
  [
    "cvm:RunInstances",
    (Tags) => machine(network, { TagSpecification: [{ ResourceType: "instance", Tags }] }),
    [
      "InvalidParameterValue.DuplicateTags",
      "FailedOperation.IllegalTagKey",
      "FailedOperation.IllegalTagKey",
      "FailedOperation.IllegalTagValue",
      "FailedOperation.TagKeyReserved",
      "InvalidParameterValue.TagQuotaLimitExceeded",
    ],
  ],
  [
    "cam:CreateRole",
    (Tags) => ({ RoleName: "r", PolicyDocument: trust, Tags }),
    [
      "InvalidParameter.TagParamError",
      "InvalidParameter.TagParamError",
      "InvalidParameter.TagParamError",
      "InvalidParameter.TagParamError",
      "InvalidParameter.TagParamError",
      "InvalidParameter.TagLimitExceeded",
    ],
  ],
];

test.each(creations)("refuses tags that cannot be, and %s makes nothing then", async (operation, body, codes) => {
  const [twice, empty, long, longValue, reserved, tooMany] = codes;
  expect(await code(operation, body([tag("k"), tag("k")]))).toBe(twice);
  expect(await code(operation, body([tag("")]))).toBe(empty);
  expect(await code(operation, body([tag("k".repeat(128))]))).toBe(long);
  expect(await code(operation, body([tag("k", "v".repeat(256))]))).toBe(longValue);
  expect(await code(operation, body([tag("qcloud")]))).toBe(reserved);
  expect(await code(operation, body(many))).toBe(tooMany);
  const { addresses, haVips, instances, roles, vpcs } = cloud.state;
  expect([addresses, haVips, instances, roles, vpcs].map(({ size }) => size)).toEqual([0, 0, 0, 0, 1]);
  expect(await code(operation, body([tag("k".repeat(127), "v".repeat(255))]))).toBeUndefined();
});
