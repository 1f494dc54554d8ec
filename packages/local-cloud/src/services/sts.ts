import { type Action, defineAction } from "../action.ts";
import { object } from "../parameters.ts";

/** The account that there is. */
export const accountUin = "100000000001";

/** Who calls: the account, whoever has signed. */
const getCallerIdentity = defineAction(
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

/** What there is of the STS API, version 2018-08-13. */
export const stsActions: readonly Action[] = [getCallerIdentity];
