import { CloudError } from "../../../api/errors.ts";

/** @throws CloudError `InvalidParameter.PolicyDocumentError` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("InvalidParameter.PolicyDocumentError", "the document must be JSON");
  }
}

/** The value, if it is an object. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

/** A string or a list of strings, as a list; undefined: it is neither. */
export function asList(value: unknown): string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((item) => typeof item === "string" && item !== "") ? list : undefined;
}

/** A statement's effect. @throws CloudError `InvalidParameter.EffectError` */
export function checkEffect(effect: unknown): "allow" | "deny" {
  if (effect === "allow" || effect === "deny") return effect;
  throw invalid("InvalidParameter.EffectError", `'effect' must be allow or deny, got ${show(effect)}`);
}

/** A value in an error message. */
export const show = (value: unknown) => JSON.stringify(value) ?? "nothing";

/** An error of CAM's about a document. */
export const invalid = (code: string, message: string) => new CloudError(code, `Policy document: ${message}.`);
