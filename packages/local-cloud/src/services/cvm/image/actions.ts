import { list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { cvmQueryCodes, defineAction } from "../service.ts";
import { publicImages } from "./public-images.ts";

interface Image {
  readonly imageId: string;
  readonly imageType: "PUBLIC_IMAGE" | "PRIVATE_IMAGE";
}

const filterTests: Record<string, FilterTest<Image>> = {
  "image-id": ({ imageId }, values) => values.includes(imageId),
  "image-type": ({ imageType }, values) => values.includes(imageType),
};

/** The public images, and those that were put in place. What is in them, nothing here knows. */
export const describeImages = defineAction(
  "DescribeImages",
  object({ ImageIds: optional(list(string)), InstanceType: unsupported, ...queryParameters }),
  ({ state }, { ImageIds: ids, Filters, Offset, Limit }) => {
    const images: Image[] = [
      ...publicImages.map((imageId) => ({ imageId, imageType: "PUBLIC_IMAGE" as const })),
      ...[...state.images.keys()].map((imageId) => ({ imageId, imageType: "PRIVATE_IMAGE" as const })),
    ];
    const query = { ids, Filters, Offset, Limit };
    const { page, total } = select(images, query, ({ imageId }) => imageId, filterTests, cvmQueryCodes);
    return {
      TotalCount: total,
      ImageSet: page.map(({ imageId, imageType }) => ({
        ImageId: imageId,
        ImageType: imageType,
        ImageName: imageId,
        ImageState: "NORMAL",
        Architecture: "x86_64",
        IsSupportCloudinit: true,
      })),
    };
  },
);
