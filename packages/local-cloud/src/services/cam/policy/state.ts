import type { PolicyDocument } from "./document.ts";

/** A CAM policy. */
export interface Policy {
  policyId: number;
  policyName: string;
  description: string;
  document: PolicyDocument;
  /** The document as JSON, as it was given. */
  text: string;
  /** Unix time in ms. */
  createdAt: number;
}
