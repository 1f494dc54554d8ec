import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { asRoot, startPair } from "../../../support/pair.ts";
import { apiError } from "../../../support/client.ts";

let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startPair();
});
afterEach(() => cloud.stop());

describe("DescribeAddresses", () => {
  test("finds by id, address, status, target and type", async () => {
    const filtered = async (Name: string, ...Values: string[]) => {
      const { AddressSet } = await asRoot(cloud, "DescribeAddresses", { Filters: [{ Name, Values }] });
      return AddressSet.map((address: { AddressId: string }) => address.AddressId);
    };
    expect(await filtered("address-id", "eip-22222222")).toEqual(["eip-22222222"]);
    expect(await filtered("address-name", "eip-22222222")).toEqual(["eip-22222222"]);
    expect(await filtered("address-ip", "203.0.113.10")).toEqual(["eip-11111111"]);
    expect(await filtered("address-status", "UNBIND")).toEqual(["eip-22222222"]);
    expect(await filtered("network-interface-id", "eni-parking0")).toEqual(["eip-11111111"]);
    expect(await filtered("private-ip-address", "10.0.1.100")).toEqual(["eip-11111111"]);
    expect(await filtered("instance-id", "ins-aaaaaaaa")).toEqual([]);
    expect(await filtered("instance-type", "ENI")).toEqual(["eip-11111111"]);
    expect(await filtered("address-type", "EIP")).toEqual(["eip-11111111", "eip-22222222"]);
  });

  test("refuses malformed ids, unknown filters and too high a limit", async () => {
    expect(await asRoot(cloud, "DescribeAddresses", { AddressIds: ["x"] })).toEqual(
      apiError("InvalidParameterValue.AddressIdMalformed", "The value `x` of `AddressId` is malformed."),
    );
    expect(await asRoot(cloud, "DescribeAddresses", { Filters: [{ Name: "tag-key", Values: ["x"] }] })).toEqual(
      apiError("InvalidParameter.InvalidFilter", "The filter `tag-key` is not valid."),
    );
    expect(await asRoot(cloud, "DescribeAddresses", { Limit: 101 })).toEqual(
      apiError("InvalidParameterValue.LimitExceeded", "The value `101` of `Limit` is not between 1 and 100."),
    );
  });
});
