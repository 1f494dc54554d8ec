import type { Mechanism } from "./mechanism.ts";

/**
 * What few pairs need. A node's pairctl has the code for those that the pair uses: the user data has to be short.
 * `httpsProxy`: the setting of that name. `healthChecks`: checks of keepalived, ours or the user's own. `peerWord`: the
 * agents tell each other what keepalived is.
 */
export const OPTIONAL_FEATURES = ["httpsProxy", "healthChecks", "peerWord"] as const;

/** See {@link OPTIONAL_FEATURES}. */
export type OptionalFeature = (typeof OPTIONAL_FEATURES)[number];

/** Whether this program has the feature `peerWord`, as the build decides; from source it has. */
declare const __PEER_WORD__: boolean | undefined;

/** Whether the agents tell each other what keepalived is. In a node's pairctl the build has decided that. */
export function hasPeerWord(): boolean {
  return typeof __PEER_WORD__ === "undefined" || __PEER_WORD__;
}

/** Whether a node hears the adverts of its peer by itself, and so can yield. The build decides it; from source it does. */
declare const __HEARS_ADVERTS__: boolean | undefined;

/** Whether a node hears the adverts of its peer by itself, also while keepalived is in FAULT. */
export function hearsAdverts(): boolean {
  return typeof __HEARS_ADVERTS__ === "undefined" || __HEARS_ADVERTS__;
}

/**
 * Whether a node of a pair yields where both are MASTER: a part of `peerWord`. With a HAVIP two MASTERs take the address from
 * each other. A private IP stays with the stronger one: each end of a yield would cost an election and two moves.
 */
export function yields(mechanism: Mechanism, features: readonly OptionalFeature[]): boolean {
  return features.includes("peerWord") && mechanism === "havip";
}

/** The name of the file that pairctl for a mechanism and features is built into. */
export function bundleName(mechanism: Mechanism, features: readonly OptionalFeature[]): string {
  return `${[mechanism, ...features].join("-")}.js`;
}
