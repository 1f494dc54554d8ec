import type { Construct } from "constructs";
import { DataTencentcloudImages } from "../provider";
import { PropError } from "../props/prop-error";
import { DeployCheck } from "../terraform/deploy-check";
import { literals } from "../terraform/literals";
import { IMAGE_ALIASES, IMAGES } from "./images";
import type { MachineProps } from "./machine-props";

/** The props that say which image, of which one is given. */
export type ImageProps = Pick<MachineProps, "image" | "imageId" | "imageNameRegex">;

/** Refuses no image, two, and a name that every image has. */
export function requireImage({ image, imageId, imageNameRegex }: ImageProps): void {
  const given = Object.entries({ image, imageId, imageNameRegex }).filter(([, value]) => value !== undefined);
  if (given.length !== 1) {
    const [[prop, value] = ["image", undefined]] = given;
    const others = ["image", "imageId", "imageNameRegex"].filter((each) => each !== prop).map((each) => `'${each}'`);
    throw new PropError(
      prop,
      value,
      `and ${others.join(" and ")} exclude each other, and one of them must be set`,
      `set exactly one of them: image, such as ${IMAGE_ALIASES[0]}, an id such as img-487zeit5, or an expression such as '^Debian 12'`,
    );
  }
  if (imageNameRegex?.trim() === "") {
    const remedy = "every image's name fits it: write one such as '^Debian 12'";
    throw new PropError("imageNameRegex", imageNameRegex, "must not be empty", remedy);
  }
}

/** The image of a pair's nodes. */
export interface MachineImage {
  /** Its id. Where it is looked up: that of the newest one, which a running node does not get. */
  readonly imageId: string;
  /** That there is one when the nodes are made; undefined where the id is given. */
  readonly check: DeployCheck | undefined;
}

/**
 * The image that is given, or the newest public one of its name: children `Image` and `ImageCheck`.
 *
 * @throws where there is no image or two
 */
export function machineImage(scope: Construct, props: ImageProps): MachineImage {
  requireImage(props);
  const { image, imageId, imageNameRegex = "" } = props;
  if (imageId !== undefined) return { imageId, check: undefined };
  const { fqn } = new DataTencentcloudImages(scope, "Image", {
    imageType: ["PUBLIC_IMAGE"],
    ...literals({ imageNameRegex: image === undefined ? imageNameRegex : IMAGES[image] }),
  });
  const [prop, value] = image === undefined ? ["imageNameRegex", imageNameRegex] : ["image", image];
  const check = new DeployCheck(scope, "ImageCheck", {
    values: { [prop]: value },
    conditions: {
      isThere: {
        holds: `length(${fqn}.images) > 0`,
        otherwise:
          `'${prop}' is ${value}, and the region has no public image of that name: choose another of ` +
          `${IMAGE_ALIASES.join(", ")}, or look an image up in the console and give its id as 'imageId'`,
      },
    },
  });
  // The provider lists the newest one first. A running pair needs none: its nodes keep their own.
  return { imageId: `\${try(${fqn}.images[0].image_id, "")}`, check };
}
