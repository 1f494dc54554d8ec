import { CloudError } from "../../../api/errors.ts";
import { integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { dropTags, putTags, tagSet } from "../../tag/index.ts";
import { camTags, camTime, checkDescription, defineAction, pageOf, pageParameters } from "../service.ts";
import { checkPolicyName, checkPolicyNameIsFree, findPolicy } from "./checks.ts";
import { createPolicy } from "./create.ts";
import { parsePolicyDocument } from "./document.ts";

/** A policy of one's own. */
export const createPolicyAction = defineAction(
  "CreatePolicy",
  object({
    PolicyName: string,
    PolicyDocument: string,
    Description: optional(string),
    Tags: camTags,
  }),
  (core, { PolicyName: policyName, PolicyDocument: document, Description: description = "", Tags }) => {
    checkPolicyName(policyName);
    checkDescription(description);
    const { policyId } = createPolicy(core, { policyName, document, description });
    putTags(core.state, "cam:policy", String(policyId), Tags);
    return { PolicyId: policyId };
  },
);

/** One policy with its document. */
export const getPolicy = defineAction("GetPolicy", object({ PolicyId: integer }), (core, { PolicyId }) => {
  const { policyName, description, text, createdAt } = findPolicy(core, PolicyId, "ResourceNotFound.PolicyIdNotFound");
  return {
    PolicyName: policyName,
    Description: description,
    Type: 1,
    AddTime: camTime(createdAt),
    UpdateTime: camTime(createdAt),
    PolicyDocument: text,
    PresetAlias: "",
    IsServiceLinkedRolePolicy: 0,
    Tags: tagSet(core.state, "cam:policy", String(PolicyId)),
  };
});

/** The policies of one's own, page by page; there are no others here. */
export const listPolicies = defineAction(
  "ListPolicies",
  object({ ...pageParameters, Scope: optional(string), Keyword: unsupported }),
  (core, { Scope = "All", ...page }) => {
    if (!["All", "Local", "QCS"].includes(Scope)) {
      throw new CloudError("InvalidParameter.ScopeError", `\`Scope\` is one of All, Local, QCS, got \`${Scope}\`.`);
    }
    const policies = Scope === "QCS" ? [] : [...core.state.policies.values()];
    return {
      TotalNum: policies.length,
      List: pageOf(policies, page).map(({ policyId, policyName, description, createdAt }) => ({
        PolicyId: policyId,
        PolicyName: policyName,
        Description: description,
        Type: 1,
        AddTime: camTime(createdAt),
      })),
    };
  },
);

/** Changes a policy; who has it may do what it says from now on. */
export const updatePolicy = defineAction(
  "UpdatePolicy",
  object({
    PolicyId: integer,
    PolicyName: optional(string),
    Description: optional(string),
    PolicyDocument: optional(string),
    Alias: unsupported,
  }),
  (core, { PolicyId, PolicyName, Description, PolicyDocument }) => {
    const policy = findPolicy(core, PolicyId, "ResourceNotFound.PolicyIdNotFound");
    if (PolicyName !== undefined) {
      checkPolicyName(PolicyName);
      checkPolicyNameIsFree(core, PolicyName, PolicyId);
    }
    if (Description !== undefined) checkDescription(Description);
    if (PolicyDocument !== undefined) {
      policy.document = parsePolicyDocument(PolicyDocument, core.assumptions);
      policy.text = PolicyDocument;
    }
    policy.policyName = PolicyName ?? policy.policyName;
    policy.description = Description ?? policy.description;
    return { PolicyId };
  },
);

/** Takes away policies, with their attachments. */
export const deletePolicy = defineAction(
  "DeletePolicy",
  object({ PolicyId: list(integer) }),
  (core, { PolicyId: ids }) => {
    for (const id of ids) findPolicy(core, id);
    for (const id of ids) {
      core.state.policies.delete(id);
      dropTags(core.state, "cam:policy", String(id));
      for (const role of core.state.roles.values()) role.policyIds = role.policyIds.filter((other) => other !== id);
    }
    return {};
  },
);
