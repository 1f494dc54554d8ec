import { createHash, createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { LocalCloud } from "../../packages/local-cloud/src/index.ts";
import { isJudged, runsOr } from "./runs.ts";

/**
 * How fast the local cloud starts and answers signed calls; the client signs in the same process, so both share one
 * core. Bounds, on an idle machine of two cores: 300 ms, and 1,500 calls a second.
 */
const bounds = { startMs: 300, perSecond: 1500 };
const calls = runsOr(10) * 300;
const inFlight = 8;

const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

async function main(): Promise<void> {
  const begun = performance.now();
  const cloud = await LocalCloud.start({ region: "ap-singapore" });
  const startMs = performance.now() - begun;
  cloud.seed.secret({ secretId: "AKIDbench", secretKey: "bench" });
  cloud.seed.vpc({ vpcId: "vpc-11111111", cidrBlock: "10.0.0.0/16" });
  const url = new URL(cloud.apiUrls[0] ?? "");
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  let left = calls;
  const worker = async () => {
    while (left-- > 0) await describeVpcs(url, agent);
  };
  const calling = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const perSecond = calls / ((performance.now() - calling) / 1000);
  agent.destroy();
  await cloud.stop();
  console.log(
    `start ${startMs.toFixed(0)} ms (bound ${bounds.startMs}), ${perSecond.toFixed(0)} signed calls/s (bound ${bounds.perSecond})`,
  );
  if (!isJudged) return;
  if (startMs > bounds.startMs || perSecond < bounds.perSecond) process.exitCode = 1;
}

function describeVpcs(url: URL, agent: Agent): Promise<void> {
  const body = "{}";
  const timestamp = Math.floor(Date.now() / 1000);
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const canonical = `POST\n/\n\ncontent-type:application/json\nhost:${url.host}\n\ncontent-type;host\n${hex(body)}`;
  const scope = `${date}/vpc/tc3_request`;
  const key = hmac(hmac(hmac("TC3bench", date), "vpc"), "tc3_request");
  const signature = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hex(canonical)}`).toString("hex");
  const headers = {
    "content-type": "application/json",
    host: url.host,
    "x-tc-action": "DescribeVpcs",
    "x-tc-version": "2017-03-12",
    "x-tc-region": "ap-singapore",
    "x-tc-timestamp": timestamp,
    authorization: `TC3-HMAC-SHA256 Credential=AKIDbench/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => (text.includes("vpc-11111111") ? resolve() : reject(new Error(text))));
    });
    sent.on("error", reject).end(body);
  });
}

void main();
