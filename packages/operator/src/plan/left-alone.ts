import { isDeepStrictEqual } from "node:util";
import type { PlannedResource } from "./changes.ts";
import type { LeftAlone } from "./finding.ts";
import type { Plan } from "./plan.ts";
import type { ConfiguredResource } from "./plan-json.ts";

/** What the stack says of a node, and the node does not have. */
export interface Difference {
  /** The argument of the instance, such as `hostname`. */
  readonly attribute: string;
  readonly wanted: unknown;
  /** Null where it has none. */
  readonly has: unknown;
}

/** What the constructs tell Terraform to leave alone on nodes that run, since the change would harm them. */
const ATTRIBUTES = [
  "image_id",
  "key_ids",
  "hostname",
  "private_ip",
  "instance_type",
  "system_disk_size",
  "system_disk_type",
  "data_disks",
  "disable_monitor_service",
  "disable_security_service",
  "disable_automation_service",
];

/** What the provider (1.83.25) never reads back: of a node that was imported, nobody knows what it has. */
const NOT_READ_BACK = ["hostname", "disable_monitor_service", "disable_security_service", "disable_automation_service"];

/**
 * What the stack says of its nodes and they do not have, though the plan does not change it: a node gets it when it is
 * replaced. What is known only by way of others (a reference) is not compared.
 */
export function leftAloneBy({ pairs, configuration }: Plan): LeftAlone[] {
  return pairs.flatMap(({ name, nodes }) =>
    nodes
      .filter(({ resource }) => resource.action === "none" || resource.action === "update")
      .flatMap(({ resource, role }) =>
        settingsLeftAlone(resource, configuration.get(resource.address)).map(({ attribute, wanted, has }) => ({
          ...{ pair: name, address: resource.address, role },
          what: `${attribute}: ${JSON.stringify(wanted)} in the stack, ${JSON.stringify(has)} on the node`,
        })),
      ),
  );
}

/** The same of one node. */
export function settingsLeftAlone(
  { attributes, before }: PlannedResource,
  configured: ConfiguredResource | undefined,
): Difference[] {
  return ATTRIBUTES.flatMap((attribute) => {
    const wanted = constantOf(configured?.expressions?.[attribute]);
    if (wanted === undefined || attributes.some(({ name }) => name === attribute)) return [];
    const has = before[attribute] ?? null;
    if (has === null && NOT_READ_BACK.includes(attribute)) return [];
    return isAsWanted(wanted, has) ? [] : [{ attribute, wanted, has }];
  });
}

/** The value of an argument, or of the arguments of blocks; undefined where it is none, or not known before the apply. */
function constantOf(expression: unknown): unknown {
  if (typeof expression !== "object" || expression === null) return undefined;
  if (Array.isArray(expression)) return expression.map(constantOf);
  if (!("constant_value" in expression)) {
    const constants = Object.entries(expression).map(([name, each]) => [name, constantOf(each)] as const);
    return "references" in expression ? undefined : Object.fromEntries(constants);
  }
  // An expression that Terraform has not evaluated, since nothing comes of it.
  return JSON.stringify(expression.constant_value).includes("${") ? undefined : expression.constant_value;
}

/** Whether a node has what is wanted: of a block, what is not said is the cloud's affair; a set has no order. */
function isAsWanted(wanted: unknown, has: unknown): boolean {
  if (Array.isArray(wanted)) {
    const others = Array.isArray(has) ? (has as unknown[]) : [];
    const blocks = wanted.every((each) => typeof each === "object");
    const [one, other] = blocks
      ? [wanted as unknown[], others]
      : [[...(wanted as unknown[])].sort(), [...others].sort()];
    return one.length === other.length && one.every((each, index) => isAsWanted(each, other[index]));
  }
  if (typeof wanted !== "object" || wanted === null) return isDeepStrictEqual(wanted ?? null, has ?? null);
  const values = (has ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).every(([name, each]) => each === undefined || isAsWanted(each, values[name]));
}
