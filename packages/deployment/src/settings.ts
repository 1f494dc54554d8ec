import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mechanism } from "pairctl/contract";
import { stringify } from "yaml";
import { readSettings } from "../../settings-files/src/read-settings.ts";
import { SettingsError } from "../../settings-files/src/settings-error.ts";
import { filesOf } from "../../settings-files/src/settings-files.ts";
import type { AccountNeeds } from "./account.ts";

/** The part of a pair's settings that a local deployment looks at. */
export interface LocalSettings {
  readonly name: string;
  readonly region: string;
  readonly network: {
    readonly vpcId?: string;
    readonly subnetId?: string;
    readonly subnetCidrBlock: string;
    readonly availabilityZone: string;
  };
  /** @default - a public image, by its name */
  readonly imageId?: string;
  readonly keyIds?: readonly string[];
  /** @default - the account's default project, 0 */
  readonly projectId?: number;
}

/** What the account must have for a pair of the settings. */
export function accountNeeds({ network, imageId, keyIds = [], projectId = 0 }: LocalSettings): AccountNeeds {
  const { vpcId, subnetId, subnetCidrBlock: cidrBlock, availabilityZone: zone } = network;
  const isBrought = vpcId !== undefined && subnetId !== undefined;
  return {
    imageIds: imageId === undefined ? [] : [imageId],
    keyIds,
    projectIds: projectId === 0 ? [] : [projectId],
    // The settings do not tell the VPC's range; the subnet's will do.
    vpcs: isBrought ? [{ vpcId, cidrBlock }] : [],
    subnets: isBrought ? [{ subnetId, vpcId, cidrBlock, zone }] : [],
  };
}

/** The settings file cannot be used; the message says why. */
export class LocalSettingsError extends Error {}

/**
 * Reads settings files, and writes an overlay with two changes: the mechanism, where one is asked for, and a local backend,
 * since this deployment's Terraform state must not come near the real one's. Whether the rest is right, main.ts says.
 *
 * @param list the files' paths with commas between them
 * @param folder where the overlay is written
 * @returns what the files say, and the list with the overlays behind it
 * @throws LocalSettingsError if a file cannot be read, or they have no name or region
 */
export function deriveSettings(
  list: string,
  folder: string,
  mechanism: Mechanism | undefined,
): { readonly settings: LocalSettings; readonly list: string } {
  const settings = readRaw(list) as Partial<LocalSettings>;
  for (const key of ["name", "region"] as const) {
    if (typeof settings[key] !== "string") throw new LocalSettingsError(`${list} must have '${key}', a string`);
  }
  if (typeof settings.network !== "object") throw new LocalSettingsError(`${list} must have 'network'`);
  // The keys of another kind of backend are taken out first: an overlaid section keeps its own.
  const overlays = {
    "without-backend.yaml": { backend: null },
    "settings.yaml": { ...(mechanism === undefined ? {} : { mechanism }), backend: { type: "local" } },
  };
  for (const [name, overlay] of Object.entries(overlays)) writeFileSync(join(folder, name), stringify(overlay));
  const derived = Object.keys(overlays).map((name) => join(folder, name));
  return { settings: settings as LocalSettings, list: [...filesOf(list), ...derived].join(",") };
}

function readRaw(list: string): object {
  try {
    return readSettings(list).raw;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new LocalSettingsError(error.message);
  }
}
