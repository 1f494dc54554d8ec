// Texts that user data is made of, for tests of its size.
import { createHash } from "node:crypto";
import { readAsset } from "../../constructs/assets";

/** Text that no compression makes shorter than half. */
export const random = (characters: number) => {
  const hash = (index: number) => createHash("sha256").update(String(index)).digest("hex");
  return Array.from({ length: Math.ceil(characters / 64) }, (_, index) => hash(index))
    .join("")
    .slice(0, characters);
};

/** What a node of a pair with a secondary private IP runs. */
export const PAIRCTL = readAsset("pairctl/secondary-private-ip.js");
/** Some of its scripts. */
export const SCRIPTS = ["notify", "setup", "watch"].map(readAsset).join("");
