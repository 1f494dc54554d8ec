import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../../../src/index.ts";
import { type Ask, type AskCode, machine, makeNetwork, startEmpty } from "../../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
beforeEach(async () => void ({ cloud, ask, code } = await startEmpty()));
afterEach(() => cloud.stop());

const ids = ({ ImageSet }: { ImageSet: readonly { ImageId: string }[] }) => ImageSet.map(({ ImageId }) => ImageId);
const filtered = (Name: string, ...Values: string[]) => ask("cvm:DescribeImages", { Filters: [{ Name, Values }] });

test("the public images have the real ones' names, by which they are found", async () => {
  const answer = await filtered("image-name", "Ubuntu Server 22.04");
  expect(answer.ImageSet).toMatchObject([
    { ImageId: "img-487zeit5", ImageName: "Ubuntu Server 22.04 LTS 64bit", ImageType: "PUBLIC_IMAGE" },
  ]);
});

test("an image that is put in place is found beside them, by its type, and instances are made of it", async () => {
  cloud.seed.image({ imageId: "img-11111111", createdTime: "2026-11-01T00:00:00Z" });
  expect(ids(await filtered("image-type", "PRIVATE_IMAGE"))).toEqual(["img-11111111"]);
  expect(ids(await filtered("image-id", "img-11111111", "img-487zeit5"))).toEqual(["img-487zeit5", "img-11111111"]);
  expect((await filtered("image-name", "img-11111111")).ImageSet).toMatchObject([
    { CreatedTime: "2026-11-01T00:00:00Z" },
  ]);
  const network = await makeNetwork(ask);
  expect(await code("cvm:RunInstances", machine(network, { ImageId: "img-11111111" }))).toBeUndefined();
});

test("refuses an id that is none, ids together with filters, and too many values", async () => {
  expect(await code("cvm:DescribeImages", { ImageIds: ["ubuntu"] })).toBe("InvalidImageId.Malformed");
  const Filters = [{ Name: "image-name", Values: Array(6).fill("Ubuntu") }];
  expect(await code("cvm:DescribeImages", { Filters })).toBe("InvalidFilterValue.LimitExceeded");
  expect(await code("cvm:DescribeImages", { Filters: [{ Name: "os-name", Values: ["x"] }] })).toBe("InvalidFilter");
});
