import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HolderEvent, LocalCloud } from "../../../../src/index.ts";
import { haVipView, startPair, recorded } from "../../../support/pair.ts";
import { associate, association, attachSecondInterface } from "../../../support/ha-vip.ts";

let cloud: LocalCloud;
let holders: HolderEvent[];

beforeEach(async () => {
  cloud = await startPair();
  holders = recorded(cloud, "holder");
});
afterEach(() => cloud.stop());

const at = expect.any(Number);
const vip = "10.0.1.200";

describe("learning from a gratuitous ARP", () => {
  test("puts the HAVIP on the ENI of an associated instance, and on the next one", async () => {
    await associate(cloud, association("ins-aaaaaaaa"), association("ins-bbbbbbbb"));
    expect(cloud.learn({ vip, networkInterfaceId: "eni-aaaaaaaa" })).toBe(true);
    expect(await haVipView(cloud)).toMatchObject({
      State: "AVAILABLE",
      NetworkInterfaceId: "eni-aaaaaaaa",
      InstanceId: "ins-aaaaaaaa",
      FlushedTime: expect.stringMatching(/^2\d{3}-/),
      HaVipAssociationSet: [association("ins-aaaaaaaa"), association("ins-bbbbbbbb")],
    });
    expect(cloud.learn({ vip, networkInterfaceId: "eni-bbbbbbbb" })).toBe(true);
    expect(holders).toEqual([
      { vip, mechanism: "havip", networkInterfaceId: "eni-aaaaaaaa", instanceId: "ins-aaaaaaaa", at },
      { vip, mechanism: "havip", networkInterfaceId: "eni-bbbbbbbb", instanceId: "ins-bbbbbbbb", at },
    ]);
    expect(cloud.holderOf(vip)).toEqual({
      mechanism: "havip",
      networkInterfaceId: "eni-bbbbbbbb",
      instanceId: "ins-bbbbbbbb",
    });
  });

  test("tells nothing when the holder announces itself again", async () => {
    await associate(cloud, association("ins-aaaaaaaa"));
    cloud.learn({ vip, networkInterfaceId: "eni-aaaaaaaa" });
    const flushedAt = cloud.state.haVips.get("havip-11111111")?.flushedAt;
    expect(cloud.learn({ vip, networkInterfaceId: "eni-aaaaaaaa" })).toBe(true);
    expect(holders).toHaveLength(1);
    expect(cloud.state.haVips.get("havip-11111111")?.flushedAt).toBe(flushedAt);
  });

  test("refuses an ENI whose instance is not associated, unless CheckAssociate is off", async () => {
    await associate(cloud, association("ins-aaaaaaaa"));
    expect(cloud.learn({ vip, networkInterfaceId: "eni-bbbbbbbb" })).toBe(false);
    expect(await haVipView(cloud)).toMatchObject({ State: "UNBIND", InstanceId: "" });
    cloud.seed.haVip({ subnetId: "subnet-11111111", vip: "10.0.1.201" });
    expect(cloud.learn({ vip: "10.0.1.201", networkInterfaceId: "eni-bbbbbbbb" })).toBe(true);
  });

  test("refuses unknown ENIs, addresses that are no HAVIP, and other subnets", async () => {
    cloud.seed.networkInterface({
      networkInterfaceId: "eni-elsewhere",
      subnetId: "subnet-22222222",
      privateIp: "10.0.2.10",
    });
    cloud.seed.haVip({ subnetId: "subnet-11111111", vip: "10.0.1.201" });
    expect(cloud.learn({ vip: "10.0.1.201", networkInterfaceId: "eni-zzzzzzzz" })).toBe(false);
    expect(cloud.learn({ vip: "10.0.1.201", networkInterfaceId: "eni-elsewhere" })).toBe(false);
    expect(cloud.learn({ vip: "10.0.1.100", networkInterfaceId: "eni-aaaaaaaa" })).toBe(false);
    expect(holders).toEqual([]);
  });

  test("takes an associated ENI as well as an associated instance", async () => {
    attachSecondInterface(cloud);
    await associate(cloud, association("eni-second00", "ENI"));
    expect(cloud.learn({ vip, networkInterfaceId: "eni-aaaaaaaa" })).toBe(false);
    expect(cloud.learn({ vip, networkInterfaceId: "eni-second00" })).toBe(true);
  });
});
