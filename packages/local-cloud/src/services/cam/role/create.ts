import { add } from "../../store.ts";
import type { Core } from "../state.ts";
import type { Role } from "./state.ts";

const cvmMayAssume = {
  version: "2.0",
  statement: [{ action: ["name/sts:AssumeRole"], effect: "allow", principal: { service: ["cvm.qcloud.com"] } }],
};

/** A role to create. */
export interface RoleOptions {
  readonly roleName: string;
  /** Kept, not evaluated. @default - CVMs may assume it */
  readonly trustPolicy?: unknown;
  /** @default - none */
  readonly description?: string;
}

const firstRoleId = 4_611_686_018_400_000_001n;

/** A role, which may do nothing until policies are attached. */
export function createRole({ state, now }: Core, options: RoleOptions): Role {
  const { roleName, trustPolicy = cvmMayAssume, description = "" } = options;
  const ids = [...state.roles.values()].map(({ roleId }) => BigInt(roleId));
  const roleId = String(ids.reduce((highest, id) => (id > highest ? id : highest), firstRoleId - 1n) + 1n);
  return add(state.roles, roleName, { roleId, roleName, description, trustPolicy, policyIds: [], createdAt: now() });
}
