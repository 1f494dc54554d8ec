import type { Mechanism } from "pairctl/contract";
import type { Change } from "./change.ts";
import { DELIVERED } from "./rows/delivered.ts";
import { IDENTITY } from "./rows/identity.ts";
import { LOSSES } from "./rows/losses.ts";
import { MACHINES } from "./rows/machines.ts";
import { PUBLIC_ADDRESS } from "./rows/public-address.ts";

/** Every change that is rehearsed, in the order of the table. */
export const CHANGES: readonly Change[] = [...PUBLIC_ADDRESS, ...IDENTITY, ...DELIVERED, ...MACHINES, ...LOSSES];

/** Those that a mechanism has. */
export function changesWith(mechanism: Mechanism, names?: readonly string[]): Change[] {
  return CHANGES.filter(
    (change) => (change.mechanism ?? mechanism) === mechanism && (names === undefined || names.includes(change.name)),
  );
}
