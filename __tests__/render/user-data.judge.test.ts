import { expect, test } from "vitest";
import { renderUserData, userDataSize } from "../../constructs/render/user-data";
import { hasTerraform, terraform } from "../helpers/terraform";
import { PAIRCTL, random, SCRIPTS } from "../helpers/user-data-texts";

const TEXTS = {
  nothing: "",
  "one line often": "#cloud-config\n".repeat(500),
  "random digits": random(12_000),
  pairctl: PAIRCTL,
  scripts: SCRIPTS,
  "all of it": PAIRCTL + SCRIPTS + random(3000),
};

test.skipIf(!hasTerraform).each(Object.entries(TEXTS))(
  "counts no fewer characters than Terraform makes, and hardly more: %s",
  (_, text) => {
    // Written out by cdktf, the expression stands in a JSON string.
    const { stdout } = terraform({}, ["console"], `length(${renderUserData("", text).slice(2, -1)})\n`);
    const characters = Number(stdout);
    expect(characters).toBeGreaterThan(20);
    expect(userDataSize(text)).toBeGreaterThanOrEqual(characters);
    expect(userDataSize(text)).toBeLessThanOrEqual(characters * 1.03 + 32);
  },
);
