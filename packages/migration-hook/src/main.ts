import { doctor } from "./doctor.ts";
import type { Host } from "./host.ts";
import { noteMetrics } from "./metrics.ts";
import { agrees, exitStatus, type Outcome, type Receipt } from "./receipt.ts";
import { reconcile } from "./reconcile.ts";
import type { Purpose } from "./run.ts";
import { NODE_PATHS, parseSettings, type Settings } from "./contract/index.ts";
import { VERSION } from "./version.ts";
import { attempt, note, recall } from "./state.ts";

const SETTINGS = NODE_PATHS.settings;
const PURPOSE: Readonly<Record<string, Purpose>> = {
  reconcile: "settle",
  "reconcile --dry-run": "plan",
  status: "look",
  "status --json": "look",
};
/** What others do as well as we could. `receipts` leaves out passes of the timer that found nothing new. */
const SHELL: Readonly<Record<string, string>> = {
  drain: "systemctl disable --now keepalived",
  undrain: "systemctl enable --now keepalived",
  receipts: "grep -Ev 'timer.*(holds|idle)' /var/log/migration-hook.log|tail",
};

/**
 * Runs the command line: a command and its flag.
 *
 * @returns the exit status: 0 well, 1 not, 2 usage or settings
 */
export async function main(host: Host, argv: readonly string[], say: (line: string) => void): Promise<number> {
  const command = argv.join(" ");
  const purpose = PURPOSE[command];
  const shell = SHELL[command];
  if (command === "doctor") return doctor(host, say);
  if (shell) {
    const { status, stdout } = host.shell(shell);
    say(stdout);
    return status || 0;
  }
  if (!purpose) {
    say(`${VERSION}\nusage: pairctl doctor|${Object.keys({ ...PURPOSE, ...SHELL }).join("|")}`);
    return command === "--version" ? 0 : 2;
  }

  const clock = host.clock();
  const time = new Date(host.now()).toISOString();
  const wish = recall(host, "wish");
  const trigger = (wish !== recall(host, "done") && wish.split(" ")[0]) || "timer";
  const report = (outcome: Outcome): Receipt => {
    const ms = Math.round(host.clock() - clock);
    const status = exitStatus(outcome.verdict);
    const promotions = (host.readFile("/var/log/keepalived.log") || "").split(" MASTER\n").length - 1;
    const agree = agrees(outcome);
    const receipt: Receipt = { time, trigger, ...outcome, agree, status, ms, promotions, version: VERSION };
    const { vip, vrrp, holderAfter, eip, message } = receipt;
    say(
      command === "status"
        ? [vip, vrrp, "holder:", holderAfter, "EIP:", eip, agree ? "agree" : "do not agree", message].join(" ")
        : JSON.stringify(receipt),
    );
    return receipt;
  };

  let settings: Settings;
  try {
    settings = parseSettings(host.readFile(SETTINGS));
  } catch (error) {
    report({ verdict: "failed", message: `${SETTINGS}: ${(error as Error).message}` });
    return 2;
  }
  const outcomes = settings.virtualIps.map((address) => reconcile(host, { ...settings, ...address }, purpose));
  const receipts = (await Promise.all(outcomes)).map(report);
  if (purpose === "settle") {
    note(host, "done", wish);
    const lines = receipts.map((receipt) => `${JSON.stringify(receipt)}\n`).join("");
    const trouble = noteMetrics(host, receipts) || attempt(() => host.appendFile("/var/log/migration-hook.log", lines));
    if (trouble) say(`receipt not kept: ${trouble}`);
  }
  return Math.max(...receipts.map(({ agree, status }) => (purpose === "look" ? +!agree : status)));
}
