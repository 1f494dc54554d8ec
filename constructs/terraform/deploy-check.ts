import { Construct } from "constructs";
import { literalText } from "../render/hcl-string";
import { TerraformData } from "./terraform-data";
import { terraformTemplate } from "./terraform-template";

/** What must hold, and what is said where it does not. */
export interface DeployCondition {
  /** An expression of Terraform's, true or false. */
  readonly holds: string;
  /** What is wrong, and the remedy. */
  readonly otherwise: string;
}

/** What {@link DeployCheck} checks. */
export interface DeployCheckProps {
  /** The values that the conditions are about, by the names of the props: where one changes, they must hold again. */
  readonly values: Readonly<Record<string, string>>;
  /** The conditions by a name each. */
  readonly conditions: Readonly<Record<string, DeployCondition>>;
}

/**
 * What the cloud must have when something is made of it. A plan fails before anything is touched where it has not.
 *
 * Only then, and where the values change: what Terraform's state says of it stays what it was at the first deploy, so that
 * an instance type that is sold out a year later, or an image that is withdrawn, stops no plan of a pair that runs.
 */
export class DeployCheck extends Construct {
  /** The resource that keeps what was found, child `Found`. */
  readonly found: TerraformData;

  constructor(scope: Construct, id: string, { values, conditions }: DeployCheckProps) {
    super(scope, id);
    const rows = Object.entries(conditions);
    this.found = new TerraformData(this, "Found", {
      triggersReplace: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, literalText(value)])),
      input: Object.fromEntries(rows.map(([name, { holds }]) => [name, `\${${holds}}`])),
      lifecycle: {
        ignoreChanges: ["input"],
        postcondition: rows.map(([name, { otherwise }]) => ({
          condition: terraformTemplate(`\${self.input.${name}}`),
          errorMessage: terraformTemplate(literalText(`${scope.node.path}: ${otherwise}.`)),
        })),
      },
    });
  }
}
