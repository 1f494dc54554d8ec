import { TerraformResource, type TerraformResourceConfig } from "cdktf";
import type { Construct } from "constructs";

/** What a {@link TerraformData} is made of; see Terraform's documentation of `terraform_data`. */
export interface TerraformDataConfig extends Omit<TerraformResourceConfig, "terraformResourceType"> {
  /** Values that are kept in the state; they come back as `output`. @default - none */
  readonly input?: Readonly<Record<string, string>>;
  /** Values whose change replaces the resource. @default - none */
  readonly triggersReplace?: Readonly<Record<string, string>>;
}

/**
 * Terraform's own resource `terraform_data` (1.4 and later). cdktf's class for it asks the `terraform` on the PATH for its
 * version at each synthesis, once for each resource, and does not synthesize where there is none.
 */
export class TerraformData extends TerraformResource {
  readonly #arguments: Record<string, unknown>;

  constructor(scope: Construct, id: string, { input, triggersReplace, ...config }: TerraformDataConfig) {
    super(scope, id, { ...config, terraformResourceType: "terraform_data" });
    this.#arguments = { input, triggers_replace: triggersReplace };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.#arguments;
  }
}
