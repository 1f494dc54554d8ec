// Writes the list of what CAM policies can name, from the official SDK: node --import tsx packages/local-cloud/make-known-actions.ts
import { writeFileSync } from "node:fs";
import { readSdkActions } from "./test/support/sdk-actions.ts";

const target = new URL("src/services/cam/policy/sdk-actions.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(readSdkActions(), undefined, 2)}\n`);
