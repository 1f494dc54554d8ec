// Writes the parts of the docs that are made from the source, between two comments: npm run docs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { actionsOf, camActions, DEFAULT_PRIORITY, MECHANISMS } from "../../packages/pairctl/src/contract/index.ts";
import { readRecord } from "../../packages/rehearsal/src/changes/record.ts";
import { changesSource, changesTable } from "../../packages/rehearsal/src/changes/table.ts";
import { readInterruptions } from "../../packages/rehearsal/src/operator/interruption-record.ts";
import { interruptionSource, interruptionTable } from "../../packages/rehearsal/src/operator/interruption-table.ts";
import { readPage, ROOT } from "./pages.ts";

/** The parts by page and by the name in the comment before each. */
export const BLOCKS: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  "docs/changes/README.md": { interruptions },
  "docs/failover.md": { election: electionTable, figures: figureTable },
  "docs/operations.md": { changes },
  "docs/security.md": { actions: actionTable },
};

/** A page with its parts made anew. @throws where it has no place for one */
export function withBlocks(page: string, text: string): string {
  return Object.entries(BLOCKS[page] ?? {}).reduce((changed, [name, make]) => {
    const place = new RegExp(
      `(<!-- ${name}, written by npm run docs -->\n)[^]*?(<!-- end of what is written by npm run docs -->)`,
    );
    if (!place.test(changed)) throw new Error(`${page} must have a place for what is written: ${place.source}`);
    return changed.replace(place, (_, begin: string, end: string) => `${begin}\n${make()}\n\n${end}`);
  }, text);
}

/** The campaigns that docs/failover.md sums up, and what struck the pair in them. */
const CAMPAIGNS: readonly { readonly file: string; readonly advertInt: string }[] = [
  { file: "2026-11-26-9fea470-stops.json", advertInt: "1 s" },
  { file: "2026-11-26-9fea470-crashes.json", advertInt: "1 s" },
  { file: "2026-11-26-2a5b21b-sub-second.json", advertInt: "0.2 s" },
];
const FAULTS: Readonly<Record<string, string>> = { "keepalived-stopped": "stop", "node-crashed": "crash" };

interface Campaign {
  readonly statistics: readonly {
    readonly mechanism: string;
    readonly fault: string;
    readonly runs: number;
    readonly outages: Readonly<
      Record<string, { readonly median: number; readonly p99: number; readonly worst: number }>
    >;
  }[];
}

function figureTable(): string {
  const rows = CAMPAIGNS.flatMap(({ file, advertInt }) => {
    const { statistics } = JSON.parse(readFileSync(join(ROOT, "docs/campaigns", file), "utf8")) as Campaign;
    return statistics.map(({ mechanism, fault, runs, outages }) => {
      const what = FAULTS[fault];
      const vip = outages["VIP"];
      if (what === undefined || vip === undefined) throw new Error(`${file}: '${fault}' has no name or no outage here`);
      const cells = [what, `\`${mechanism}\``, advertInt, runs, ms(vip.median), ms(vip.p99), ms(vip.worst)];
      return [...cells, `[${file.replace(".json", "")}](campaigns/${file})`];
    });
  });
  return table(["", "mechanism", "advertInt", "runs", "median", "99th percentile", "worst", "from"], rows);
}

/** What the rehearsed changes of a running pair came to. */
function changes(): string {
  const results = MECHANISMS.flatMap(readRecord);
  return `${changesTable(results)}\n\n${changesSource(results)}`;
}

/** What became of rehearsed rolls that were interrupted. */
function interruptions(): string {
  const results = readInterruptions();
  return `${interruptionTable(results)}\n\n${interruptionSource(results)}`;
}

/** How long an election takes at most, by keepalived's own formula. */
function electionTable(): string {
  const rows = [1, 0.2].flatMap((advertInt) =>
    Object.entries(DEFAULT_PRIORITY).map(([role, priority]) => {
      const skew = ((256 - priority) / 256) * advertInt;
      return [`${advertInt} s`, `${role}, ${priority}`, seconds(3 * advertInt + skew), seconds(skew)];
    }),
  );
  return table(["advertInt", "who takes over, its priority", "election after a crash, at most", "after a stop"], rows);
}

function actionTable(): string {
  const rows = MECHANISMS.flatMap((mechanism) => {
    const names = camActions(mechanism);
    return actionsOf(mechanism).map((action, index) => [
      `\`${mechanism}\``,
      `\`${names[index]}\``,
      action.startsWith("Describe") ? "reads" : "changes",
    ]);
  });
  return table(["mechanism", "action", ""], rows);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const ms = (value: number): string => Math.round(value).toLocaleString("en-US");
const seconds = (value: number): string => `${value.toFixed(2)} s`;

if (require.main === module) {
  for (const page of Object.keys(BLOCKS)) writeFileSync(join(ROOT, page), withBlocks(page, readPage(page)));
}
