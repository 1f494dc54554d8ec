import { isDeepStrictEqual } from "node:util";
import type { LeftAlone } from "./finding.ts";
import type { PlannedNode } from "./pairs.ts";
import type { Plan } from "./plan.ts";

/** What the constructs tell Terraform to leave alone on nodes that run, since the change would harm them. */
const ATTRIBUTES = [
  "image_id",
  "key_ids",
  "hostname",
  "private_ip",
  "disable_monitor_service",
  "disable_security_service",
  "disable_automation_service",
];

/**
 * What the stack says of its nodes and they do not have, though the plan does not change it: a node gets it when it is
 * replaced. What is known only by way of others (a reference) is not compared.
 */
export function leftAloneBy({ pairs, configuration }: Plan): LeftAlone[] {
  return pairs.flatMap(({ name, nodes }) =>
    nodes
      .filter(({ resource }) => resource.action === "none" || resource.action === "update")
      .flatMap((node) => {
        const expressions = configuration.get(node.resource.address)?.expressions ?? {};
        return ATTRIBUTES.flatMap((attribute) => difference(node, attribute, expressions[attribute])).map((what) => ({
          pair: name,
          address: node.resource.address,
          role: node.role,
          what,
        }));
      }),
  );
}

function difference({ resource }: PlannedNode, attribute: string, expression: unknown): string[] {
  const isConstant = typeof expression === "object" && expression !== null && "constant_value" in expression;
  if (!isConstant || resource.attributes.some(({ name }) => name === attribute)) return [];
  const { constant_value: wanted } = expression as { readonly constant_value: unknown };
  // An expression that Terraform has not evaluated, since nothing comes of it.
  if (JSON.stringify(wanted).includes("${")) return [];
  const has = resource.before[attribute];
  if (isDeepStrictEqual(sorted(wanted), sorted(has))) return [];
  return [`${attribute}: ${JSON.stringify(wanted)} in the stack, ${JSON.stringify(has ?? null)} on the node`];
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as unknown[])].sort() : value;
}
