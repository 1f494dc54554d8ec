import type { Host } from "./host.ts";
import { exitStatus, isDone, type Outcome, type Receipt } from "./receipt.ts";
import { reconcile } from "./reconcile.ts";
import { parseSettings, type Settings } from "./settings.ts";
import { VERSION } from "./version.ts";
import { fulfil, readWish } from "./wish.ts";

const USAGE = "usage: reconcile [SETTINGS [STATE]]";

/** Runs the command line; returns the exit status, which is 2 where usage or settings are wrong. */
export async function main(host: Host, argv: readonly string[], write: (line: string) => void): Promise<number> {
  const [command, file = "/etc/migration-hook/settings.json", folder = "/run/migration-hook"] = argv;
  if (command !== "reconcile" || argv.length > 3) {
    write(command === "--version" ? `migration-hook ${VERSION}` : USAGE);
    return command === "--version" ? 0 : 2;
  }
  const report = (started: number, trigger: string, outcome: Outcome): number => {
    const ms = host.now() - started;
    const receipt: Receipt = { time: new Date(started).toISOString(), trigger, ...outcome, ms, version: VERSION };
    write(JSON.stringify(receipt));
    return exitStatus(outcome.verdict);
  };

  let settings: Settings;
  try {
    settings = parseSettings(host.readFile(file) || "");
  } catch (error) {
    report(host.now(), "start", { verdict: "failed", message: `${file}: ${(error as Error).message}` });
    return 2;
  }
  const started = host.now();
  const wish = readWish(host, folder);
  const addresses = [settings, ...(settings.more || [])];
  const outcomes = await Promise.all(
    addresses.map((address) => reconcile(host, { ...settings, ...address }, wish.promoted)),
  );
  if (!wish.promoted || outcomes.every(isDone)) fulfil(host, folder, wish);
  return Math.max(...outcomes.map((outcome) => report(started, wish.trigger, outcome)));
}
