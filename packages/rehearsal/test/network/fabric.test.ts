import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const MODULE = fileURLToPath(new URL("../../src/network/fabric.ts", import.meta.url));

/** Runs a script as root of namespaces of its own, which end with it. */
function inNamespaces(script: string) {
  const node = [process.execPath, "--import", import.meta.resolve("tsx"), "--input-type=module", "-e", script];
  const mounted = ["sh", "-c", 'mount -t tmpfs none /run && exec "$@"', "sh", ...node];
  const namespaces = ["--user", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child"];
  const env = { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` };
  return spawnSync("unshare", [...namespaces, "--mount-proc", ...mounted], { encoding: "utf8", env });
}

const missing = [
  ["unshare", "--user", "--map-root-user", "--net", "true"],
  ["nft", "--version"],
  ["ip", "-V"],
].filter(
  ([command = "", ...args]) =>
    spawnSync(command, args, { env: { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` } }).status !== 0,
);
if (missing.length > 0)
  console.log(`not run: '${missing.join("', '").replaceAll(",", " ")}' does not work: the fabric`);

test.skipIf(missing.length > 0)("a host's address can be taken away after its cable was pulled", () => {
  const { status, stderr, stdout } = inNamespaces(`
    import { execFileSync } from "node:child_process";
    import { Fabric } from ${JSON.stringify(MODULE)};
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
