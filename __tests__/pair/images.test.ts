import { publicImages } from "local-cloud";
import { expect, test } from "vitest";
import { IMAGES } from "../../constructs";

test.each(Object.entries(IMAGES))("the local cloud has an image that %s means", (_, expression) => {
  const names = publicImages.map(({ imageName }) => imageName);
  expect(names).toContainEqual(expect.stringMatching(new RegExp(expression)));
});
