// What only one construct of a stack or an app can have.
import { DefaultTokenResolver, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { PropError, Shown } from "./prop-error";

const owners = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Remembers what only one construct can have within a stack or an app.
 *
 * @returns the path of another construct that has it already, or undefined
 */
export function claim(within: IConstruct, value: string, owner: IConstruct): string | undefined {
  const taken = owners.get(within) ?? new Map<string, string>();
  owners.set(within, taken);
  const other = taken.get(value);
  if (other === undefined) taken.set(value, owner.node.path);
  return other === owner.node.path ? undefined : other;
}

/**
 * Remembers what only one construct can have, where the cloud knows it by an id: in the whole app where the id is a
 * literal or one and the same token, in the stack where it is an expression.
 *
 * @param id the cloud's id, or that of what it is in
 * @param value what is claimed there
 * @returns the path of another construct that has it already, or undefined
 */
export function claimById(owner: IConstruct, id: string, value: string | number): string | undefined {
  // An expression of Terraform's that the user wrote means something else in each stack.
  const isOfStack = id.includes("${") && !Token.isUnresolved(id);
  const inApp = isOfStack ? undefined : claim(owner.node.root, `${value} ${id}`, owner);
  return inApp ?? claim(TerraformStack.of(owner), `${value} ${seenBy(owner, id)}`, owner);
}

/**
 * Refuses what another construct of the app has, and remembers it for this one.
 *
 * @param ids the cloud's ids, or addresses, by the prop that says them
 * @param why why only one can have it, such as `since an EIP is bound to one address`
 */
export function requireOwn(owner: IConstruct, ids: Readonly<Record<string, string>>, why: string): void {
  for (const [prop, id] of Object.entries(ids)) {
    const other = claimById(owner, id, "");
    if (other === undefined) continue;
    const shown = Token.isUnresolved(id) ? new Shown("a token of the same one") : id;
    throw new PropError(prop, shown, `belongs to ${other} already, ${why}`, "give each virtual IP its own");
  }
}

/**
 * Refuses what another construct of the app has in the same subnet, and remembers it for this one: a virtual_router_id or
 * an address.
 *
 * @param values what only one construct of a subnet can have, by the prop that says it
 */
export function requireFree(
  owner: IConstruct,
  { subnetId }: { readonly subnetId: string },
  values: Readonly<Record<string, string | number>>,
): void {
  for (const [prop, value] of Object.entries(values)) {
    const other = claimById(owner, subnetId, value);
    if (other === undefined) continue;
    const problem = `belongs to ${other} already, which is in the same subnet`;
    throw new PropError(prop, value, problem, "give one of the two another one");
  }
}

/** An id as it is synthesized: cdktf makes a new token each time that one and the same attribute is read. */
export function seenBy(scope: IConstruct, id: string): string {
  return Tokenization.resolve(id, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
}
