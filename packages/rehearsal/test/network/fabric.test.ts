import { expect, test } from "vitest";
import { inNamespaces, missingForNamespaces, moduleOf } from "../support/in-namespaces.ts";

const isMissing = missingForNamespaces("the fabric", ["nft", "--version"]);

test.skipIf(isMissing)("a host's address can be taken away after its cable was pulled", async () => {
  const { status, stderr, stdout } = await inNamespaces(`
    import { execFileSync } from "node:child_process";
    import { Fabric } from ${moduleOf("network/fabric.ts")};
    const fabric = await Fabric.create(24, "10.0.1.1", []);
    const host = await fabric.plugIn("host", "52:54:00:00:00:01", "10.0.1.11");
    const other = await fabric.plugIn("other", "52:54:00:00:00:02", "10.0.1.12");
    await fabric.cutOff(host);
    await fabric.unassign("10.0.1.11");
    await fabric.unassign("10.0.1.12");
    console.log(JSON.stringify(execFileSync("ip", ["route"], { encoding: "utf8" })));
    await fabric.assign("10.0.1.12", other);
    console.log(JSON.stringify(execFileSync("ip", ["route"], { encoding: "utf8" })));
  `);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const [taken, given] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as string);
  expect(taken).not.toMatch(/10\.0\.1\.1[12]/);
  expect(given).toMatch(/^10\.0\.1\.12 dev eni2 /m);
});
