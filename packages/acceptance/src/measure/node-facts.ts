import { NODE_PATHS, SETUP_PATHS } from "pairctl/contract";
import type { MetadataLook, NodeFacts } from "./observations.ts";

/**
 * A look at the metadata service that a node can take before anything is installed: how long it is up, and whether the
 * role's credentials are there. The credentials themselves stay on the node.
 */
export const lookAtMetadata = (roleName: string): string => `#!/bin/bash
cut -d. -f1 /proc/uptime
exec 3<>/dev/tcp/metadata.tencentyun.com/80 || exit 0
printf 'GET /latest/meta-data/cam/security-credentials/${roleName} HTTP/1.0\\r\\nHost: metadata.tencentyun.com\\r\\n\\r\\n' >&3
timeout 5 head -c 4000 <&3 | grep -q TmpSecretId && echo credentials
exit 0
`;

/** Reads what {@link lookAtMetadata} writes. */
export function parseMetadataLook(output: string): MetadataLook {
  const [uptime = "", ...rest] = output.trim().split("\n");
  return { uptimeS: Number(uptime), hasCredentials: rest.includes("credentials") };
}

/** Looks at what a node's pairctl has done, and at what only a node can see. Runs on Node.js 10. */
export const LOOK_AT_NODE = `cat > /tmp/acceptance-look.js <<'END'
const fs = require("fs");
const calls = {};
const moves = [];
const read = (path) => { try { return fs.readFileSync(path, "utf8"); } catch (error) { return ""; } };
for (const line of (read("${NODE_PATHS.receiptLog}.1") + read("${NODE_PATHS.receiptLog}")).split("\\n")) {
  let receipt;
  try { receipt = JSON.parse(line); } catch (error) { continue; }
  const named = (receipt.calls || []).map(({ action, code }) => action + " " + code);
  for (const call of named) calls[call] = (calls[call] || 0) + 1;
  if (receipt.verdict === "moved") moves.push({ time: receipt.time, from: receipt.holderBefore || "unknown", calls: named });
}
let userDataBegins = "";
try { userDataBegins = fs.readFileSync("/var/lib/cloud/instance/user-data.txt").slice(0, 4).toString("hex"); } catch (error) {}
const end = (internalEndpoint) => {
  const isSetUp = fs.existsSync("${SETUP_PATHS.setUp}");
  console.log(JSON.stringify({ isSetUp, calls, moves: moves.slice(-20), internalEndpoint, userDataBegins }));
  process.exit(0);
};
require("https").get("https://vpc.internal.tencentcloudapi.com/", (answer) => end(String(answer.statusCode)))
  .on("error", (error) => end(error.code || error.message));
setTimeout(() => end("no answer within 5 s"), 5000);
END
node /tmp/acceptance-look.js
rm -f /tmp/acceptance-look.js
`;

/** Reads what {@link LOOK_AT_NODE} writes. @throws Error where that is not it */
export function parseNodeFacts(output: string): NodeFacts {
  const line = output.split("\n").find((each) => each.startsWith("{"));
  if (line === undefined) throw new Error(`a node's facts cannot be read: ${output.trim().slice(-300)}`);
  return JSON.parse(line) as NodeFacts;
}
