import { KEEPALIVED_OPTIONS, type KeepalivedOptions } from "../render/keepalived-options";
import { isAtLeast, isKeepalivedVersion, OLDEST_KEEPALIVED } from "../render/keepalived-version";
import { PropError, requireLiteral, requireLiteralInteger } from "../props/validation";
import * as shape from "../props/shape";

/** The kinds of {@link KeepalivedOptions}. */
export const KEEPALIVED_OPTION_PROPS = Object.fromEntries(
  Object.entries(KEEPALIVED_OPTIONS).map(([prop, { limits }]) => [
    prop,
    shape.optional(limits === undefined ? shape.flag() : shape.integer(limits[0], limits)),
  ]),
) as shape.Shape<KeepalivedOptions>;

/** The options among the props of a pair. */
export function keepalivedOptionsOf(props: KeepalivedOptions): KeepalivedOptions {
  const options = Object.keys(KEEPALIVED_OPTIONS) as (keyof KeepalivedOptions)[];
  return Object.fromEntries(options.map((option) => [option, props[option]]));
}

/** Refuses what is no version of keepalived, or one that no pair can have. */
export function requireVersion(minKeepalivedVersion: string): void {
  const prop = "minKeepalivedVersion";
  requireLiteral(prop, minKeepalivedVersion, "it decides what is written for keepalived");
  if (!isKeepalivedVersion(minKeepalivedVersion)) {
    const remedy = 'write what `keepalived -v` says on the image, such as "2.2.7"';
    throw new PropError(prop, minKeepalivedVersion, "must be a version of three numbers", remedy);
  }
  if (!isAtLeast(minKeepalivedVersion, OLDEST_KEEPALIVED)) {
    const problem = `must be ${OLDEST_KEEPALIVED} or later, which brought unicast`;
    throw new PropError(prop, minKeepalivedVersion, problem, "raise it, or leave it out");
  }
}

/** Refuses what the oldest keepalived that the nodes may have does not know. */
export function requireVersionOf(
  prop: string,
  value: number | boolean,
  since: string,
  minKeepalivedVersion: string,
): void {
  // What is no version is refused as such.
  if (!isKeepalivedVersion(minKeepalivedVersion) || isAtLeast(minKeepalivedVersion, since)) return;
  throw new PropError(
    prop,
    value,
    `needs keepalived ${since} or later, and minKeepalivedVersion is ${minKeepalivedVersion}`,
    `set minKeepalivedVersion to "${since}" or later if the image has it, or leave ${prop} out`,
  );
}

/** The checks of the options: limits, versions, and what they need of each other. */
export function requireOptions(
  options: KeepalivedOptions,
  minKeepalivedVersion: string,
  advertInt: number,
): (() => void)[] {
  const each = Object.entries(KEEPALIVED_OPTIONS).map(([prop, { limits, since }]) => () => {
    const value = options[prop as keyof KeepalivedOptions];
    if (value === undefined || value === false) return;
    if (limits !== undefined) requireLiteralInteger(prop, Number(value), ...limits, "correct it, or leave it out");
    requireVersionOf(prop, value, since, minKeepalivedVersion);
  });
  return [...each, () => requireSoonEnough(options, advertInt), () => requirePriorityOfOneKind(options)];
}

/** How long an election may take, in seconds or, where that is more, in adverts: pairctl's waits are longer than that. */
const LONGEST_ELECTION = 4;

function requireSoonEnough({ downTimerAdverts }: KeepalivedOptions, advertInt: number): void {
  const longest = LONGEST_ELECTION * Math.max(1, advertInt);
  const most = Math.floor(Number((longest / advertInt).toFixed(6))) - 1;
  if (downTimerAdverts === undefined || downTimerAdverts <= most) return;
  throw new PropError(
    "downTimerAdverts",
    downTimerAdverts,
    `must be ${most} at most with advertInt ${advertInt}, so that an election is over before pairctl stops waiting for it`,
    "lower it, or raise advertInt instead, which pairctl's waits follow",
  );
}

function requirePriorityOfOneKind(options: KeepalivedOptions): void {
  const { vrrpPriority, vrrpRlimitRttimeMicroseconds, vrrpRtPriority } = options;
  if (vrrpRtPriority === undefined && vrrpRlimitRttimeMicroseconds !== undefined) {
    throw new PropError(
      "vrrpRlimitRttimeMicroseconds",
      vrrpRlimitRttimeMicroseconds,
      "must be left out without vrrpRtPriority, whose run time it limits",
      "give vrrpRtPriority, too, or take it out",
    );
  }
  if (vrrpRtPriority !== undefined && vrrpPriority !== undefined) {
    const problem = "must be left out beside vrrpRtPriority, with which keepalived ignores it";
    throw new PropError("vrrpPriority", vrrpPriority, problem, "take one of the two out");
  }
}
