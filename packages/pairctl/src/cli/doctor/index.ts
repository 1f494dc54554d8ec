import type { Host } from "../../node/host.ts";
import { lookAtAll } from "../../passes/passes.ts";
import type { Receipt } from "../../passes/receipt.ts";
import { CHECKS } from "./checks.ts";
import { peerChecks } from "./peer-checks.ts";

/**
 * Looks at all that a takeover needs, and changes nothing. One line each: `ok`, or `fail`, `warn` or `unknown` with what
 * was found and what to do.
 *
 * @returns 1 where one fails, otherwise 0
 */
export async function doctor(host: Host, say: (line: string) => void): Promise<number> {
  const { receipts, settings } = await lookAtAll(host);
  const [first] = receipts as readonly [Receipt];
  const subject = { host, receipts, first, settings };
  let status = 0;
  for (const check of [...CHECKS, ...peerChecks()]) {
    const finding = check.look(subject);
    if (finding === undefined) {
      say(`ok ${check.what}`);
      continue;
    }
    const [level, found] = typeof finding === "string" ? [check.level, finding] : ["unknown", finding.unknown];
    say(`${level} ${check.what}: ${found} (${check.remedy})`);
    if (level === "fail") status = 1;
  }
  return status;
}
