import { DataResource, Op, Precondition, Token } from "cdktf";
import { Construct } from "constructs";

/** What a deployed pair is known by, under the names of the props that say it: see {@link PairIdentity}. */
export type IdentityProps = Readonly<Record<string, string>>;

const REMEDY =
  "running nodes would keep the old one. Deploy a new pair of another name beside this one and let it take over, or " +
  "destroy this pair first";

/**
 * What a pair was first deployed with, kept in Terraform's state: its name, its addresses, where it is and what moves the
 * address. None of it can change under a pair that runs, since its nodes were told so at their first boot, and the
 * provider would carry such a change out halfway. A plan that changes it fails before anything is touched.
 */
export class PairIdentity extends Construct {
  /** The conditions of whatever is changed first, one for each value. */
  readonly preconditions: Precondition[];
  /** The resource that keeps it, child `Deployed`. */
  readonly deployed: DataResource;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    this.deployed = new DataResource(this, "Deployed", {
      input: { ...props },
      // So the output stays what it was when the pair was deployed.
      lifecycle: { ignoreChanges: ["input"] },
    });
    this.preconditions = Object.entries(props).map(([key, value]) => {
      const before = Token.asString(this.deployed.interpolationForAttribute(`output["${key}"]`));
      return {
        condition: Op.eq(before, value),
        errorMessage: `${scope.node.path}: '${key}' is ${before} on the deployed pair and cannot become ${value}: ${REMEDY}.`,
      };
    });
  }
}
