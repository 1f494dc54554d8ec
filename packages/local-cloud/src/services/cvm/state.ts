import type { CamState } from "../cam/index.ts";
import type { CbsState } from "../cbs/index.ts";
import type { ServiceCore } from "../core.ts";
import type { State as StateOfVpc } from "../vpc/index.ts";
import type { Image } from "./image/public-images.ts";
import type { Instance } from "./instance/state.ts";
import type { KeyPair } from "./key-pair/state.ts";
import type { PlacementGroup } from "./placement-group/state.ts";
import type { Project } from "./project/state.ts";
import type { SoldOut } from "./zone/sold-out.ts";

/** What the CVM service keeps. */
export const cvmState = () => ({
  instances: new Map<string, Instance>(),
  placementGroups: new Map<string, PlacementGroup>(),
  keyPairs: new Map<string, KeyPair>(),
  /** The account's projects, beside the default one. */
  projects: new Map<number, Project>(),
  /** The images that were put in place, beside the public ones. */
  images: new Map<string, Image>(),
  /** What a zone has none left of. */
  soldOut: new Map<string, SoldOut>(),
});

export type CvmState = Readonly<ReturnType<typeof cvmState>>;

/** What the service works on: its own state, the networks and disks that instances are on, and the roles that they have. */
export interface State extends CvmState, Omit<StateOfVpc, keyof CvmState>, CbsState, Pick<CamState, "roles"> {}

export type Core = ServiceCore<State>;
