import { CloudError } from "../../api/errors.ts";
import { list, object, type Reader, string } from "../../api/parameters.ts";
import type { Tag } from "./tags.ts";

/** How an API refuses tags: each has codes of its own for it. */
export interface TagCodes {
  readonly duplicateKey: string;
  readonly emptyKey: string;
  readonly keyLength: string;
  readonly valueLength: string;
  /** Keys that begin as the cloud's own. */
  readonly reservedKey: string;
  readonly tooMany: string;
}

/** How many tags a resource may have. Source: the documentation of LimitExceeded.ResourceAttachedTags. */
export const maxTags = 50;

/** How long a key may be, in characters. Source: the documentation of TagKeyLengthExceeded. */
const maxKey = 127;

/** How long a value may be, in characters. Source: the documentation of TagValueLengthExceeded. */
const maxValue = 255;

/** What the keys of the cloud's own begin with. Source: the documentation of ReservedTagKey. */
const reserved = /^(qcs|qcloud|tencent|project)/i;

/** @throws CloudError with the API's code for what is wrong with them */
export function checkTags(tags: readonly Tag[], codes: TagCodes): void {
  if (tags.length > maxTags) throw new CloudError(codes.tooMany, `A resource has at most ${maxTags} tags.`);
  const keys = tags.map(({ Key }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) < index);
  if (twice !== undefined) throw new CloudError(codes.duplicateKey, `The tag key \`${twice}\` is there twice.`);
  for (const tag of tags) checkTag(tag, codes);
}

function checkTag({ Key, Value }: Tag, codes: TagCodes): void {
  if (Key === "") throw new CloudError(codes.emptyKey, "A tag's key must not be empty.");
  if (Key.length > maxKey) {
    throw new CloudError(codes.keyLength, `A tag's key has at most ${maxKey} characters, got ${Key.length}.`);
  }
  if (Value.length > maxValue) {
    throw new CloudError(codes.valueLength, `A tag's value has at most ${maxValue} characters, got ${Value.length}.`);
  }
  if (reserved.test(Key)) throw new CloudError(codes.reservedKey, `The tag key \`${Key}\` is reserved.`);
}

/** Reads the tags that a resource is to be made with; refused before anything is made. */
export const tagsWith =
  (codes: TagCodes): Reader<Tag[]> =>
  (name, value) => {
    const tags = list(object({ Key: string, Value: string }))(name, value);
    checkTags(tags, codes);
    return tags;
  };
