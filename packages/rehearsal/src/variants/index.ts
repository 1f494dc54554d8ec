import { auditVariants } from "./lists/audit.ts";
import { cloudVariants } from "./lists/cloud.ts";
import { fabricVariants } from "./lists/fabric.ts";
import { keepalivedConfVariants } from "./lists/keepalived-conf.ts";
import { notifyVariants } from "./lists/notify.ts";
import { pairctlVariants } from "./lists/pairctl.ts";
import { unitVariants } from "./lists/units.ts";
import type { Variant } from "./variant.ts";

/** Every variant that the rehearsal must notice, by part. */
export const VARIANTS: readonly Variant[] = [
  ...keepalivedConfVariants,
  ...notifyVariants,
  ...unitVariants,
  ...pairctlVariants,
  ...cloudVariants,
  ...fabricVariants,
  ...auditVariants,
];

/** A variant by its name. @throws where there is none */
export function variantNamed(name: string): Variant {
  const variant = VARIANTS.find((candidate) => candidate.name === name);
  if (variant === undefined) throw new Error(`there is no variant called '${name}'`);
  return variant;
}
