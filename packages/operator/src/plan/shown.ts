import type { AttributeChange, PlannedResource } from "./changes.ts";
import { withoutSecrets } from "./user-data/secrets.ts";
import { unpackUserData } from "../user-data/unpack.ts";
import { diffUserData, type TextDiff } from "./user-data/user-data-diff.ts";

/** A change as it is shown, without secrets. */
export interface Shown {
  readonly what: string;
  readonly texts?: readonly TextDiff[];
}

/** Longer values are cut. */
const LONGEST_VALUE = 120;

/** What happens to a whole resource. */
export function shownResource(resource: PlannedResource): Shown {
  const { action, attributes } = resource;
  const words = { create: "created", delete: "destroyed", replace: "replaced", update: "updated", none: "as it is" };
  const replacing = attributes.filter(({ replaces }) => replaces).map((each) => shownChange(resource, each).what);
  const because = replacing.length === 0 ? "" : ` since it cannot be updated: ${replacing.join("; ")}`;
  const texts = action === "replace" ? attributes.find(({ name }) => name === "user_data") : undefined;
  const diffs = texts === undefined || texts.isSecret ? undefined : diffOf(texts);
  return { what: `${words[action]}${because}`, ...(diffs === undefined ? {} : { texts: diffs }) };
}

/** What becomes of an attribute. */
export function shownChange(resource: PlannedResource, change: AttributeChange): Shown {
  const { name, before, after, isUnknown, isSecret } = change;
  if (isSecret) return { what: `${name}: (hidden, since Terraform holds it for a secret)` };
  if (name === "user_data") {
    const texts = isUnknown ? undefined : diffOf(change);
    if (texts !== undefined) return { what: `${name} (${sizeOf(resource, change)} characters)`, texts };
    return {
      what: `${name}: ${isUnknown ? "known only when the plan is applied" : "another text, which is no pair's"}`,
    };
  }
  if (name === "user_data_raw") return { what: `${name}: another text` };
  return { what: `${name}: ${shownValue(before)} → ${isUnknown ? "(known after the apply)" : shownValue(after)}` };
}

function diffOf({ before, after }: AttributeChange): readonly TextDiff[] | undefined {
  const [was, is] = [unpackUserData(before), unpackUserData(after)];
  return was === undefined || is === undefined ? undefined : diffUserData(was, is);
}

/** How much of the 16,384 characters that the cloud takes the new one has. */
function sizeOf(_resource: PlannedResource, { after }: AttributeChange): string {
  return String(after).length.toLocaleString("en-US");
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null || value === "") return "(none)";
  const text = withoutSecrets(typeof value === "string" ? value : JSON.stringify(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
