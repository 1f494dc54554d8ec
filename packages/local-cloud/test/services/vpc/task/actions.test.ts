import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EipEvent, LocalCloud } from "../../../../src/index.ts";
import { asRoot, startPair } from "../../../support/pair.ts";

let cloud: LocalCloud;
let eips: EipEvent[];

beforeEach(async () => {
  cloud = await startPair();
  eips = [];
  cloud.on("eip", (event) => eips.push(event));
});
afterEach(() => cloud.stop());

const error = (Code: string, Message: string) => ({ Error: { Code, Message }, RequestId: expect.any(String) });

describe("DescribeTaskResult", () => {
  test("refuses a TaskId that is unknown, a string or absent, and order numbers", async () => {
    expect(await asRoot(cloud, "DescribeTaskResult", { TaskId: 7 })).toEqual(
      error("InvalidParameter", "The task `7` of `TaskId` does not exist."),
    );
    expect(await asRoot(cloud, "DescribeTaskResult", { TaskId: "7" })).toEqual(
      error("InvalidParameter", "The value type of parameter `TaskId` is not valid."),
    );
    expect(await asRoot(cloud, "DescribeTaskResult")).toEqual(
      error("MissingParameter", "The request is missing a required parameter `TaskId`."),
    );
    expect(await asRoot(cloud, "DescribeTaskResult", { DealName: "2026" })).toEqual(
      error("UnsupportedOperation", "The parameter `DealName` is not supported here."),
    );
  });
});
