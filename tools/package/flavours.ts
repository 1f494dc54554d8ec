/** A package that is published, for one of the two core libraries. */
export interface Flavour {
  /** The library that apps are made of, and the command line's name. */
  readonly core: "cdktf" | "cdktn";
  /** The versions of it that the package takes. */
  readonly range: string;
  /** The package's name. */
  readonly name: string;
}

/**
 * The packages, all built from one source, which imports `cdktf`. The package for cdktf takes cdktn too, where somebody
 * has installed it under cdktf's name.
 */
export const FLAVOURS: readonly Flavour[] = [
  { core: "cdktn", range: "^0.24.0", name: "cdktn-tencentcloud-keepalived" },
  { core: "cdktf", range: "^0.21.0 || ^0.24.0", name: "cdktf-tencentcloud-keepalived" },
];

/** The flavour that the source is written as. */
export const SOURCE_CORE = "cdktf";
export const SOURCE_NAME = "cdktf-tencentcloud-keepalived";
