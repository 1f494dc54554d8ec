import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { KeepalivedPair } from "./keepalived-pair";
import { claim } from "../props/claims";
import { PropError } from "../props/validation";
import { checked } from "../props/checked";
import * as shape from "../props/shape";

/** What {@link PairOutputs} shows. */
export interface PairOutputsProps {
  /** The pair. */
  readonly pair: KeepalivedPair;
  /**
   * What the outputs' names begin with, where a stack has several pairs: a letter or underscore, then letters, digits,
   * underscores and hyphens.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

const PAIR_OUTPUTS_PROPS: shape.Shape<PairOutputsProps> = {
  pair: shape.instanceOf("a KeepalivedPair", "give the pair whose outputs these are", () => KeepalivedPair),
  prefix: shape.optional(shape.text("web_")),
};

/** What an operator wants to know after a deploy: addresses, ids, and the commands to look and to drill. */
@checked(PAIR_OUTPUTS_PROPS)
export class PairOutputs extends Construct {
  /** @throws where the prefix is not valid, or another PairOutputs of the stack has it */
  constructor(scope: Construct, id: string, { pair, prefix = "" }: PairOutputsProps) {
    super(scope, id);
    requirePrefix(this, prefix);
    const [first, ...additional] = pair.virtualIps;
    const outputs: Record<string, [value: unknown, description: string]> = {
      vip: [first.vip, "The address that clients use"],
      public_ip: [first.publicIp, "The public address that reaches it"],
      additional_vips: [
        additional.map(({ vip, publicIp, facts }) => ({ vip, public_ip: publicIp, ...facts })),
        "Addresses that move together with it, their public ones and the cloud's ids",
      ],
      primary: [pair.primary, "The primary: instance id and private address"],
      secondary: [pair.secondary, "The secondary: instance id and private address"],
      mechanism: [{ name: first.mechanism, ...first.facts }, "What moves the address, and the cloud's ids of it"],
      role_name: [pair.role?.roleName, "The role under which pairctl calls the API"],
      status_command: [
        "pairctl status; pairctl doctor; pairctl receipts",
        "On a node: who is MASTER and who has the address, what it lacks to take over, and what has happened",
      ],
      drill_command: [
        "pairctl drain",
        "On the node that serves: gives the address up; 'pairctl undrain' brings it back as the standby",
      ],
    };
    for (const [name, [value, description]] of Object.entries(outputs)) {
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      new TerraformOutput(this, name, { value, description }).overrideLogicalId(`${prefix}${name}`);
    }
    this.node.addValidation({ validate: () => this.overwritten() });
  }

  /** An output of the stack's own with the name of one of these would overwrite it, or be overwritten. */
  private overwritten(): string[] {
    const isOutput = (each: IConstruct): each is TerraformOutput => each instanceof TerraformOutput;
    const outputs = TerraformStack.of(this).node.findAll().filter(isOutput);
    const own = outputs.filter((each) => each.node.scope === this);
    return outputs
      .filter((each) => each.node.scope !== this)
      .filter((each) => own.some((other) => other.friendlyUniqueId === each.friendlyUniqueId))
      .map(
        (each) =>
          `${this.node.path}: the output '${each.friendlyUniqueId}' is that of ${each.node.path} as well: ` +
          "give one of the two another name, or these a 'prefix'",
      );
  }
}

/** Refuses a prefix that makes no output's name, or the names of outputs that the stack has: the later would win. */
function requirePrefix(outputs: Construct, prefix: string): void {
  if (!/^([a-z_][\w-]*)?$/i.test(prefix)) {
    throw new PropError(
      "prefix",
      prefix,
      "must begin an output's name",
      "use letters, digits, underscores and hyphens",
    );
  }
  const other = claim(TerraformStack.of(outputs), `prefix ${prefix}`, outputs);
  if (other !== undefined) {
    throw new PropError("prefix", prefix, `belongs to ${other} already`, "give each pair's outputs their own");
  }
}
