import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EipEvent, LocalCloud } from "../../../../src/index.ts";
import { addressView, asRoot, eipTaskDone, eniView, startPair, recorded } from "../../../support/pair.ts";
import { simulateTime } from "../../../support/simulated-time.ts";
import { apiError } from "../../../support/client.ts";

let cloud: LocalCloud;
let eips: EipEvent[];

beforeEach(simulateTime);
beforeEach(async () => {
  cloud = await startPair();
  eips = recorded(cloud, "eip");
});
afterEach(() => cloud.stop());

const associate = (body: object = {}) =>
  asRoot(cloud, "AssociateAddress", {
    AddressId: "eip-22222222",
    NetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddress: "10.0.1.11",
    ...body,
  });
const disassociate = (AddressId: string) => asRoot(cloud, "DisassociateAddress", { AddressId });

describe("AssociateAddress", () => {
  test("binds when its task is over", async () => {
    const { TaskId } = await associate();
    expect(TaskId).toMatch(/^\d+$/);
    expect(await asRoot(cloud, "DescribeTaskResult", { TaskId: Number(TaskId) })).toMatchObject({
      TaskId: Number(TaskId),
      Result: "RUNNING",
    });
    expect(await addressView(cloud, "eip-22222222")).toMatchObject({ AddressStatus: "BINDING" });
    expect((await eniView(cloud, "eni-aaaaaaaa")).PrivateIpAddressSet[0]).toMatchObject({ AddressId: "" });
    expect(eips).toEqual([]);
    expect(await eipTaskDone(cloud, TaskId)).toMatchObject({ Result: "SUCCESS" });
    expect((await eniView(cloud, "eni-aaaaaaaa")).PrivateIpAddressSet[0]).toMatchObject({
      AddressId: "eip-22222222",
      PublicIpAddress: "203.0.113.20",
    });
    expect(eips).toMatchObject([
      { addressId: "eip-22222222", privateIp: "10.0.1.11", networkInterfaceId: "eni-aaaaaaaa" },
    ]);
  });

  test("binds to an instance's primary address", async () => {
    const { TaskId } = await asRoot(cloud, "AssociateAddress", {
      AddressId: "eip-22222222",
      InstanceId: "ins-bbbbbbbb",
    });
    await eipTaskDone(cloud, TaskId);
    expect(await addressView(cloud, "eip-22222222")).toMatchObject({
      AddressStatus: "BIND",
      InstanceId: "ins-bbbbbbbb",
      NetworkInterfaceId: "eni-bbbbbbbb",
      PrivateAddressIp: "10.0.1.12",
    });
    cloud.seed.address({ addressId: "eip-33333333", addressIp: "203.0.113.30" });
    expect(await asRoot(cloud, "AssociateAddress", { AddressId: "eip-33333333", InstanceId: "ins-bbbbbbbb" })).toEqual(
      apiError(
        "InvalidInstanceId.AlreadyBindEip",
        "The private IP address `10.0.1.12` of `eni-bbbbbbbb` is already bound to the EIP `eip-22222222`.",
      ),
    );
  });

  test("refuses an EIP that is bound", async () => {
    expect(await associate({ AddressId: "eip-11111111" })).toEqual(
      apiError(
        "UnsupportedOperation.AddressStatusNotPermit",
        "The status `BIND_ENI` of `eip-11111111` does not permit this operation.",
      ),
    );
  });

  test("refuses a private address that has an EIP", async () => {
    expect(await associate({ NetworkInterfaceId: "eni-parking0", PrivateIpAddress: "10.0.1.100" })).toEqual(
      apiError(
        "InvalidPrivateIpAddress.AlreadyBindEip",
        "The private IP address `10.0.1.100` of `eni-parking0` is already bound to the EIP `eip-11111111`.",
      ),
    );
  });

  test("refuses unknown EIPs, ENIs, instances and addresses of other ENIs", async () => {
    expect(await associate({ AddressId: "eip-zzzzzzzz" })).toEqual(
      apiError("InvalidAddressId.NotFound", "The EIP `eip-zzzzzzzz` of `AddressId` does not exist."),
    );
    expect(await associate({ AddressId: "203.0.113.20" })).toEqual(
      apiError("InvalidParameterValue.AddressIdMalformed", "The value `203.0.113.20` of `AddressId` is malformed."),
    );
    for (const body of [{ NetworkInterfaceId: "eni-zzzzzzzz" }, { NetworkInterfaceId: "eni-bbbbbbbb" }]) {
      expect(await associate(body)).toEqual(
        apiError(
          "InvalidNetworkInterfaceId.NotFound",
          `The ENI \`${body.NetworkInterfaceId}\` does not exist or does not have the private IP address \`10.0.1.11\`.`,
        ),
      );
    }
    expect(await asRoot(cloud, "AssociateAddress", { AddressId: "eip-22222222", InstanceId: "ins-zzzzzzzz" })).toEqual(
      apiError("InvalidInstanceId.NotFound", "The instance `ins-zzzzzzzz` of `InstanceId` does not exist."),
    );
  });

  test("refuses no target, two targets and an ENI without its address", async () => {
    expect(await asRoot(cloud, "AssociateAddress", { AddressId: "eip-22222222" })).toEqual(
      apiError(
        "InvalidParameterValue.MissingAssociateEntity",
        "One of `InstanceId` and `NetworkInterfaceId` must be specified.",
      ),
    );
    expect(await associate({ InstanceId: "ins-aaaaaaaa" })).toEqual(
      apiError(
        "InvalidParameterConflict",
        "`InstanceId` and `NetworkInterfaceId` cannot be specified at the same time.",
      ),
    );
    expect(await associate({ PrivateIpAddress: undefined })).toEqual(
      apiError("MissingParameter", "The request is missing a required parameter `PrivateIpAddress`."),
    );
  });

  test("refuses direct connection, which nothing here would act upon, but not its absence in so many words", async () => {
    expect(await associate({ EipDirectConnection: true })).toEqual(
      apiError("UnsupportedOperation", "The parameter `EipDirectConnection` is not supported here."),
    );
    expect(await associate({ EipDirectConnection: false })).toMatchObject({ TaskId: expect.any(String) });
  });

  test("refuses while a task runs on the EIP or the private address", async () => {
    await associate();
    expect(await associate()).toEqual(
      apiError("OperationDenied.MutexTaskRunning", "A mutually exclusive task on `eip-22222222` is running."),
    );
    expect(await disassociate("eip-22222222")).toEqual(
      apiError("OperationDenied.MutexTaskRunning", "A mutually exclusive task on `eip-22222222` is running."),
    );
    cloud.seed.address({ addressId: "eip-33333333", addressIp: "203.0.113.30" });
    expect(await associate({ AddressId: "eip-33333333" })).toEqual(
      apiError("OperationDenied.MutexTaskRunning", "A mutually exclusive task on `10.0.1.11` is running."),
    );
  });
});

describe("DisassociateAddress", () => {
  test("unbinds when its task is over", async () => {
    const { TaskId } = await disassociate("eip-11111111");
    expect(await addressView(cloud, "eip-11111111")).toMatchObject({ AddressStatus: "UNBINDING" });
    await eipTaskDone(cloud, TaskId);
    expect(await addressView(cloud, "eip-11111111")).toMatchObject({
      AddressStatus: "UNBIND",
      NetworkInterfaceId: null,
    });
    expect(eips).toMatchObject([{ addressId: "eip-11111111", privateIp: undefined, networkInterfaceId: undefined }]);
  });

  test("keeps a migration of that address waiting", async () => {
    await disassociate("eip-11111111");
    const body = {
      SourceNetworkInterfaceId: "eni-parking0",
      DestinationNetworkInterfaceId: "eni-aaaaaaaa",
      PrivateIpAddress: "10.0.1.100",
    };
    expect(await asRoot(cloud, "MigratePrivateIpAddress", body)).toEqual(
      apiError(
        "UnsupportedOperation.MutexOperationTaskRunning",
        "A mutually exclusive task on `10.0.1.100` is running.",
      ),
    );
  });

  test("refuses what is unbound, what a HAVIP has, and a public address in exchange", async () => {
    expect(await disassociate("eip-22222222")).toEqual(
      apiError(
        "InvalidAddressIdStatus.NotPermit",
        "The status `UNBIND` of `eip-22222222` does not permit this operation.",
      ),
    );
    cloud.seed.bindAddress({ addressId: "eip-22222222", haVipId: "havip-11111111" });
    expect(await disassociate("eip-22222222")).toEqual(
      apiError(
        "InvalidParameterValue.ResourceNotSupport",
        "`eip-22222222` is bound to the HAVIP `havip-11111111`: use HaVipDisassociateAddressIp.",
      ),
    );
    const body = { AddressId: "eip-11111111", ReallocateNormalPublicIp: true };
    expect(await asRoot(cloud, "DisassociateAddress", body)).toEqual(
      apiError("UnsupportedOperation", "The parameter `ReallocateNormalPublicIp` is not supported here."),
    );
  });
});
