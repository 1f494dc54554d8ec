import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { packedProgram } from "../../constructs/contract";
import { packBeginning, renderUserData, userDataSize } from "../../constructs/render/user-data";
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

/** What Terraform makes of user data. */
function evaluated(packed: string, text: string): string {
  const { stdout } = terraform({}, ["console"], `"${renderUserData(packed, text)}"\n`);
  return JSON.parse(stdout);
}

describe.skipIf(!hasTerraform)("what Terraform makes of user data", () => {
  test.each(Object.entries(TEXTS))("has no more characters than are counted, and hardly fewer: %s", (_, text) => {
    const { length } = evaluated("", text);
    expect(length).toBeGreaterThan(20);
    expect(userDataSize("", text)).toBeGreaterThanOrEqual(length);
    expect(userDataSize("", text)).toBeLessThanOrEqual(length * 1.03 + 32);
  });

  // cloud-init unpacks with Python.
  test.each(["a", "ab", "abc", packedProgram(PAIRCTL)])("is one text for Python, as for gzip: %#", (beginning) => {
    const bytes = Buffer.from(evaluated(packBeginning(beginning), `\n${SCRIPTS}`), "base64");
    for (const [program, ...args] of [
      ["python3", "-c", UNPACK],
      ["gzip", "-dc"],
    ] as const) {
      const { stdout, stderr } = spawnSync(program, args, { input: bytes, encoding: "utf8" });
      expect({ stdout, stderr }).toEqual({ stdout: `${beginning}\n${SCRIPTS}`, stderr: "" });
    }
  });
});

/** What cloud-init's util.decomp_gzip does. */
const UNPACK =
  "import gzip, io, sys; sys.stdout.buffer.write(gzip.GzipFile(None, 'rb', 1, io.BytesIO(sys.stdin.buffer.read())).read())";
