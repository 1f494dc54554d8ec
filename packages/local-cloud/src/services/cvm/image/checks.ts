import { CloudError } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { State } from "../state.ts";
import { imagesOf } from "./state.ts";

/** Whether instances can be made of an image. @throws CloudError `InvalidImageId.Malformed` or `.NotFound` */
export function checkImage(state: State, imageId: string): void {
  if (!isId("img", imageId)) throw new CloudError("InvalidImageId.Malformed", `\`${imageId}\` is malformed.`);
  if (!imagesOf(state).some((image) => image.imageId === imageId)) {
    throw new CloudError("InvalidImageId.NotFound", `The image \`${imageId}\` does not exist.`);
  }
}
