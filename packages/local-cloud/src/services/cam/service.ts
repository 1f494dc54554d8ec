import { CloudError } from "../../api/errors.ts";
import { integer, optional } from "../../api/parameters.ts";
import { actionsOf } from "../action.ts";
import { tagsWith } from "../tag/index.ts";
import type { Core } from "./state.ts";

/** Makes an action of the CAM API. */
export const defineAction = actionsOf<Core>({ service: "cam", version: "2019-01-16" });

/** The tags that a role or policy is created with. */
export const camTags = optional(
  tagsWith({
    duplicateKey: "InvalidParameter.TagParamError",
    emptyKey: "InvalidParameter.TagParamError",
    keyLength: "InvalidParameter.TagParamError",
    valueLength: "InvalidParameter.TagParamError",
    reservedKey: "InvalidParameter.TagParamError",
    tooMany: "InvalidParameter.TagLimitExceeded",
  }),
);

/** How CAM's lists are paged: page by page, from 1. */
export const pageParameters = { Page: optional(integer), Rp: optional(integer) };

const maxPageSize = 200;

/** @throws CloudError `InvalidParameter.ParamError` */
export function pageOf<T>(
  items: readonly T[],
  { Page = 1, Rp = 20 }: { Page?: number | undefined; Rp?: number | undefined },
): T[] {
  if (Page < 1 || Rp < 1 || Rp > maxPageSize) {
    throw new CloudError("InvalidParameter.ParamError", `\`Page\` is 1 or more and \`Rp\` 1 to ${maxPageSize}.`);
  }
  return items.slice((Page - 1) * Rp, Page * Rp);
}

/** How long descriptions of roles and policies may be, in bytes. Source: the documentation of the error code. */
const maxDescriptionBytes = 300;

/** @throws CloudError `InvalidParameter.DescriptionLengthOverlimit` */
export function checkDescription(description: string): void {
  const bytes = Buffer.byteLength(description);
  if (bytes > maxDescriptionBytes) {
    throw new CloudError(
      "InvalidParameter.DescriptionLengthOverlimit",
      `A description has at most ${maxDescriptionBytes} bytes, got ${bytes}.`,
    );
  }
}

/** CAM's form of a point in time. */
export const camTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
