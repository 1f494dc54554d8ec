import type { Linter } from "eslint";

/** A part of the project, and what it may import. */
export interface Layer {
  readonly name: string;
  readonly folders: readonly string[];
  readonly mayImport: readonly string[];
  readonly modules?: readonly string[];
  readonly isPure?: boolean;
}

export const LAYERS: readonly Layer[];
/** The services of the local cloud, each with those that it stands on. */
export const SERVICES: Readonly<Record<string, readonly string[]>>;
export const boundaries: readonly Linter.Config[];
