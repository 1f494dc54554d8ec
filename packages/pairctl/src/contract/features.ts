import type { Mechanism } from "./mechanism.ts";
import type { Tuning } from "./settings.ts";

/**
 * The settings that turn on what few pairs need. A node's pairctl has the code for those that its settings name, and
 * takes no others: the user data has to be short.
 */
export const OPTIONAL_FEATURES = ["httpsProxy"] as const satisfies readonly (keyof Tuning)[];

/** See {@link OPTIONAL_FEATURES}. */
export type OptionalFeature = (typeof OPTIONAL_FEATURES)[number];

/** The features that settings turn on, in the order of the table. */
export function featuresOf(settings: Tuning): OptionalFeature[] {
  return OPTIONAL_FEATURES.filter((feature) => settings[feature] !== undefined);
}

/** The name of the file that pairctl for a mechanism and features is built into. */
export function bundleName(mechanism: Mechanism, features: readonly OptionalFeature[]): string {
  return `${[mechanism, ...features].join("-")}.js`;
}
