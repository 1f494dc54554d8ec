/** An image that instances can be made of. */
export interface Image {
  readonly imageId: string;
  readonly imageType: "PUBLIC_IMAGE" | "PRIVATE_IMAGE";
  readonly imageName: string;
  /** In the CVM API's form: 2022-06-01T00:00:00Z. */
  readonly createdTime: string;
}

/**
 * The public images that every account finds here, a few of the cloud's. Their names are the real ones, and so are their
 * ids but Debian's, which no document tells; when they were made is not known. Other images have to be put in place with `seed.image`.
 */
export const publicImages: readonly [Image, ...Image[]] = [
  publicImage("img-487zeit5", "Ubuntu Server 22.04 LTS 64bit", "2022-06-01T00:00:00Z"),
  publicImage("img-mmytdhbn", "Ubuntu Server 24.04 LTS 64bit", "2024-06-01T00:00:00Z"),
  publicImage("img-22trbn9x", "Ubuntu Server 20.04 LTS 64bit", "2020-06-01T00:00:00Z"),
  publicImage("img-debian12", "Debian 12.0 64bit", "2023-07-01T00:00:00Z"),
  publicImage("img-debian11", "Debian 11.1 64bit", "2021-11-01T00:00:00Z"),
  publicImage("img-l8og963d", "CentOS 7.9 64bit", "2021-01-01T00:00:00Z"),
];

function publicImage(imageId: string, imageName: string, createdTime: string): Image {
  return { imageId, imageType: "PUBLIC_IMAGE", imageName, createdTime };
}
