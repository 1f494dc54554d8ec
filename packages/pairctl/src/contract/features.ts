import type { Mechanism } from "./mechanism.ts";

/**
 * What few pairs need. A node's pairctl has the code for those that the pair uses: the user data has to be short.
 * `httpsProxy`: the setting of that name. `healthChecks`: checks of keepalived, ours or the user's own.
 */
export const OPTIONAL_FEATURES = ["httpsProxy", "healthChecks"] as const;

/** See {@link OPTIONAL_FEATURES}. */
export type OptionalFeature = (typeof OPTIONAL_FEATURES)[number];

/** The name of the file that pairctl for a mechanism and features is built into. */
export function bundleName(mechanism: Mechanism, features: readonly OptionalFeature[]): string {
  return `${[mechanism, ...features].join("-")}.js`;
}
