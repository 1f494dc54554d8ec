// Draws the diagrams of the docs into docs/images: npm run docs
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { failover } from "./failover.ts";
import { stateMachine } from "./states.ts";
import { topology } from "./topology.ts";

/** The diagrams by the name of their file in docs/images. */
export const DIAGRAMS: Readonly<Record<string, () => string>> = {
  "topology.svg": topology,
  "failover.svg": failover,
  "states.svg": stateMachine,
};

export const IMAGES = join(__dirname, "../../../docs/images");

if (require.main === module) {
  for (const [name, draw] of Object.entries(DIAGRAMS)) writeFileSync(join(IMAGES, name), draw());
}
