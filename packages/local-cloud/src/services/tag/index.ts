// The tag service: keys and values on every kind of resource.
// Others import this file of it only.
import type { Action } from "../action.ts";
import { describeResourceTagsByResourceIds, modifyResourceTags } from "./actions.ts";
import type { Core } from "./state.ts";

export { type TagCodes, tagsWith } from "./checks.ts";
export { type TagState, tagState } from "./state.ts";
export { dropTags, putTags, tagSet } from "./tags.ts";

/** What there is of the tag API, version 2018-08-13. */
export const tagActions: readonly Action<Core>[] = [modifyResourceTags, describeResourceTagsByResourceIds];
