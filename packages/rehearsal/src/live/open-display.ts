import { WriteStream } from "node:tty";
import type { CampaignState } from "./campaign-state.ts";
import { type Display, plainDisplay } from "./display.ts";
import { LiveDisplay } from "./live-display.ts";

/** What decides about the live view of a stream. */
export interface OutputChoice {
  /** Where it would be shown. */
  readonly stream: { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the command line says that it is not wanted. */
  readonly noProgress: boolean;
}

/**
 * Whether the live view is shown: on a terminal that says its size and can move its cursor, unless the command line or the
 * environment asks for plain lines (`CI`, `NO_COLOR` of no-color.org, `TERM=dumb`).
 */
export function wantsLiveView({ stream, env, noProgress }: OutputChoice): boolean {
  const { isTTY = false, columns = 0, rows = 0 } = stream;
  const isSet = (name: string) => !["", "0", "false"].includes(env[name] ?? "");
  // By its definition, NO_COLOR counts with any value but an empty one.
  const asksForPlainLines = noProgress || isSet("CI") || (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return isTTY && columns > 0 && rows > 0 && !asksForPlainLines;
}

/** This process's standard output: with the live view where that is wanted, or for lines only. */
export function openDisplay(campaign: CampaignState, noProgress: boolean): Display {
  const { stdout, env } = process;
  const isLive = stdout instanceof WriteStream && wantsLiveView({ stream: stdout, env, noProgress });
  return isLive ? new LiveDisplay(stdout, campaign) : plainDisplay;
}
