import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const FOLDER = join(__dirname, "../../monitoring");

/** The text of alerts.yml. */
export const RULES = readFileSync(join(FOLDER, "alerts.yml"), "utf8");

/** The text of docs/monitoring.md. */
export const PAGE = readFileSync(join(__dirname, "../../docs/monitoring.md"), "utf8");

/** A rule that gives a series a name. */
export interface Recording {
  readonly record: string;
  readonly expr: string;
}

/** A rule that wakes somebody. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const { groups } = parse(RULES) as { readonly groups: readonly { readonly rules: readonly (Recording | Alert)[] }[] };
const rules = groups.flatMap((group) => group.rules);

export const RECORDINGS = rules.filter((rule): rule is Recording => "record" in rule);

/** By name. */
export const ALERTS = new Map(rules.flatMap((rule) => ("alert" in rule ? [[rule.alert, rule] as const] : [])));

/** A panel of the dashboard. */
export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly datasource: object;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly refId: string; readonly datasource: object }[];
}

/** dashboard.json. */
export const DASHBOARD = JSON.parse(readFileSync(join(FOLDER, "dashboard.json"), "utf8")) as {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
};
