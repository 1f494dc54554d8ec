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
export const boundaries: readonly Linter.Config[];
