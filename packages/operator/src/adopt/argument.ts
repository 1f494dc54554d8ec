import { templateParts } from "pairctl/contract";

/** What an argument of a synthesized stack is, before Terraform has evaluated it. */
export type Argument =
  | { readonly kind: "literal"; readonly value: string }
  /** An attribute of another resource. */
  | { readonly kind: "reference"; readonly address: string; readonly attribute: string }
  /** Left out, or an expression that only Terraform evaluates. */
  | { readonly kind: "unknown" };

const UNKNOWN: Argument = { kind: "unknown" };

/** A reference to an attribute of a resource of the same module, without an index. */
const REFERENCE = /^(tencentcloud_\w+\.[\w-]+)\.(\w+)$/;

/** Reads an argument. */
export function argumentOf(value: unknown): Argument {
  if (typeof value === "number" || typeof value === "boolean") return { kind: "literal", value: String(value) };
  if (typeof value !== "string") return UNKNOWN;
  try {
    const parts = templateParts(value, "bare");
    const [only] = parts;
    if (parts.every(({ expression }) => expression === undefined)) {
      return { kind: "literal", value: parts.map(({ text }) => text).join("") };
    }
    const [, address, attribute] = (parts.length === 1 && REFERENCE.exec(only?.expression?.trim() ?? "")) || [];
    return address === undefined || attribute === undefined ? UNKNOWN : { kind: "reference", address, attribute };
  } catch {
    return UNKNOWN;
  }
}

/** The addresses of all resources of a type that an argument refers to, in whatever expression. */
export function referencesIn(value: unknown, type: string): string[] {
  const text = JSON.stringify(value ?? null);
  return [...new Set([...text.matchAll(new RegExp(`\\b(${type}\\.[\\w-]+)`, "g"))].map(([, address = ""]) => address))];
}
