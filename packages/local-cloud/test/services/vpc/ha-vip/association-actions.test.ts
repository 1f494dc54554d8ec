import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HolderEvent, LocalCloud } from "../../../../src/index.ts";
import { asRoot, haVipView, startPair } from "../../../support/pair.ts";

let cloud: LocalCloud;
let holders: HolderEvent[];

beforeEach(async () => {
  cloud = await startPair();
  holders = [];
  cloud.on("holder", (event) => holders.push(event));
});
afterEach(() => cloud.stop());

const error = (Code: string, Message: string) => ({ Error: { Code, Message }, RequestId: expect.any(String) });
const at = expect.any(Number);
const association = (InstanceId: string, InstanceType = "CVM") => ({
  HaVipId: "havip-11111111",
  InstanceId,
  InstanceType,
});
const associate = (...HaVipAssociationSet: object[]) =>
  asRoot(cloud, "AssociateHaVipInstance", { HaVipAssociationSet });
const disassociate = (...HaVipAssociationSet: object[]) =>
  asRoot(cloud, "DisassociateHaVipInstance", { HaVipAssociationSet });
const vip = "10.0.1.200";

describe("associations", () => {
  test("a holder that is taken off no longer holds the HAVIP", async () => {
    await associate(association("ins-aaaaaaaa"), association("ins-bbbbbbbb"));
    cloud.learn({ vip, networkInterfaceId: "eni-aaaaaaaa" });
    await disassociate(association("ins-bbbbbbbb"));
    expect(await haVipView(cloud)).toMatchObject({ State: "AVAILABLE", InstanceId: "ins-aaaaaaaa" });
    await disassociate(association("ins-aaaaaaaa"));
    expect(await haVipView(cloud)).toMatchObject({ State: "UNBIND", InstanceId: "", HaVipAssociationSet: [] });
    expect(holders.at(-1)).toEqual({
      vip,
      mechanism: "havip",
      networkInterfaceId: undefined,
      instanceId: undefined,
      at,
    });
  });

  test("refuses what does not exist", async () => {
    expect(await associate({ ...association("ins-aaaaaaaa"), HaVipId: "havip-zzzzzzzz" })).toEqual(
      error("ResourceNotFound", "The resource `havip-zzzzzzzz` of `HaVipId` does not exist."),
    );
    expect(await associate(association("ins-zzzzzzzz"))).toEqual(
      error("ResourceNotFound", "The resource `ins-zzzzzzzz` of `InstanceId` does not exist."),
    );
    expect(await disassociate(association("ins-aaaaaaaa"))).toEqual(
      error("ResourceNotFound", "The resource `ins-aaaaaaaa` of `InstanceId` does not exist."),
    );
    expect(await associate(association("eni-aaaaaaaa"))).toEqual(
      error("InvalidParameterValue.Malformed", "The value `eni-aaaaaaaa` of `InstanceId` is malformed."),
    );
    expect(await associate(association("ins-aaaaaaaa", "NAT"))).toEqual(
      error("InvalidParameterValue", "The value `NAT` of `InstanceType` is not CVM or ENI."),
    );
  });

  test("refuses a primary ENI, and one that is attached to nothing", async () => {
    for (const id of ["eni-aaaaaaaa", "eni-parking0"]) {
      expect(await associate(association(id, "ENI"))).toEqual(
        error(
          "UnsupportedOperation",
          `A HAVIP is associated with a secondary ENI that is attached, which \`${id}\` is not: use its instance.`,
        ),
      );
    }
  });

  test("refuses doubles, both kinds together and another subnet, and then makes none of them", async () => {
    expect(await associate(association("ins-aaaaaaaa"), association("ins-aaaaaaaa"))).toEqual(
      error(
        "InvalidParameterValue.DuplicatedHaVipAssociations",
        "`ins-aaaaaaaa` is already associated with the HAVIP `havip-11111111`.",
      ),
    );
    cloud.seed.networkInterface({
      networkInterfaceId: "eni-second00",
      subnetId: "subnet-11111111",
      privateIp: "10.0.1.13",
      instanceId: "ins-bbbbbbbb",
    });
    expect(await associate(association("ins-aaaaaaaa"), association("eni-second00", "ENI"))).toEqual(
      error(
        "InvalidParameterValue.ParameterMismatch",
        "The associations of the HAVIP `havip-11111111` must be all CVM or all ENI.",
      ),
    );
    cloud.seed.instance({ instanceId: "ins-elsewhere", subnetId: "subnet-22222222", privateIp: "10.0.2.10" });
    expect(await associate(association("ins-aaaaaaaa"), association("ins-elsewhere"))).toEqual(
      error(
        "InvalidParameterValue.ParameterMismatch",
        "`ins-elsewhere` is in the subnet `subnet-22222222`, the HAVIP `havip-11111111` in `subnet-11111111`.",
      ),
    );
    expect((await haVipView(cloud)).HaVipAssociationSet).toEqual([]);
  });

  test("refuses more than ten, and an empty set", async () => {
    for (let index = 0; index < 10; index += 1) {
      cloud.seed.instance({
        instanceId: `ins-0000000${index}`,
        subnetId: "subnet-11111111",
        privateIp: `10.0.1.${30 + index}`,
      });
      cloud.seed.haVipAssociation({ haVipId: "havip-11111111", instanceId: `ins-0000000${index}` });
    }
    expect(await associate(association("ins-aaaaaaaa"))).toEqual(
      error("LimitExceeded", "The HAVIP `havip-11111111` takes at most 10 associations."),
    );
    expect(await associate(...Array.from({ length: 11 }, () => association("ins-aaaaaaaa")))).toEqual(
      error("LimitExceeded", "`HaVipAssociationSet` takes at most 10 entries, got 11."),
    );
    expect(await associate()).toEqual(
      error("MissingParameter", "The request is missing a required parameter `HaVipAssociationSet`."),
    );
  });
});
