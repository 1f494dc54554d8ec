import { randomBytes, randomInt } from "node:crypto";

/** An id in the cloud's manner, e.g. `eni-1a2b3c4d`. */
export function newId(prefix: string): string {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  return `${prefix}-${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("")}`;
}

/** A MAC address with the prefix that the cloud's machines have. */
export function newMacAddress(): string {
  return ["52", "54", "00", ...[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0"))]
    .join(":")
    .toUpperCase();
}

/** The cloud's ids: a prefix, and eight letters or digits (longer ones are taken too). */
export const isId = (prefix: string, id: string) => new RegExp(`^${prefix}-[0-9a-z]{8,}$`).test(id);
