import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { renderUserData, userDataSize } from "../../constructs/render/user-data";
import { PAIRCTL, random, SCRIPTS } from "../helpers/user-data-texts";

const TEXTS = {
  nothing: "",
  "one line often": "#cloud-config\n".repeat(500),
  "random digits": random(12_000),
  pairctl: PAIRCTL,
  scripts: SCRIPTS,
  "all of it": PAIRCTL + SCRIPTS + random(3000),
};

const terraform = spawnSync("terraform", ["version"], { env: { ...process.env, CHECKPOINT_DISABLE: "1" } });
const hasTerraform = terraform.status === 0;
if (!hasTerraform) console.log("not run: the size of user data as Terraform packs it, since there is no terraform");

test.skipIf(!hasTerraform).each(Object.entries(TEXTS))(
  "counts no fewer characters than Terraform makes, and hardly more: %s",
  (_, text) => {
    const { stdout } = spawnSync("terraform", ["console"], {
      // Written out by cdktf, the expression stands in a JSON string.
      input: `length(${renderUserData("", text).slice(2, -1)})\n`,
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    });
    const characters = Number(stdout);
    expect(characters).toBeGreaterThan(20);
    expect(userDataSize(text)).toBeGreaterThanOrEqual(characters);
    expect(userDataSize(text)).toBeLessThanOrEqual(characters * 1.03 + 32);
  },
);
