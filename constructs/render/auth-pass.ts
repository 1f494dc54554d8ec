import { createHash } from "node:crypto";

/**
 * The password that the two nodes show each other, derived from the pair's identity. It goes over the wire in clear text
 * and guards against a misconfigured node, not against an attacker: that is the security group's task.
 *
 * @returns 8 characters, as many as VRRPv2 carries
 */
export function deriveAuthPass(identity: readonly string[]): string {
  return createHash("sha256").update(identity.join("\n")).digest("hex").slice(0, 8);
}
