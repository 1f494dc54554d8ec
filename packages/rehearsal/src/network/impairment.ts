import { run } from "../machine/process.ts";

/** A party to the traffic on the fabric. */
export type Party = "primary" | "secondary" | "client" | "API" | "metadata service";

/** Which packets do not arrive. */
export interface Impairment {
  /** Who sends them. */
  readonly from: readonly Party[];
  /** Who does not get them. */
  readonly to: readonly Party[];
  /** @default - all packets */
  readonly only?: "VRRP" | "all but VRRP";
  /** Of a hundred packets, so many are lost. @default 100 */
  readonly lossPercent?: number;
}

/** Where a party is found on the fabric: behind a switch port, or at an address of the switch itself. */
export type Place = { readonly ports: readonly string[] } | { readonly address: string };

/** An impairment that is in force. */
export interface ActiveImpairment {
  /** Lets the packets through again. */
  readonly heal: () => Promise<void>;
}

let count = 0;

/**
 * Lets packets get lost, by nftables: each impairment is a table of its own, so that any number of them can be in force
 * and each can be taken back alone.
 */
export async function impair(
  impairments: readonly Impairment[],
  placeOf: (party: Party) => Place,
): Promise<ActiveImpairment> {
  count += 1;
  const table = `impairment_${count}`;
  await run("nft", ["-f", "-"], renderTable(table, impairments, placeOf));
  return {
    heal: async () => {
      await run("nft", ["delete", "table", "ip", table]);
    },
  };
}

/** The table that drops the packets. Between hosts they are forwarded; to and from the switch itself they are not. */
export function renderTable(
  table: string,
  impairments: readonly Impairment[],
  placeOf: (party: Party) => Place,
): string {
  const rules: Record<Hook, string[]> = { forward: [], input: [], output: [] };
  for (const { from, to, only, lossPercent = 100 } of impairments) {
    const protocol = only === undefined ? "" : only === "VRRP" ? "ip protocol 112 " : "ip protocol != 112 ";
    const chance = lossPercent >= 100 ? "" : `numgen random mod 100 < ${lossPercent} `;
    for (const source of from) {
      for (const destination of to) {
        if (source === destination) continue;
        const path = matchPath(placeOf(source), placeOf(destination));
        if (path !== undefined) rules[path.hook].push(`${path.match} ${protocol}${chance}drop`);
      }
    }
  }
  const chains = Object.entries(rules).map(
    ([hook, lines]) => `chain ${hook} {\n type filter hook ${hook} priority -10;\n${lines.join("\n")}\n}`,
  );
  return `table ip ${table} {\n${chains.join("\n")}\n}\n`;
}

type Hook = "forward" | "input" | "output";

function matchPath(source: Place, destination: Place): { hook: Hook; match: string } | undefined {
  if ("ports" in source && "ports" in destination) {
    return { hook: "forward", match: `iifname ${set(source.ports)} oifname ${set(destination.ports)}` };
  }
  if ("ports" in source && "address" in destination) {
    return { hook: "input", match: `iifname ${set(source.ports)} ip daddr ${destination.address}` };
  }
  if ("address" in source && "ports" in destination) {
    return { hook: "output", match: `oifname ${set(destination.ports)} ip saddr ${source.address}` };
  }
  return undefined;
}

const set = (names: readonly string[]) => `{ ${names.map((name) => `"${name}"`).join(", ")} }`;
