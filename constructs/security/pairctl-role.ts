import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import {
  type Action,
  ACTIONS,
  actionsOf,
  camAction,
  camActions,
  MECHANISMS,
  type Mechanism,
  type Way,
  WAY_NAMES,
  WAYS,
} from "../contract";
import { CamPolicy, CamRole, CamRolePolicyAttachment, TencentcloudProvider } from "../provider";
import { locating } from "../props/prop-error";
import { CAM_NAME, camName, requireCamName } from "../props/cloud-fields";
import { PropError } from "../props/validation";
import { checked, requireAttributes } from "../props/checked";
import * as shape from "../props/shape";
import { literals } from "../terraform/literals";

/** The CAM role under which the nodes' pairctl calls the API. */
export interface IPairctlRole {
  /** Its name, by which an instance gets it. May be a token. */
  readonly roleName: string;
  /**
   * The mechanism whose actions it allows.
   *
   * @default - not known: what it must allow is said at synth
   */
  readonly mechanism?: Mechanism;
  /**
   * What the nodes wait for before they start.
   *
   * @default - nothing: its permissions exist
   */
  readonly ready?: ITerraformDependable;
}

/** A new role for pairctl. */
export interface PairctlRoleProps {
  /** The mechanism decides which actions the role may call. */
  readonly mechanism: Mechanism;
  /**
   * The name of the role and of its policy: 1–128 letters, digits and any of `+=,.@_-`.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The ways in which pairctl may do its job: the policy holds the actions of these, and no others. Without a way its
   * calls are refused, which `pairctl status` names.
   *
   * @default - all ways of the mechanism
   */
  readonly ways?: readonly PairctlWay[];
  /**
   * What the policy calls an action of the API, where CAM lists it otherwise than its tables did: the service and the
   * action, such as `{ AssociateAddress: "vpc:AssociateAddress" }`.
   *
   * @default - as CAM's tables have it
   */
  readonly camActions?: Readonly<Partial<Record<PairctlAction, string>>>;
  /**
   * Tags of the role and its policy.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A way in which pairctl does its job. With a HAVIP: `report`. With a secondary private IP: `move` the address, which
 * nothing works without; `unassign` one that cannot be migrated from where it is parked; `bind-eip` where the EIP has lost
 * its binding; `unbind-eip` where it stays behind when the address moves.
 */
export type PairctlWay = Way;

/** An action of the API that pairctl can call. */
export type PairctlAction = Action;

const MECHANISM = shape.oneOf(...MECHANISMS);

const IPAIRCTL_ROLE: shape.Shape<IPairctlRole> = {
  roleName: camName(),
  mechanism: shape.optional(MECHANISM),
  ready: shape.optional(shape.dependable()),
};

/** The kind of {@link IPairctlRole}. */
export const PAIRCTL_ROLE = shape.part(
  "a role",
  "give a PairctlRole, or PairctlRole.fromRoleAttributes(…)",
  IPAIRCTL_ROLE,
);

/** An action as a policy names it: CAM's documentation of policies, "Element Reference". */
const CAM_ACTION = /^[a-z0-9]+:[A-Za-z0-9*]+$/;
const CAM_ACTION_PROBLEM = "must be a service and an action of it, as CAM lists them";
const CAM_ACTION_REMEDY = 'write it such as "vpc:AssociateAddress"';

/** What the props of a new role are, beside the mechanism; the settings file has the same keys. */
export const NEW_ROLE: shape.Shape<Omit<PairctlRoleProps, "mechanism">> = {
  name: shape.optional(shape.matching("web-hook", CAM_NAME)),
  ways: shape.optional(shape.list(shape.oneOf(...WAY_NAMES), '["move", "bind-eip"]')),
  camActions: shape.optional(
    shape.described(shape.data('{ AssociateAddress: "vpc:AssociateAddress" }'), {
      propertyNames: { enum: Object.keys(ACTIONS) },
      additionalProperties: {
        type: "string",
        pattern: CAM_ACTION.source,
        patternErrorMessage: `${CAM_ACTION_PROBLEM}: ${CAM_ACTION_REMEDY}`,
      },
    }),
  ),
  tags: shape.optional(shape.tags()),
};

const PAIRCTL_ROLE_PROPS: shape.Shape<PairctlRoleProps> = { mechanism: MECHANISM, ...NEW_ROLE };

/**
 * The role under which the nodes' pairctl calls the VPC API, with exactly the actions that its ways take. The nodes get short-lived credentials of it from the metadata
 * service; no key is ever written down.
 */
@checked(PAIRCTL_ROLE_PROPS)
export class PairctlRole extends Construct implements IPairctlRole {
  /**
   * A role that exists already. Instances must be able to assume it (principal service `cvm.qcloud.com`), and it must
   * allow {@link PairctlRole.actions} of the mechanism.
   */
  static fromRoleAttributes(attributes: IPairctlRole): IPairctlRole {
    requireAttributes("PairctlRole.fromRoleAttributes", IPAIRCTL_ROLE, attributes);
    return { ...attributes };
  }

  /** The actions that pairctl can call in a mechanism, such as `vpc:DescribeHaVips`. */
  static actions(mechanism: Mechanism): readonly string[] {
    locating("PairctlRole.actions", () => MECHANISM.check("mechanism", mechanism));
    return camActions(mechanism);
  }

  /** The role's name, by which the instances get it. */
  readonly roleName: string;
  /** The mechanism whose actions it allows. */
  readonly mechanism: Mechanism;
  /** The role, child `Role`. */
  readonly role: CamRole;
  /** Its policy, child `Policy`. */
  readonly policy: CamPolicy;
  /** What an instance must wait for, child `PolicyAttachment`: before it, the role has no permissions. */
  readonly ready: CamRolePolicyAttachment;

  /** @throws where CAM does not take the name, or another role of the app has it, in the same account */
  constructor(scope: Construct, id: string, props: PairctlRoleProps) {
    super(scope, id);
    const name = props.name ?? id;
    requireCamName("role.name", name);
    const other = namesakeInAccount(this, name);
    if (other !== undefined) {
      const problem = `belongs to ${other.node.path} already, and an account has each name once, in all regions together`;
      throw new PropError("role.name", name, problem, "give the pair or the role another name");
    }
    this.role = new CamRole(this, "Role", {
      ...literals({ name, tags: { ...props.tags } }),
      description: "Lets pairctl of a keepalived pair read and move its address",
      document: JSON.stringify(TRUST_POLICY),
    });
    this.policy = new CamPolicy(this, "Policy", {
      ...literals({ name, tags: { ...props.tags } }),
      description: "The actions that pairctl can call",
      document: JSON.stringify(pairctlPolicy(actionsOfRole(props))),
    });
    this.ready = new CamRolePolicyAttachment(this, "PolicyAttachment", {
      roleId: this.role.id,
      policyId: this.policy.id,
    });
    this.roleName = this.role.name;
    this.mechanism = props.mechanism;
  }
}

/** The roles of each app by name. */
const rolesByName = new WeakMap<IConstruct, Map<string, PairctlRole[]>>();

/** Another role of the app that has the name in the same account; where there is none, this one has it from now on. */
function namesakeInAccount(role: PairctlRole, name: string): PairctlRole | undefined {
  const { root } = role.node;
  const byName = rolesByName.get(root) ?? new Map<string, PairctlRole[]>();
  rolesByName.set(root, byName);
  const namesakes = byName.get(name) ?? [];
  // Which account it is takes a walk through the whole stack: only for a name that is there twice.
  const other = namesakes.find((each) => accountOf(each) === accountOf(role));
  if (other === undefined) byName.set(name, [...namesakes, role]);
  return other;
}

/** What tells accounts apart at synth: the credentials that the stack's provider is given, if it is given any. */
function accountOf(scope: Construct): string {
  const stack = TerraformStack.of(scope);
  const isProvider = (each: IConstruct): each is TencentcloudProvider => each instanceof TencentcloudProvider;
  const credentials = stack.node
    .findAll()
    .filter(isProvider)
    .map((each) => {
      const { secretIdInput, profileInput, sharedCredentialsDirInput, assumeRoleInput, camRoleNameInput } = each;
      return [secretIdInput, profileInput, sharedCredentialsDirInput, camRoleNameInput, assumeRoleInput];
    });
  return JSON.stringify(credentials);
}

const TRUST_POLICY = {
  version: "2.0",
  statement: [{ action: ["name/sts:AssumeRole"], effect: "allow", principal: { service: ["cvm.qcloud.com"] } }],
};

/**
 * Resource `*`: sources conflict on whether the migrate and assign actions take a resource or are granted per operation,
 * and an action granted per operation refuses a resource.
 */
function pairctlPolicy(action: readonly string[]) {
  return { version: "2.0", statement: [{ effect: "allow", action, resource: ["*"] }] };
}

/** The actions of the ways, in CAM's words or in those that are given. */
function actionsOfRole({ camActions: names = {}, mechanism, ways }: PairctlRoleProps): string[] {
  const [needed] = Object.keys(WAYS[mechanism]) as [PairctlWay];
  if (ways !== undefined && !ways.includes(needed)) {
    throw new PropError("role.ways", ways, `must have "${needed}" with mechanism ${mechanism}`, "add it");
  }
  for (const [action, name] of Object.entries<unknown>(names)) {
    if (!Object.hasOwn(ACTIONS, action)) {
      const problem = `must be of actions that pairctl calls: ${Object.keys(ACTIONS).join(", ")}`;
      throw new PropError("role.camActions", action, problem, "correct it, or take it out");
    }
    if (typeof name === "string" && CAM_ACTION.test(name)) continue;
    throw new PropError(`role.camActions.${action}`, name, CAM_ACTION_PROBLEM, CAM_ACTION_REMEDY);
  }
  return actionsOf(mechanism, ways).map((action) => names[action] ?? camAction(action));
}
