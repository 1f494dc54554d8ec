import { type IResolvable, type TerraformResource, Token } from "cdktf";

/**
 * `replace_triggered_by` for what has to be made anew once one of these resources is a new one. Not their addresses alone,
 * which would count each update of a tag as well. Terraform takes a reference there, and no expression.
 */
export function replacedWith(...resources: (TerraformResource | undefined)[]): string[] {
  return resources
    .filter((resource) => resource !== undefined)
    .map((resource) => Token.asString(new IdReference(resource)));
}

/** A resource's id, whose name may be overridden later. Unlike cdktf's Lazy, it writes no call stack down, which is slow. */
class IdReference implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #resource: TerraformResource;

  constructor(resource: TerraformResource) {
    this.#resource = resource;
  }

  resolve(): string {
    return `${this.#resource.terraformResourceType}.${this.#resource.friendlyUniqueId}.id`;
  }

  toString(): string {
    return Token.asString(this);
  }
}
