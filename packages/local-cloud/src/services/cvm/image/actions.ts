import { CloudError } from "../../../api/errors.ts";
import { list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { isId } from "../../../engine/ids.ts";
import { cvmQueryCodes, defineAction } from "../service.ts";
import type { Image } from "./public-images.ts";
import { imagesOf } from "./state.ts";

const filterTests: Record<string, FilterTest<Image>> = {
  "image-id": ({ imageId }, values) => values.includes(imageId),
  "image-type": ({ imageType }, values) => values.includes(imageType),
  "image-name": ({ imageName }, values) => values.some((value) => imageName.includes(value)),
};

/** The public images, and those that were put in place. What is in them, nothing here knows. */
export const describeImages = defineAction(
  "DescribeImages",
  object({ ImageIds: optional(list(string)), InstanceType: unsupported, ...queryParameters }),
  ({ state }, { ImageIds: ids, Filters, Offset, Limit }) => {
    const malformed = ids?.find((id) => !isId("img", id));
    if (malformed !== undefined) throw new CloudError("InvalidImageId.Malformed", `\`${malformed}\` is malformed.`);
    const query = { ids, Filters, Offset, Limit };
    const { page, total } = select(imagesOf(state), query, ({ imageId }) => imageId, filterTests, cvmQueryCodes);
    return {
      TotalCount: total,
      ImageSet: page.map(({ imageId, imageType, imageName, createdTime }) => ({
        ImageId: imageId,
        ImageType: imageType,
        ImageName: imageName,
        OsName: imageName,
        CreatedTime: createdTime,
        ImageState: "NORMAL",
        Architecture: "x86_64",
        ImageSize: 20,
        IsSupportCloudinit: true,
      })),
    };
  },
);
