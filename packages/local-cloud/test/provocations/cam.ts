import { type Provocation, type Provocations, tags, tooLong, tooManyTags } from "./provocation.ts";

const noPolicy = 299_999_999;
const pairPolicy = 200_000_001;
const document = (statement: object, root: object = {}) =>
  JSON.stringify({
    version: "2.0",
    statement: [{ effect: "allow", action: "*", resource: "*", ...statement }],
    ...root,
  });
const trust = (statement: object, root: object = {}) =>
  JSON.stringify({
    version: "2.0",
    statement: [
      { effect: "allow", action: "name/sts:AssumeRole", principal: { service: "cvm.qcloud.com" }, ...statement },
    ],
    ...root,
  });

/** Documents of policies that are refused. */
const wrongDocument = (body: object): Record<string, Provocation> => ({
  "InvalidParameter.ActionError": { ...body, PolicyDocument: document({ action: [] }) },
  "InvalidParameter.ActionNotExist": { ...body, PolicyDocument: document({ action: "vpc:NoSuchAction" }) },
  "InvalidParameter.ActionServiceNotExist": { ...body, PolicyDocument: document({ action: "nosuchservice:Do" }) },
  "InvalidParameter.ConditionError": { ...body, PolicyDocument: document({ condition: {} }) },
  "InvalidParameter.EffectError": { ...body, PolicyDocument: document({ effect: "maybe" }) },
  "InvalidParameter.PolicyDocumentError": { ...body, PolicyDocument: "x" },
  "InvalidParameter.ResourceError": { ...body, PolicyDocument: document({ resource: "x" }) },
  "InvalidParameter.ResourceServiceNotExist": {
    ...body,
    PolicyDocument: document({ resource: "qcs::nosuchservice:::x/*" }),
  },
  "InvalidParameter.StatementError": { ...body, PolicyDocument: document({}, { statement: [] }) },
  "InvalidParameter.VersionError": { ...body, PolicyDocument: document({}, { version: "1.0" }) },
});

/** Documents of who may assume a role that are refused. */
const wrongTrust = (body: object): Record<string, Provocation> => ({
  "InvalidParameter.ActionError": { ...body, PolicyDocument: trust({ action: [] }) },
  "InvalidParameter.EffectError": { ...body, PolicyDocument: trust({ effect: "maybe" }) },
  "InvalidParameter.PrincipalError": { ...body, PolicyDocument: trust({ principal: "x" }) },
  "InvalidParameter.PrincipalQcsError": { ...body, PolicyDocument: trust({ principal: { qcs: "x" } }) },
  "InvalidParameter.PrincipalServiceNotExist": {
    ...body,
    PolicyDocument: trust({ principal: { service: "nosuchservice.qcloud.com" } }),
  },
  "InvalidParameter.StatementError": { ...body, PolicyDocument: trust({}, { statement: [] }) },
  "InvalidParameter.VersionError": { ...body, PolicyDocument: trust({}, { version: "1.0" }) },
});

const role = { RoleName: "r", PolicyDocument: trust({}) };
const policy = { PolicyName: "p", PolicyDocument: document({}) };

/** What is refused about roles and policies. */
export const camProvocations: Provocations = {
  "cam:CreateRole": {
    ...wrongTrust(role),
    "InvalidParameter.DescriptionLengthOverlimit": { ...role, Description: tooLong + tooLong },
    "InvalidParameter.RoleNameError": { ...role, RoleName: "?" },
    "InvalidParameter.RoleNameInUse": { ...role, RoleName: "pair-hook" },
    "InvalidParameter.TagLimitExceeded": { ...role, ...tooManyTags },
    "InvalidParameter.TagParamError": { ...role, ...tags(["", "v"]) },
  },
  "cam:DescribeRoleList": { "InvalidParameter.ParamError": { Page: 0 } },
  "cam:GetRole": {
    "InvalidParameter.ParamError": {},
    "InvalidParameter.RoleNotExist": { RoleName: "no-such-role" },
  },
  "cam:UpdateRoleDescription": {
    "InvalidParameter.DescriptionLengthOverlimit": { RoleName: "pair-hook", Description: tooLong + tooLong },
    "InvalidParameter.ParamError": { Description: "d" },
    "InvalidParameter.RoleNotExist": { RoleName: "no-such-role", Description: "d" },
  },
  "cam:UpdateAssumeRolePolicy": {
    ...wrongTrust({ RoleName: "pair-hook" }),
    "InvalidParameter.ParamError": { PolicyDocument: trust({}) },
    "InvalidParameter.RoleNotExist": { RoleName: "no-such-role", PolicyDocument: trust({}) },
  },
  "cam:DeleteRole": {
    "InvalidParameter.ParamError": {},
    "InvalidParameter.RoleNotExist": { RoleName: "no-such-role" },
  },
  "cam:CreatePolicy": {
    ...wrongDocument(policy),
    "FailedOperation.PolicyNameInUse": { ...policy, PolicyName: "pair-hook" },
    "InvalidParameter.DescriptionLengthOverlimit": { ...policy, Description: tooLong + tooLong },
    "InvalidParameter.PolicyNameError": { ...policy, PolicyName: "?" },
  },
  "cam:GetPolicy": { "ResourceNotFound.PolicyIdNotFound": { PolicyId: noPolicy } },
  "cam:ListPolicies": {
    "InvalidParameter.ParamError": { Page: 0 },
    "InvalidParameter.ScopeError": { Scope: "Some" },
  },
  "cam:UpdatePolicy": {
    ...wrongDocument({ PolicyId: pairPolicy }),
    "FailedOperation.PolicyNameInUse": async (world) => {
      await world.ask("cam:CreatePolicy", policy);
      return { PolicyId: pairPolicy, PolicyName: policy.PolicyName };
    },
    "InvalidParameter.DescriptionLengthOverlimit": { PolicyId: pairPolicy, Description: tooLong + tooLong },
    "InvalidParameter.PolicyNameError": { PolicyId: pairPolicy, PolicyName: "?" },
    "ResourceNotFound.PolicyIdNotFound": { PolicyId: noPolicy },
  },
  "cam:DeletePolicy": { "InvalidParameter.PolicyIdNotExist": { PolicyId: [noPolicy] } },
  "cam:AttachRolePolicy": {
    "InvalidParameter.ParamError": { PolicyId: pairPolicy },
    "InvalidParameter.PolicyIdNotExist": { PolicyId: noPolicy, AttachRoleName: "pair-hook" },
    "InvalidParameter.RoleNotExist": { PolicyId: pairPolicy, AttachRoleName: "no-such-role" },
  },
  "cam:ListAttachedRolePolicies": { "InvalidParameter.ParamError": { Page: 1 } },
  "cam:DetachRolePolicy": {
    "InvalidParameter.ParamError": { PolicyId: pairPolicy },
    "InvalidParameter.PolicyIdNotExist": { PolicyId: noPolicy, DetachRoleName: "pair-hook" },
    "InvalidParameter.RoleNotExist": { PolicyId: pairPolicy, DetachRoleName: "no-such-role" },
  },
};
