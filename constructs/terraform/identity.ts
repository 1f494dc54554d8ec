import { Construct } from "constructs";
import { literalText, quoteHclString } from "../render/hcl-string";
import { TerraformData } from "./terraform-data";
import { terraformTemplate } from "./terraform-template";

/** What {@link Identity} keeps. */
export interface IdentityProps {
  /** What was deployed, under the names of the props that say it. A value that comes later may be given any. */
  readonly values: Readonly<Record<string, string>>;
  /** Why none of it can change, and what to do instead. */
  readonly remedy: string;
}

/**
 * What something was first deployed with, kept in Terraform's state, where it cannot change under a pair that runs: the
 * provider would carry such a change out halfway. A plan that changes it fails before anything is touched.
 *
 * The conditions are those of the resource that keeps the values, and not of one in the cloud: they need no answer of the
 * cloud, which finds nothing of the pair in another region, for instance.
 */
export class Identity extends Construct {
  /** The resource that keeps it, child `Deployed`. */
  readonly deployed: TerraformData;

  constructor(scope: Construct, id: string, { values, remedy }: IdentityProps) {
    super(scope, id);
    this.deployed = new TerraformData(this, "Deployed", {
      input: { ...values },
      lifecycle: {
        // So the output stays what it was at the first deploy.
        ignoreChanges: ["input"],
        postcondition: Object.entries(values).map(([key, value]) => {
          const now = `"${quoteHclString(value)}"`;
          // What is not kept yet, since the pair was deployed by an earlier version, is taken to be what it is now.
          const before = `lookup(self.output, "${key}", ${now})`;
          return {
            condition: terraformTemplate(`\${${before} == ${now}}`),
            errorMessage: terraformTemplate(
              `${literalText(scope.node.path)}: '${key}' is \${${before}} as deployed ` +
                `and cannot become ${literalText(value)}: ${literalText(remedy)}.`,
            ),
          };
        }),
      },
    });
  }
}
