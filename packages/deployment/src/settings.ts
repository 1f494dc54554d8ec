import { readFileSync, writeFileSync } from "node:fs";
import type { Mechanism } from "pairctl/contract";
import { parseDocument } from "yaml";
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
}

/** What the account must have for a pair of the settings. */
export function accountNeeds({ network, imageId, keyIds = [] }: LocalSettings): AccountNeeds {
  const { vpcId, subnetId, subnetCidrBlock: cidrBlock, availabilityZone: zone } = network;
  const isBrought = vpcId !== undefined && subnetId !== undefined;
  return {
    imageIds: imageId === undefined ? [] : [imageId],
    keyIds,
    // The settings do not tell the VPC's range; the subnet's will do.
    vpcs: isBrought ? [{ vpcId, cidrBlock }] : [],
    subnets: isBrought ? [{ subnetId, vpcId, cidrBlock, zone }] : [],
  };
}

/** The settings file cannot be used; the message says why. */
export class LocalSettingsError extends Error {}

/**
 * Copies a settings file with two changes: the mechanism, where one is asked for, and a local backend, since this
 * deployment's Terraform state must not come near the real one's. Whether the rest is right, main.ts says.
 *
 * @throws LocalSettingsError if it cannot be read, or has no name or region
 */
export function deriveSettings(file: string, target: string, mechanism: Mechanism | undefined): LocalSettings {
  const document = parseDocument(readText(file));
  const settings = document.toJS() as Partial<LocalSettings> | null;
  for (const key of ["name", "region"] as const) {
    if (typeof settings?.[key] !== "string") throw new LocalSettingsError(`${file} must have '${key}', a string`);
  }
  if (typeof settings?.network !== "object") throw new LocalSettingsError(`${file} must have 'network'`);
  if (mechanism !== undefined) document.set("mechanism", mechanism);
  document.set("backend", { type: "local" });
  writeFileSync(target, document.toString());
  return settings as LocalSettings;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new LocalSettingsError(
      `${file} cannot be read (${(error as Error).message}): name another file with PAIR_SETTINGS`,
    );
  }
}
