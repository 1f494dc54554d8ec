import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { asRoot, startPair } from "../../../support/pair.ts";
import { apiError } from "../../../support/client.ts";

let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startPair();
});
afterEach(() => cloud.stop());

describe("DescribeTaskResult", () => {
  test("refuses a TaskId that is unknown, a string or absent, and order numbers", async () => {
    expect(await asRoot(cloud, "DescribeTaskResult", { TaskId: 7 })).toEqual(
      apiError("InvalidParameter", "The task `7` of `TaskId` does not exist."),
    );
    expect(await asRoot(cloud, "DescribeTaskResult", { TaskId: "7" })).toEqual(
      apiError("InvalidParameter", "The value type of parameter `TaskId` is not valid."),
    );
    expect(await asRoot(cloud, "DescribeTaskResult")).toEqual(
      apiError("MissingParameter", "The request is missing a required parameter `TaskId`."),
    );
    expect(await asRoot(cloud, "DescribeTaskResult", { DealName: "2026" })).toEqual(
      apiError("UnsupportedOperation", "The parameter `DealName` is not supported here."),
    );
  });
});
