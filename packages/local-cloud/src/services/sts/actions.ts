import { object } from "../../api/parameters.ts";
import { accountUin } from "../account.ts";
import { defineAction } from "./service.ts";

/** Who calls: the account, whoever has signed. */
export const getCallerIdentity = defineAction("GetCallerIdentity", object({}), () => ({
  AccountId: accountUin,
  Arn: `qcs::cam::uin/${accountUin}:uin/${accountUin}`,
  PrincipalId: accountUin,
  Type: "RootAccount",
  UserId: accountUin,
}));
