import { expect, test } from "vitest";
import {
  interfaceWith,
  type NetworkInterface,
} from "../../../src/mechanisms/secondary-private-ip/network-interface.ts";
import type { Run } from "../../../src/protocol/run.ts";

const holding = (NetworkInterfaceId: string, address: string): NetworkInterface => ({
  NetworkInterfaceId,
  SubnetId: "subnet-00000001",
  PrivateIpAddressSet: [{ PrivateIpAddress: address, Primary: true, State: "AVAILABLE" }],
});
/** A run whose API answers with these, whatever it is asked for. */
const answering = (...list: NetworkInterface[]) =>
  ({
    settings: { vpcId: "vpc-00000001" },
    api: { call: () => Promise.resolve({ NetworkInterfaceSet: list }) },
  }) as unknown as Run<"vpcId">;

test("an interface whose address only ends or begins like the one that is asked for is not taken for it", async () => {
  const others = [holding("eni-longer0", "10.0.1.10"), holding("eni-before0", "110.0.1.1")];
  expect(await interfaceWith(answering(...others, holding("eni-exactly", "10.0.1.1")), "10.0.1.1")).toMatchObject({
    NetworkInterfaceId: "eni-exactly",
  });
  expect(await interfaceWith(answering(...others), "10.0.1.1")).toBeUndefined();
});
