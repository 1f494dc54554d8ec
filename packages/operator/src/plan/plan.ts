import { OperatorError } from "../operator-error.ts";
import { type PlannedResource, plannedResource } from "./changes.ts";
import { membersOf } from "./members.ts";
import { type PlannedPair, pairsOf } from "./pairs.ts";
import type { ConfiguredModule, ConfiguredResource, PlanJson, StateModule, StateResource } from "./plan-json.ts";

/** A plan, as the rules look at it. */
export interface Plan {
  /** Everything that Terraform manages, changed or not. */
  readonly resources: readonly PlannedResource[];
  /** Empty where all is made anew. */
  readonly pairs: readonly PlannedPair[];
  /** Which resource is of which pair, by address. */
  readonly memberOf: ReadonlyMap<string, PlannedPair>;
  /** The state before, data sources included. */
  readonly state: readonly StateResource[];
  /** The configuration by the addresses of its resources. */
  readonly configuration: ReadonlyMap<string, ConfiguredResource>;
  readonly json: PlanJson;
}

/**
 * Looks for the pairs of a plan, and what belongs to them.
 *
 * @param source where the plan was read from, for the error
 * @throws OperatorError where no pair is in it
 */
export function planOf(json: PlanJson, source: string): Plan {
  const resources = json.resource_changes.filter(({ mode }) => mode === "managed").map(plannedResource);
  const pairs = pairsOf(resources);
  if (pairs.length === 0 && !isNew(resources)) throw noPair(resources, json, source);
  const state = stateResources(json.prior_state?.values?.root_module ?? {});
  const configuration = configurationOf(json);
  return {
    resources,
    pairs,
    memberOf: membersOf(pairs, resources, state, configuration),
    state,
    configuration,
    json,
  };
}

/**
 * A first deploy, in which something that is there already may be imported: what the nodes will be told has ids in it that
 * are known only when it is applied.
 */
function isNew(resources: readonly PlannedResource[]): boolean {
  const instances = resources.filter(({ type }) => type === "tencentcloud_instance");
  const areNew = instances.length > 0 && instances.every(({ action }) => action === "create");
  return areNew && resources.every(({ action, importId }) => action === "create" || importId !== undefined);
}

function noPair(resources: readonly PlannedResource[], json: PlanJson, source: string): OperatorError {
  const instances = resources.filter(({ type }) => type === "tencentcloud_instance").length;
  const errored = json.errored === true ? "; Terraform could not finish it: see what 'terraform plan' says" : "";
  return new OperatorError(
    "usage",
    `${source} has no keepalived pair in it that cdktf-tencentcloud-keepalived made (${resources.length} resources, of ` +
      `which ${instances} are instances${errored}): give the plan of the stack with the pair`,
  );
}

function stateResources({ resources = [], child_modules = [] }: StateModule): StateResource[] {
  return [...resources, ...child_modules.flatMap(stateResources)];
}

/** The configuration of a plan by the addresses of its resources. */
export function configurationOf({ configuration }: PlanJson): ReadonlyMap<string, ConfiguredResource> {
  return configuredResources(configuration?.root_module ?? {}, "");
}

function configuredResources(module: ConfiguredModule, prefix: string): Map<string, ConfiguredResource> {
  const own = (module.resources ?? []).map((each) => [`${prefix}${each.address}`, each] as const);
  const called = Object.entries(module.module_calls ?? {}).flatMap(([name, call]) => [
    ...configuredResources(call.module ?? {}, `${prefix}module.${name}.`),
  ]);
  return new Map([...own, ...called]);
}
