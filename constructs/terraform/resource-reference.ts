import {
  dependable,
  type IResolvable,
  type ITerraformDependable,
  TerraformResource,
  TerraformStack,
  Token,
} from "cdktf";
import type { Construct } from "constructs";

/**
 * `replace_triggered_by` for what has to be made anew once one of these resources is a new one. Not their addresses alone,
 * which would count each update of a tag as well. Terraform takes a reference there, and no expression.
 */
export function replacedWith(...resources: (TerraformResource | undefined)[]): string[] {
  return resources
    .filter((resource) => resource !== undefined)
    .map((resource) => Token.asString(new ResourceReference(resource, ".id")));
}

/**
 * `depends_on` of what a construct makes: the addresses of what must be there before it.
 *
 * @param scope the construct; what another stack has, a data source or a module is left to cdktf
 */
export function dependingOn(scope: Construct, ...needed: readonly (ITerraformDependable | undefined)[]): string[] {
  const stack = TerraformStack.of(scope);
  return needed
    .filter((each) => each !== undefined)
    .map((each) =>
      TerraformResource.isTerraformResource(each) && each.cdktfStack === stack
        ? Token.asString(new ResourceReference(each, ""))
        : dependable(each),
    );
}

/**
 * A resource's address with what follows it. Its name may be overridden until the stack is synthesized. Unlike a token of
 * cdktf's own, it writes no call stack down, which is slow.
 */
class ResourceReference implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #resource: TerraformResource;
  readonly #suffix: "" | ".id";

  constructor(resource: TerraformResource, suffix: "" | ".id") {
    this.#resource = resource;
    this.#suffix = suffix;
  }

  resolve(): string {
    return `${this.#resource.terraformResourceType}.${this.#resource.friendlyUniqueId}${this.#suffix}`;
  }

  toString(): string {
    return Token.asString(this);
  }
}
