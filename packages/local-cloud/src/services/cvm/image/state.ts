import type { Core } from "../state.ts";
import { type Image, publicImages } from "./public-images.ts";

/** An image that is put in place. */
export interface ImageOptions {
  readonly imageId: string;
  /** @default "PRIVATE_IMAGE" */
  readonly imageType?: Image["imageType"];
  /** @default - the id */
  readonly imageName?: string;
  /** In the CVM API's form. @default "2020-01-01T00:00:00Z" */
  readonly createdTime?: string;
}

/** Puts an image in place, which lasts. */
export function createImage({ state }: Pick<Core, "state">, options: ImageOptions): Image {
  const { imageId, imageType = "PRIVATE_IMAGE", imageName = imageId, createdTime = "2020-01-01T00:00:00Z" } = options;
  const image = { imageId, imageType, imageName, createdTime };
  state.images.set(imageId, image);
  return image;
}

/** Every image that the account finds. */
export const imagesOf = (state: Pick<Core["state"], "images">): Image[] => [...publicImages, ...state.images.values()];
