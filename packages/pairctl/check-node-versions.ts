// Lets the built pairctl move an address under every Node.js that it says it runs on, as whole processes and in earnest:
// npm run check-node-versions -w pairctl, as root; it fetches the binaries that npm packages carry.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PAIRCTL, inNamespaces, MasterNode, receiptOf } from "./test/support/master-node.ts";

/** The oldest of an image that has a package for it, every even one up to now. */
const VERSIONS = ["10.19.0", "12", "14", "16", "18", "20", "22", "24"];
const BINARIES = "NODE_BINARIES";

const given = process.env[BINARIES];
const folder = given ?? mkdtempSync(join(tmpdir(), "node-versions-"));
try {
  if (given === undefined) for (const version of VERSIONS) fetchNode(version);
  process.env[BINARIES] = folder;
  if (inNamespaces(fileURLToPath(import.meta.url))) await checkAll();
} finally {
  if (given === undefined) rmSync(folder, { recursive: true });
}

/** Outside the namespaces: they have no network. */
function fetchNode(version: string): void {
  const target = join(folder, version);
  execFileSync("mkdir", [target]);
  execFileSync("npm", ["pack", "--silent", "--pack-destination", target, `node-linux-${process.arch}@${version}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  execFileSync("tar", ["-xzf", join(target, readdirSync(target)[0] ?? ""), "-C", target]);
}

async function checkAll(): Promise<void> {
  for (const version of VERSIONS) {
    const node = join(folder, version, "package", "bin", "node");
    const name = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
    await using master = await MasterNode.start(50);
    const run = await master.promote([node, PAIRCTL, "reconcile"]);
    const { verdict, holderBefore, eip } = receiptOf(run);
    const moved =
      run.status === 0 && verdict === "moved" && holderBefore === "parked" && master.holder === "ins-primary0";
    console.log(`${moved ? "ok" : "FAILED"}: ${name}: ${holderBefore}, ${verdict}, ${eip} (${Math.round(run.ms)} ms)`);
    if (!moved) {
      console.log(run.stdout);
      process.exitCode = 1;
    }
  }
}
