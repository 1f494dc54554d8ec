import { expect, test } from "vitest";
import { IMAGES, type ImageAlias, type KeepalivedPairProps } from "../../constructs/index";
import { node, PROPS, synthPair } from "../helpers/pair";
import { only, type Synthesized } from "../helpers/synth";

const lookedUp = (stack: Synthesized) => Object.values(stack.data?.["tencentcloud_images"] ?? {});

test("an id is taken as it is, and nothing is looked up", () => {
  const stack = synthPair({ imageId: "img-12345678" });
  expect(node(stack, "Primary")["image_id"]).toBe("img-12345678");
  expect(lookedUp(stack)).toEqual([]);
});

test.each<[string, Partial<KeepalivedPairProps>, string]>([
  ["its short name", { image: "ubuntu-22.04" }, IMAGES["ubuntu-22.04"]],
  ["an expression", { imageNameRegex: "^Debian 12" }, "^Debian 12"],
])("finds the newest public image by %s, and running nodes keep the one that they have", (_, props, expression) => {
  const stack = synthPair({ imageId: undefined, ...props });
  expect(lookedUp(stack)).toEqual([{ image_type: ["PUBLIC_IMAGE"], image_name_regex: expression }]);
  for (const role of ["Primary", "Secondary"] as const) {
    const { image_id: id, lifecycle } = node(stack, role) as { image_id: string; lifecycle: object };
    expect(id).toMatch(/^\$\{try\(data\.tencentcloud_images\.\w+\.images\[0\]\.image_id, ""\)\}$/);
    expect(lifecycle).toMatchObject({ ignore_changes: expect.arrayContaining(["image_id"]) });
  }
});

// The names of public images as the cloud's console and API write them, and editions that are no plain release.
test.each<[ImageAlias, string[]]>([
  ["ubuntu-24.04", ["Ubuntu Server 24.04 LTS 64bit"]],
  ["ubuntu-22.04", ["Ubuntu Server 22.04 LTS 64bit", "Ubuntu Server 22.04 LTS 64位"]],
  ["ubuntu-20.04", ["Ubuntu Server 20.04 LTS 64bit", "Ubuntu Server 20.04.1 LTS 64位"]],
  ["debian-12", ["Debian 12.0 64bit"]],
  ["debian-11", ["Debian 11.1 64bit"]],
])("%s means one release's plain edition, under the names that the cloud has for it", (alias, names) => {
  const others = Object.values(IMAGES).filter((expression) => expression !== IMAGES[alias]);
  for (const name of names) {
    expect(name).toMatch(new RegExp(IMAGES[alias]));
    for (const other of others) expect(name).not.toMatch(new RegExp(other));
    expect(`${name} UEFI Edition`).not.toMatch(new RegExp(IMAGES[alias]));
  }
});

test.each<[string, Partial<KeepalivedPairProps>, RegExp]>([
  [
    "no image",
    { imageId: undefined },
    /'image' and 'imageId' and 'imageNameRegex' exclude each other.*set exactly one/,
  ],
  ["two images", { image: "debian-12" }, /'image' and 'imageId' .*, got "debian-12"/],
  ["an id and a name", { imageNameRegex: "x" }, /'imageId' and 'image' .*, got "img-12345678"/],
  ["a name that is short for none", { imageId: undefined, image: "ubuntu" as "debian-12" }, /'image' must be one of/],
  [
    "an empty name for an image, which each one has",
    { imageId: undefined, imageNameRegex: "" },
    /'imageNameRegex' must not be empty/,
  ],
])("refuses %s", (_, props, message) => {
  expect(() => synthPair({ ...PROPS, ...props })).toThrow(message);
});

test("the nodes wait for what says that there is an image", () => {
  const stack = synthPair({ imageId: undefined, image: "debian-12", checkInstanceType: false });
  const check = Object.keys(stack.resource["terraform_data"] ?? {}).find((name) => name.includes("ImageCheck")) ?? "";
  expect(node(stack, "Secondary")["depends_on"]).toContain(`terraform_data.${check}`);
  expect(only({ resource: { check: { [check]: stack.resource["terraform_data"]?.[check] ?? {} } } }, "check")).toEqual(
    expect.objectContaining({ triggers_replace: { image: "debian-12" } }),
  );
});
