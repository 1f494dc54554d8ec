import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instanceNamed } from "./fail-over.ts";
import { providerAvailable } from "../src/index.ts";
import { RunningPair, type SettingsChange, type SynthesizedStack } from "./running-pair.ts";

const available = providerAvailable();
if (!available) console.log("not run: provider not available: images that are looked up, and types that a zone sells");

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "offer-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const zone = "ap-singapore-1";
const debian = (imageId: string, createdTime: string) =>
  ({ imageId, imageType: "PUBLIC_IMAGE", imageName: "Debian 12.0 64bit", createdTime }) as const;

/** The images of both nodes. */
const imagesOf = ({ cloud }: RunningPair) => ["primary", "secondary"].map((name) => instanceNamed(cloud, name).imageId);

test.runIf(available)(
  "nodes are made of the newest image of its name, and keep it whatever the cloud lists and sells later",
  { timeout: 900_000 },
  async () => {
    await using pair = await RunningPair.open(folder);
    const { seed, state } = pair.cloud;
    seed.image(debian("img-11111111", "2025-01-01T00:00:00Z"));
    seed.image(debian("img-22222222", "2026-01-01T00:00:00Z"));
    await pair.synthesize([{ image: "debian-12" }]);
    expect(await pair.apply()).toMatchObject({ status: 0 });
    expect(imagesOf(pair)).toEqual(["img-22222222", "img-22222222"]);
    expect(await pair.plan()).toMatchObject({ status: 0 });

    seed.image(debian("img-33333333", "2027-01-01T00:00:00Z"));
    expect(await pair.plan()).toMatchObject({ status: 0 });
    expect(await pair.apply()).toMatchObject({ status: 0, said: expect.stringContaining("0 added, 0 changed") });
    expect(imagesOf(pair)).toEqual(["img-22222222", "img-22222222"]);

    // Neither the image nor the type can be had any more: what runs goes on, and can be changed.
    for (const id of ["img-11111111", "img-22222222", "img-33333333"])
      (state.images as Map<string, unknown>).delete(id);
    seed.soldOut({ zone, instanceType: "S5.MEDIUM2" });
    expect(await pair.plan()).toMatchObject({ status: 0 });
    await pair.synthesize([{ image: "debian-12", "eip.bandwidthMbps": 20 }]);
    expect(await pair.apply()).toMatchObject({ status: 0, said: expect.stringContaining("0 added, 1 changed") });

    // A type that it is to get must be there.
    seed.soldOut({ zone, instanceType: "S5.LARGE8" });
    await pair.synthesize([{ image: "debian-12", instanceType: "S5.LARGE8" }]);
    const refusal = expect.stringContaining("'instanceType' is S5.LARGE8, which is sold out in ap-singapore-1: choose");
    expect(await pair.plan()).toEqual({ status: 1, said: refusal });
    await pair.synthesize([{ image: "debian-12" }]);
    expect(await pair.destroy()).toMatchObject({ status: 0 });
  },
);

test.runIf(available).each<[string, SettingsChange, string]>([
  [
    "an image that the region does not have",
    { image: "debian-11" },
    "web-pair/Pair: 'image' is debian-11, and the region has no public image of that name: choose another of",
  ],
  [
    "an expression that no image's name fits",
    { image: undefined, imageNameRegex: "^Rocky Linux 9" },
    "web-pair/Pair: 'imageNameRegex' is ^Rocky Linux 9, and the region has no public image of that name",
  ],
  [
    "a type that the zone does not sell",
    { instanceType: "S9.MEDIUM2" },
    "web-pair/Pair: 'instanceType' is S9.MEDIUM2, which ap-singapore-1 does not sell by the hour: choose another type",
  ],
])("refuses %s before anything is made", { timeout: 120_000 }, async (_, settings, message) => {
  await using pair = await RunningPair.open(folder);
  await pair.synthesize([settings], settings["image"] !== undefined ? withoutSuchImage : undefined);
  expect(await pair.apply()).toEqual({ status: 1, said: expect.stringContaining(message) });
  expect(pair.writes).toEqual([]);
});

/** The local cloud has every image with a short name: the name is one that no image of it has. */
function withoutSuchImage({ data }: SynthesizedStack): void {
  for (const images of Object.values(data["tencentcloud_images"] ?? {})) images["image_name_regex"] = "^None$";
}
