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

type Statement = PolicyDocument["statement"][number];

/** What Terraform calls for the lock of a state in COS, which is a tag of the account's. */
const STATE_LOCK_ACTIONS = ["tag:CreateTag", "tag:DescribeTags", "tag:DeleteTag"];

/** What it calls on the bucket of such a state. */
const STATE_ACTIONS = ["name/cos:DeleteObject", "name/cos:GetBucket", "name/cos:GetObject", "name/cos:PutObject"];

/** What an account must be allowed to deploy a stack. */
export interface DeployerPolicy {
  /** Allows what the provider calls to make, read, change and delete what the stack has. */
  readonly document: PolicyDocument;
  /** Types of the provider's in the stack that this library does not make: what they need is not in the document. */
  readonly unknownTypes: readonly string[];
}

/**
 * What the account that runs `cdktf deploy` must be allowed, by what a stack synthesizes to: of your own stack, too. Where
 * its state is in COS, a second statement is on the state's bucket.
 *
 * @param json the stack's `cdk.tf.json`
 * @throws SyntaxError where it is no JSON
 */
export function deployerPolicy(json: string): DeployerPolicy {
  const { resource = {}, data = {}, terraform } = JSON.parse(json) as SynthesizedStack;
  const state = terraform?.backend?.cos;
  const own = (types: object) => Object.keys(types).filter((type) => type.startsWith("tencentcloud_"));
  const actions = [
    ...own(resource).flatMap((type) => Object.values(RESOURCE_ACTIONS[type] ?? {}).flat()),
    ...own(data).flatMap((type) => DATA_SOURCE_ACTIONS[type] ?? []),
    ...(state === undefined ? [] : STATE_LOCK_ACTIONS),
  ] as string[];
  const unknownTypes = [
    ...own(resource).filter((type) => !Object.hasOwn(RESOURCE_ACTIONS, type)),
    ...own(data)
      .filter((type) => !Object.hasOwn(DATA_SOURCE_ACTIONS, type))
      .map((type) => `data.${type}`),
  ];
  return { document: policyOf(actions, state === undefined ? [] : [onBucket(state)]), unknownTypes };
}

/**
 * A policy that allows these actions, in CAM's words, on everything.
 *
 * @param further what it allows on less
 */
export function policyOf(actions: readonly string[], further: readonly Statement[] = []): PolicyDocument {
  const action = [...new Set(actions)].sort();
  return { version: "2.0", statement: [{ effect: "allow", action, resource: ["*"] }, ...further] };
}

/** What is read of a `cdk.tf.json`. */
interface SynthesizedStack {
  readonly resource?: object;
  readonly data?: object;
  readonly terraform?: { readonly backend?: { readonly cos?: StateInCos } };
}

interface StateInCos {
  readonly region: string;
  /** With the account's APPID behind its name. */
  readonly bucket: string;
}

function onBucket({ bucket, region }: StateInCos): Statement {
  const appId = bucket.slice(bucket.lastIndexOf("-") + 1);
  return { effect: "allow", action: STATE_ACTIONS, resource: [`qcs::cos:${region}:uid/${appId}:${bucket}/*`] };
}
