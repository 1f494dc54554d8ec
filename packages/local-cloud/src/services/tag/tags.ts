import type { TagState } from "./state.ts";

/** A tag in the form of the API. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The kinds of resources that have tags here: service and prefix, as they stand in a resource's six-part name. */
export const taggable = [
  "vpc:vpc",
  "vpc:subnet",
  "vpc:eni",
  "vpc:havip",
  "vpc:eip",
  "cvm:sg",
  "cvm:instance",
  "cvm:ps",
  "cvm:keypair",
  "cvm:volume",
  "cam:role",
  "cam:policy",
] as const;

/** Service and prefix of a resource's six-part name, e.g. `cvm:instance`. */
export type Taggable = (typeof taggable)[number];

/** A resource's tags by key; none: empty. */
export const tagsOf = ({ tags }: TagState, kind: Taggable, id: string): Readonly<Record<string, string>> =>
  tags.get(`${kind}/${id}`) ?? {};

/** A resource's tags as its own API shows them. */
export const tagSet = (state: TagState, kind: Taggable, id: string): Tag[] =>
  Object.entries(tagsOf(state, kind, id)).map(([Key, Value]) => ({ Key, Value }));

/** Adds or changes these tags. */
export function putTags(state: TagState, kind: Taggable, id: string, tags: readonly Tag[] = []): void {
  if (tags.length === 0) return;
  const added = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  state.tags.set(`${kind}/${id}`, { ...tagsOf(state, kind, id), ...added });
}

/** Takes tags away. @param keys - @default all of them, as when the resource goes */
export function dropTags(state: TagState, kind: Taggable, id: string, keys?: readonly string[]): void {
  const left = Object.entries(tagsOf(state, kind, id)).filter(([key]) => keys !== undefined && !keys.includes(key));
  if (left.length > 0) state.tags.set(`${kind}/${id}`, Object.fromEntries(left));
  else state.tags.delete(`${kind}/${id}`);
}
