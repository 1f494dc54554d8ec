import type { Action } from "../action.ts";
import { describeResourceTagsByResourceIds, modifyResourceTags } from "./actions.ts";

/** What there is of the tag API, version 2018-08-13. */
export const tagActions: readonly Action[] = [modifyResourceTags, describeResourceTagsByResourceIds];
