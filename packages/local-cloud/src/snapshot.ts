import type { State } from "./services/state.ts";

/** Everything that a cloud knows, as plain JSON; of its secrets, none. */
export interface Snapshot {
  /** Of this format. */
  readonly version: 2;
  readonly region: string;
  /** By the names of the state's maps: their entries. */
  readonly maps: Readonly<Record<string, readonly (readonly [string | number, unknown])[]>>;
}

/** A snapshot that cannot be used; the message says why. */
export class SnapshotError extends Error {}

/** What is over with the process that it runs in: tasks and commands on instances. */
const passing = ["tasks", "invocations", "invocationTasks", "agentHeartbeats"];

/** What the cloud knows now; tasks are left out, so it is good while none runs. */
export function takeSnapshot(state: State, region: string): Snapshot {
  const maps = Object.entries(state).filter(([name]) => !passing.includes(name));
  return {
    version: 2,
    region,
    maps: Object.fromEntries(maps.map(([name, map]) => [name, [...(map as Map<string, unknown>)]])),
  };
}

/**
 * Fills an empty state.
 *
 * @throws SnapshotError if it is of another format, another region, or has what this state does not know
 */
export function restore(state: State, region: string, snapshot: Snapshot): void {
  if (snapshot.version !== 2) {
    throw new SnapshotError(
      `the state of the local cloud must have the version 2, got ${String(snapshot.version)}: remove it together with Terraform's state of this deployment, and deploy anew`,
    );
  }
  if (snapshot.region !== region) {
    throw new SnapshotError(`the state of the local cloud is of the region '${snapshot.region}', not of '${region}'`);
  }
  const maps = state as unknown as Record<string, Map<string | number, unknown> | undefined>;
  for (const [name, entries] of Object.entries(snapshot.maps)) {
    const map = Object.hasOwn(maps, name) ? maps[name] : undefined;
    if (!map) throw new SnapshotError(`the state of the local cloud has '${name}', which this version does not know`);
    // A copy: the snapshot stays what it was.
    for (const [id, resource] of entries) map.set(id, structuredClone(resource));
  }
}
