import { accountUin } from "../../account.ts";
import { tagSet } from "../../tag/index.ts";
import { camTime } from "../service.ts";
import type { Core } from "../state.ts";
import type { Role } from "./state.ts";

/** The API's RoleInfo. */
export function roleView({ state }: Core, role: Role) {
  const { trustPolicy } = role;
  return {
    RoleId: role.roleId,
    RoleName: role.roleName,
    PolicyDocument: typeof trustPolicy === "string" ? trustPolicy : JSON.stringify(trustPolicy),
    Description: role.description,
    AddTime: camTime(role.createdAt),
    UpdateTime: camTime(role.createdAt),
    ConsoleLogin: 0,
    RoleType: "user",
    SessionDuration: 7200,
    DeletionTaskId: "",
    Tags: tagSet(state, "cam:role", role.roleId),
    RoleArn: `qcs::cam::uin/${accountUin}:roleName/${role.roleName}`,
  };
}
