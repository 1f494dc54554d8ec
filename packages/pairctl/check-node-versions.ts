// Lets the built pairctl move an address, by a single run and as the agent, under every Node.js that it says it runs on:
// npm run check-node-versions -w pairctl, as root; it fetches the binaries that npm packages carry.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Receipt } from "./src/passes/receipt.ts";
import { PAIRCTL, inNamespaces, MasterNode, receiptOf } from "./test/support/master-node.ts";
import { ResidentAgent } from "./test/support/resident-agent.ts";

/** The oldest of an image that has a package for it, every even one up to now. */
const VERSIONS = ["10.19.0", "12", "14", "16", "18", "20", "22", "24", "26"];
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
    await using master = await MasterNode.start({ taskMs: 50 });
    const run = await master.promote([node, PAIRCTL, "reconcile"]);
    tell(`${name}, single run, exit status ${run.status}`, master, receiptOf(run), run.status === 0);
    await master.park();
    master.setVip(false);
    master.notify("BACKUP");
    await using agent = new ResidentAgent(master, [node, PAIRCTL]);
    await agent.receipt(agent.receipts.length, ({ vrrp }) => vrrp === "BACKUP");
    const seen = agent.receipts.length;
    master.setVip(true);
    master.notify("MASTER");
    tell(`${name}, agent`, master, await agent.receipt(seen, ({ verdict }) => verdict === "moved"));
  }
}

/** Says whether the address has moved from its parking interface to the node, as the node and the cloud see it. */
function tell(what: string, { holder }: MasterNode, receipt: Receipt, hasEnded = true): void {
  const { eip, holderBefore, ms, verdict } = receipt;
  const hasMoved = hasEnded && verdict === "moved" && holderBefore === "parked" && holder === "ins-primary0";
  console.log(`${hasMoved ? "ok" : "FAILED"}: ${what}: ${holderBefore}, ${verdict}, ${eip} (${ms} ms)`);
  if (hasMoved) return;
  console.log(JSON.stringify(receipt));
  process.exitCode = 1;
}
