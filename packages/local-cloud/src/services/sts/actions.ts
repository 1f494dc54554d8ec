import { object } from "../../api/parameters.ts";
import { accountUin } from "../account.ts";
import { defineAction } from "../action.ts";

/** Who calls: the account, whoever has signed. */
export const getCallerIdentity = defineAction(
  { service: "sts", version: "2018-08-13", action: "GetCallerIdentity" },
  object({}),
  () => ({
    AccountId: accountUin,
    Arn: `qcs::cam::uin/${accountUin}:uin/${accountUin}`,
    PrincipalId: accountUin,
    Type: "RootAccount",
    UserId: accountUin,
  }),
);
