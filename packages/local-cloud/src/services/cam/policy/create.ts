import { CloudError } from "../../../api/errors.ts";
import type { Core } from "../state.ts";
import { checkPolicyNameIsFree } from "./checks.ts";
import { parsePolicyDocument } from "./document.ts";
import type { Policy } from "./state.ts";

/** A policy to create. */
export interface PolicyOptions {
  /** @default - the next one */
  readonly policyId?: number;
  readonly policyName: string;
  /** The document, as an object or as JSON. */
  readonly document: unknown;
  /** @default - none */
  readonly description?: string;
}

const firstPolicyId = 200_000_001;

/** @throws CloudError if the document is wrong or cannot be evaluated here, or name or id are taken */
export function createPolicy({ state, now, assumptions }: Core, options: PolicyOptions): Policy {
  const { policies } = state;
  const { policyId = Math.max(firstPolicyId - 1, ...policies.keys()) + 1, policyName, description = "" } = options;
  const document = parsePolicyDocument(options.document, assumptions);
  const text = typeof options.document === "string" ? options.document : JSON.stringify(options.document);
  checkPolicyNameIsFree({ state }, policyName);
  if (policies.has(policyId)) {
    throw new CloudError("FailedOperation.PolicyNameInUse", `The policy ${policyId} already exists.`);
  }
  const policy = { policyId, policyName, description, document, text, createdAt: now() };
  policies.set(policyId, policy);
  return policy;
}
