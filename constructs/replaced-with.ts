import { Lazy, type TerraformResource } from "cdktf";

/**
 * `replace_triggered_by` for what has to be made anew once one of these resources is a new one. Not their addresses alone,
 * which would count each update of a tag as well. Terraform takes a reference there, and no expression.
 */
export function replacedWith(...resources: (TerraformResource | undefined)[]): string[] {
  return resources
    .filter((resource) => resource !== undefined)
    .map((resource) =>
      // The name may be overridden later.
      Lazy.stringValue({ produce: () => `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id` }),
    );
}
