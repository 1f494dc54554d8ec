import { DATA_SOURCE_ACTIONS, RESOURCE_ACTIONS } from "./provider-actions";

/** A policy of CAM's, as its console and its API take it. */
export interface PolicyDocument {
  readonly version: "2.0";
  readonly statement: readonly {
    readonly effect: "allow";
    readonly action: readonly string[];
    readonly resource: readonly string[];
  }[];
}

/** What an account must be allowed to deploy a stack. */
export interface DeployerPolicy {
  /** Allows what the provider calls to make, read, change and delete what the stack has. */
  readonly document: PolicyDocument;
  /** Types of the provider's in the stack that this library does not make: what they need is not in the document. */
  readonly unknownTypes: readonly string[];
}

/**
 * What the account that runs `cdktf deploy` must be allowed, by what a stack synthesizes to: of your own stack, too.
 *
 * A state in COS needs rights on its bucket beside it.
 *
 * @param json the stack's `cdk.tf.json`
 * @throws SyntaxError where it is no JSON
 */
export function deployerPolicy(json: string): DeployerPolicy {
  const { resource = {}, data = {} } = JSON.parse(json) as Partial<Record<"resource" | "data", object>>;
  const own = (types: object) => Object.keys(types).filter((type) => type.startsWith("tencentcloud_"));
  const actions = [
    ...own(resource).flatMap((type) => Object.values(RESOURCE_ACTIONS[type] ?? {}).flat()),
    ...own(data).flatMap((type) => DATA_SOURCE_ACTIONS[type] ?? []),
  ] as string[];
  const unknownTypes = [
    ...own(resource).filter((type) => !Object.hasOwn(RESOURCE_ACTIONS, type)),
    ...own(data)
      .filter((type) => !Object.hasOwn(DATA_SOURCE_ACTIONS, type))
      .map((type) => `data.${type}`),
  ];
  return { document: policyOf(actions), unknownTypes };
}

/** A policy that allows these actions, in CAM's words, on everything. */
export function policyOf(actions: readonly string[]): PolicyDocument {
  const action = [...new Set(actions)].sort();
  return { version: "2.0", statement: [{ effect: "allow", action, resource: ["*"] }] };
}
