import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EipEvent, LocalCloud } from "../../../../src/index.ts";
import { addressView, asRoot, haVipView, startPair, taskDone, recorded } from "../../../support/pair.ts";
import { simulateTime } from "../../../support/simulated-time.ts";
import { apiError } from "../../../support/client.ts";
import { associate, association } from "../../../support/ha-vip.ts";

let cloud: LocalCloud;
let eips: EipEvent[];

beforeEach(simulateTime);
beforeEach(async () => {
  cloud = await startPair();
  eips = recorded(cloud, "eip");
});
afterEach(() => cloud.stop());

const at = expect.any(Number);
const bindEip = (body: object = {}) =>
  asRoot(cloud, "HaVipAssociateAddressIp", { HaVipId: "havip-11111111", AddressIp: "203.0.113.20", ...body });
const vip = "10.0.1.200";

describe("the EIP of a HAVIP", () => {
  test("is bound by a task, stands for the VIP wherever that is, and is unbound by a task", async () => {
    await associate(cloud, association("ins-aaaaaaaa"));
    const { RequestId } = await bindEip();
    expect(await haVipView(cloud)).toMatchObject({ AddressIp: "" });
    expect(await addressView(cloud, "eip-22222222")).toMatchObject({ AddressStatus: "BINDING" });
    await taskDone(cloud, RequestId);
    expect(await haVipView(cloud)).toMatchObject({ AddressIp: "203.0.113.20" });
    expect(await addressView(cloud, "eip-22222222")).toMatchObject({
      AddressStatus: "BIND",
      InstanceId: "havip-11111111",
      InstanceType: "HAVIP",
      PrivateAddressIp: vip,
    });
    cloud.learn({ vip, networkInterfaceId: "eni-aaaaaaaa" });

    const { RequestId: unbinding } = await asRoot(cloud, "HaVipDisassociateAddressIp", { HaVipId: "havip-11111111" });
    expect(await addressView(cloud, "eip-22222222")).toMatchObject({ AddressStatus: "UNBINDING" });
    await taskDone(cloud, unbinding);
    expect(await addressView(cloud, "eip-22222222")).toMatchObject({ AddressStatus: "UNBIND", InstanceId: null });
    const eip = { addressId: "eip-22222222", addressIp: "203.0.113.20", at };
    expect(eips).toEqual([
      { ...eip, privateIp: vip, networkInterfaceId: undefined },
      { ...eip, privateIp: vip, networkInterfaceId: "eni-aaaaaaaa" },
      { ...eip, privateIp: undefined, networkInterfaceId: undefined },
    ]);
  });

  test("refuses an EIP that is bound or unknown, a HAVIP that has one, and a task that runs", async () => {
    expect(await bindEip({ AddressIp: "203.0.113.10" })).toEqual(
      apiError("UnsupportedOperation.BindEIP", "The EIP `203.0.113.10` is already bound."),
    );
    expect(await bindEip({ AddressIp: "203.0.113.99" })).toEqual(
      apiError("ResourceNotFound", "The resource `203.0.113.99` of `AddressIp` does not exist."),
    );
    const { RequestId } = await bindEip();
    expect(await bindEip()).toEqual(
      apiError(
        "UnsupportedOperation.MutexOperationTaskRunning",
        "A mutually exclusive task on `vpc-11111111/10.0.1.200` is running.",
      ),
    );
    await taskDone(cloud, RequestId);
    cloud.seed.address({ addressIp: "203.0.113.30" });
    expect(await bindEip({ AddressIp: "203.0.113.30" })).toEqual(
      apiError("UnsupportedOperation.BindEIP", "The HAVIP `havip-11111111` already has the EIP `203.0.113.20`."),
    );
  });

  test("refuses to unbind what has none", async () => {
    expect(await asRoot(cloud, "HaVipDisassociateAddressIp", { HaVipId: "havip-11111111" })).toEqual(
      apiError("UnsupportedOperation.UnbindEIP", "The HAVIP `havip-11111111` has no EIP."),
    );
  });
});
