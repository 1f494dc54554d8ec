import type { Host } from "./host.ts";

/** What keepalived last wanted of this node: `MASTER 1764000000.123 99`. It outlives the notification. */
export interface Wish {
  readonly text: string;
  /** The state that keepalived notified, or `timer` where a run has dealt with it already. */
  readonly trigger: string;
  /** Whether the node has become MASTER and no run has fulfilled that yet. */
  readonly promoted: boolean;
}

/** Reads what the notify script wrote, and what the last run has dealt with. */
export function readWish(host: Host, folder: string): Wish {
  const text = host.readFile(`${folder}/wish`) || "timer";
  const trigger = text === host.readFile(`${folder}/done`) ? "timer" : (text.split(" ")[0] as string);
  return { text, trigger, promoted: trigger.startsWith("MASTER") };
}

/** Notes that a wish is dealt with. */
export function fulfil(host: Host, folder: string, { text, trigger }: Wish): void {
  if (trigger !== "timer") host.writeFile(`${folder}/done`, text);
}
