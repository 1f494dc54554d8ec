import { readFileSync, writeFileSync } from "node:fs";
import type { Mechanism } from "pairctl/contract";
import { parseDocument } from "yaml";
import type { AccountSettings } from "./account.ts";

/** The part of a pair's settings that a local deployment looks at. */
export interface LocalSettings extends AccountSettings {
  readonly name: string;
  readonly region: string;
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
