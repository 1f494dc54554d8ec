import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HolderEvent, LocalCloud } from "../../../../src/index.ts";
import { haVipView, startPair, recorded } from "../../../support/pair.ts";
import { apiError } from "../../../support/client.ts";
import { associate, association, attachSecondInterface, disassociate } from "../../../support/ha-vip.ts";

let cloud: LocalCloud;
let holders: HolderEvent[];

beforeEach(async () => {
  cloud = await startPair();
  holders = recorded(cloud, "holder");
});
afterEach(() => cloud.stop());

const at = expect.any(Number);
const vip = "10.0.1.200";

describe("associations", () => {
  test("a holder that is taken off no longer holds the HAVIP", async () => {
    await associate(cloud, association("ins-aaaaaaaa"), association("ins-bbbbbbbb"));
    cloud.learn({ vip, networkInterfaceId: "eni-aaaaaaaa" });
    await disassociate(cloud, association("ins-bbbbbbbb"));
    expect(await haVipView(cloud)).toMatchObject({ State: "AVAILABLE", InstanceId: "ins-aaaaaaaa" });
    await disassociate(cloud, association("ins-aaaaaaaa"));
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
    expect(await associate(cloud, { ...association("ins-aaaaaaaa"), HaVipId: "havip-zzzzzzzz" })).toEqual(
      apiError("ResourceNotFound", "The resource `havip-zzzzzzzz` of `HaVipId` does not exist."),
    );
    expect(await associate(cloud, association("ins-zzzzzzzz"))).toEqual(
      apiError("ResourceNotFound", "The resource `ins-zzzzzzzz` of `InstanceId` does not exist."),
    );
    expect(await disassociate(cloud, association("ins-aaaaaaaa"))).toEqual(
      apiError("ResourceNotFound", "The resource `ins-aaaaaaaa` of `InstanceId` does not exist."),
    );
    expect(await associate(cloud, association("eni-aaaaaaaa"))).toEqual(
      apiError("InvalidParameterValue.Malformed", "The value `eni-aaaaaaaa` of `InstanceId` is malformed."),
    );
    expect(await associate(cloud, association("ins-aaaaaaaa", "NAT"))).toEqual(
      apiError("InvalidParameterValue", "The value `NAT` of `InstanceType` is not CVM or ENI."),
    );
  });

  test("refuses a primary ENI, and one that is attached to nothing", async () => {
    for (const id of ["eni-aaaaaaaa", "eni-parking0"]) {
      expect(await associate(cloud, association(id, "ENI"))).toEqual(
        apiError(
          "UnsupportedOperation",
          `A HAVIP is associated with a secondary ENI that is attached, which \`${id}\` is not: use its instance.`,
        ),
      );
    }
  });

  test("refuses doubles, both kinds together and another subnet, and then makes none of them", async () => {
    expect(await associate(cloud, association("ins-aaaaaaaa"), association("ins-aaaaaaaa"))).toEqual(
      apiError(
        "InvalidParameterValue.DuplicatedHaVipAssociations",
        "`ins-aaaaaaaa` is already associated with the HAVIP `havip-11111111`.",
      ),
    );
    attachSecondInterface(cloud);
    expect(await associate(cloud, association("ins-aaaaaaaa"), association("eni-second00", "ENI"))).toEqual(
      apiError(
        "InvalidParameterValue.ParameterMismatch",
        "The associations of the HAVIP `havip-11111111` must be all CVM or all ENI.",
      ),
    );
    cloud.seed.instance({ instanceId: "ins-elsewhere", subnetId: "subnet-22222222", privateIp: "10.0.2.10" });
    expect(await associate(cloud, association("ins-aaaaaaaa"), association("ins-elsewhere"))).toEqual(
      apiError(
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
    expect(await associate(cloud, association("ins-aaaaaaaa"))).toEqual(
      apiError("LimitExceeded", "The HAVIP `havip-11111111` takes at most 10 associations."),
    );
    expect(await associate(cloud, ...Array.from({ length: 11 }, () => association("ins-aaaaaaaa")))).toEqual(
      apiError("LimitExceeded", "`HaVipAssociationSet` takes at most 10 entries, got 11."),
    );
    expect(await associate(cloud)).toEqual(
      apiError("MissingParameter", "The request is missing a required parameter `HaVipAssociationSet`."),
    );
  });
});
