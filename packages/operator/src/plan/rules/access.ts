import { actionsOf, camAction, camActions } from "pairctl/contract";
import type { AttributeChange } from "../changes.ts";
import { DO_IT, NEW_PAIR } from "../commands.ts";
import { halfDone, type Judgement, LABEL, nothing, type ResourceRules, rows, type Situation } from "./rule.ts";

const WITHOUT_ROLE = halfDone(
  "the nodes that run go on asking for the credentials of the old role, and the address cannot move at a failover",
  NEW_PAIR,
);

function trustPolicy({ after }: AttributeChange): Judgement {
  if (typeof after === "string" && !after.includes("cvm.qcloud.com")) {
    return halfDone(
      "instances (cvm.qcloud.com) may no longer take the role, so that the address cannot move at a failover",
      "let the service cvm.qcloud.com assume it",
    );
  }
  return nothing("who may take the role changes at once; instances still may");
}

/** What pairctl calls for a public address, and for nothing else. */
const EIP_ACTIONS = actionsOf("secondary-private-ip", ["bind-eip", "unbind-eip"]).map(camAction);

/** Whether the policy still allows what pairctl calls. */
function policy({ after }: AttributeChange, { pair, plan }: Situation): Judgement {
  const allowed = allowedActions(after);
  if (allowed === undefined) return nothing("what the role may do changes at once, and is known only then");
  const missing = camActions(pair.mechanism).filter((action) => !allowed.some((each) => covers(each, action)));
  if (missing.length === 0) return nothing("what the role may do changes at once; all that pairctl calls is in it");
  const loss = `pairctl on the nodes may no longer call ${missing.join(", ")}`;
  const losesEip = plan.resources.some(
    ({ action, address, type }) =>
      type === "tencentcloud_eip_association" && action === "delete" && plan.memberOf.get(address) === pair,
  );
  if (losesEip && missing.every((action) => EIP_ACTIONS.includes(action))) {
    return {
      verdict: "rolling",
      reason: `${loss}: until the nodes' settings no longer name the public address, it says that this is not allowed`,
      remedy: `after the deploy, ${DO_IT.push}`,
    };
  }
  return halfDone(`${loss}, so that it cannot do its part at a failover`, "leave those actions in the policy");
}

/** The actions that a policy allows; undefined where it cannot be read. */
function allowedActions(document: unknown): string[] | undefined {
  if (typeof document !== "string") return undefined;
  try {
    const { statement } = JSON.parse(document) as { statement: { effect: string; action: string | string[] }[] };
    return statement.filter(({ effect }) => effect === "allow").flatMap(({ action }) => action);
  } catch {
    return undefined;
  }
}

/** Whether an action of a policy, which may end in a `*` for any, is or contains another one. */
function covers(allowed: string, action: string): boolean {
  const name = allowed.replace(/^name\//, "");
  return name.endsWith("*") ? action.startsWith(name.slice(0, -1)) : name === action;
}

/** The rules of the role under which pairctl calls the API. */
export const CAM_ROLE: ResourceRules = {
  noun: "role of pairctl",
  created: nothing("a role is made"),
  deleted: ({ pair }) => (isLeft(pair) ? WITHOUT_ROLE : nothing("it goes with the nodes")),
  replaced: WITHOUT_ROLE,
  attributes: {
    ...rows("computed", "id", "create_time", "update_time", "role_arn"),
    name: "replaces",
    ...rows(LABEL, "description", "tags", "console_login"),
    session_duration: nothing("credentials that are asked for from now on last so long"),
    document: trustPolicy,
  },
};

/** The rules of the role's policy. */
export const CAM_POLICY: ResourceRules = {
  noun: "policy of pairctl's role",
  created: nothing("a policy is made"),
  deleted: ({ pair }) => (isLeft(pair) ? WITHOUT_ROLE : nothing("it goes with the nodes")),
  replaced: WITHOUT_ROLE,
  attributes: {
    ...rows("computed", "id", "create_time", "update_time", "type"),
    name: "replaces",
    ...rows(LABEL, "description", "tags"),
    document: policy,
  },
};

/** The rules of what gives the role its policy. */
export const CAM_ROLE_POLICY_ATTACHMENT: ResourceRules = {
  noun: "policy of pairctl's role",
  created: nothing("the role gets its policy"),
  deleted: ({ pair }) => (isLeft(pair) ? WITHOUT_ROLE : nothing("it goes with the nodes")),
  replaced: WITHOUT_ROLE,
  attributes: {
    ...rows("computed", "id", "create_mode", "create_time", "policy_name", "policy_type"),
    ...rows("replaces", "policy_id", "role_id"),
  },
};

function isLeft({ nodes }: Situation["pair"]): boolean {
  return nodes.some(({ resource }) => resource.action !== "delete");
}

/** The rules of an SSH key. */
export const KEY_PAIR: ResourceRules = {
  noun: "SSH key",
  created: nothing("a key is made; nodes get it when they are made"),
  deleted: halfDone(
    "the cloud deletes no key that a machine has, and the deploy fails on the way",
    "leave it in the stack until no node has it",
  ),
  replaced: halfDone(
    "the cloud deletes no key that a machine has, and the deploy fails on the way",
    "make a second KeyPair beside it; new nodes get it",
  ),
  attributes: {
    ...rows("computed", "id", "created_time", "private_key"),
    ...rows("replaces", "public_key", "project_id"),
    ...rows(LABEL, "key_name", "tags"),
    force_stop: nothing("it is noted in Terraform's state, and the cloud is told nothing"),
  },
};

const OCCUPIED = halfDone(
  "the cloud deletes no placement group that has machines in it, and the deploy fails on the way",
  NEW_PAIR,
);

/** The rules of the placement group. */
export const PLACEMENT_GROUP: ResourceRules = {
  noun: "placement group",
  created: nothing("a group is made"),
  deleted: nothing("it goes once no machine is in it"),
  replaced: OCCUPIED,
  attributes: {
    ...rows("computed", "id", "create_time", "current_num", "cvm_quota_total"),
    ...rows("replaces", "type", "affinity"),
    ...rows(LABEL, "name", "tags"),
    ...rows(
      halfDone("the provider refuses to change it: the deploy fails, and so does every later one", "set it back"),
      "strategy",
      "partition_count",
    ),
  },
};
