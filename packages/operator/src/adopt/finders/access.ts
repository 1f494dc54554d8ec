import { CloudError } from "cloud-client";
import type { PairCloud } from "../../cloud/actions.ts";
import { type Candidate, type Finder, nowhere } from "../finder.ts";

/** A role of the API. */
interface Role {
  readonly RoleId: string;
  readonly RoleName: string;
}

/** A role by its name or its id: both are unique in an account. */
async function roles(cloud: PairCloud, query: { RoleName: string } | { RoleId: string }): Promise<Candidate[]> {
  const answer = await noneWhere(/RoleNotExist/, cloud.call("cam", "GetRole", query));
  const role = answer?.["RoleInfo"] as Role | undefined;
  if (role === undefined) return [];
  const { RoleId: id, RoleName: name } = role;
  return [{ id, description: `${name} (${id})`, attributes: { id, name } }];
}

/** What is answered; undefined where the cloud says by a code that there is no such thing. */
async function noneWhere<T>(code: RegExp, answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof CloudError && code.test(error.code)) return undefined;
    throw error;
  });
}

/** CAM roles, by name. */
export const CAM_ROLE: Finder = {
  noun: "role",
  find: async (resource, { cloud, value }) => {
    const name = await value(resource.arguments["name"]);
    if (name === undefined) return nowhere("a role of a name that only Terraform knows");
    return { for: `a role named ${name}`, candidates: await roles(cloud, { RoleName: name }) };
  },
  choose: async (_resource, id, { cloud }) => ({
    for: `the role ${id}`,
    candidates: await roles(cloud, { RoleId: id }),
  }),
};

/** A policy of the API. */
interface Policy {
  readonly PolicyId: number;
  readonly PolicyName: string;
}

/** As many as CAM gives at a time. */
const POLICIES_OF_A_PAGE = 200;

/** The account's own policies. CAM counts its pages from 1. */
async function ownPolicies(cloud: PairCloud): Promise<Policy[]> {
  const policies: Policy[] = [];
  for (let page = 1; ; page += 1) {
    const { List = [] } = (await cloud.call("cam", "ListPolicies", {
      Scope: "Local",
      Page: page,
      Rp: POLICIES_OF_A_PAGE,
    })) as { readonly List?: readonly Policy[] };
    policies.push(...List);
    if (List.length < POLICIES_OF_A_PAGE) return policies;
  }
}

const policyCandidate = ({ PolicyId, PolicyName }: Policy): Candidate => ({
  id: String(PolicyId),
  description: `${PolicyName} (${PolicyId})`,
  attributes: { id: String(PolicyId), name: PolicyName },
});

/** CAM policies, by name, which is unique in an account. */
export const CAM_POLICY: Finder = {
  noun: "policy",
  find: async (resource, { cloud, value }) => {
    const name = await value(resource.arguments["name"]);
    if (name === undefined) return nowhere("a policy of a name that only Terraform knows");
    const named = (await ownPolicies(cloud)).filter(({ PolicyName }) => PolicyName === name);
    return { for: `a policy named ${name}`, candidates: named.map(policyCandidate) };
  },
  choose: async (_resource, id, { cloud }) => {
    const answer = await noneWhere(/PolicyIdNotFound/, cloud.call("cam", "GetPolicy", { PolicyId: Number(id) }));
    const found = answer === undefined ? [] : [{ PolicyId: Number(id), PolicyName: String(answer["PolicyName"]) }];
    return { for: `the policy ${id}`, candidates: found.map(policyCandidate) };
  },
};

/** What gives a policy to a role: both must be there, and belong together. */
export const CAM_ROLE_POLICY_ATTACHMENT: Finder = {
  noun: "policy of the role",
  find: async (resource, { cloud, value }) => {
    const roleId = await value(resource.arguments["role_id"]);
    const policyId = await value(resource.arguments["policy_id"]);
    if (roleId === undefined || policyId === undefined)
      return nowhere("what gives a policy to a role that are not both there");
    const { List = [] } = (await cloud.call("cam", "ListAttachedRolePolicies", {
      RoleId: roleId,
      Page: 1,
      Rp: POLICIES_OF_A_PAGE,
    })) as { readonly List?: readonly Policy[] };
    const isAttached = List.some(({ PolicyId }) => String(PolicyId) === policyId);
    const id = `${roleId}#${policyId}`;
    const description = `the policy ${policyId} of the role ${roleId}`;
    return { for: description, candidates: isAttached ? [{ id, description, attributes: { id } }] : [] };
  },
};
