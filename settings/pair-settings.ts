import type {
  IPlacementGroup,
  ISecurityGroup,
  KeepalivedProps,
  KeyPairProps,
  MachineProps,
  Mechanism,
  PairctlProps,
  PairctlWay,
  PairNodeProps,
  PlacementGroupProps,
  TrafficRule,
} from "../constructs";
import type { AdditionalVipSettings, AddressSettings } from "./sections/addresses";
import type { BackendSettings } from "./sections/backend";
import type { HealthCheckSettings } from "./sections/health-check";
import type { NetworkSettings } from "./sections/network";
import type { SecretSettings } from "./sections/secret";

/** What a settings file says of one pair, key by key. `fields.ts` has what each key takes. */
export interface PairSettings extends Omit<MachineProps, "keyPairs">, AddressSettings {
  /** The name of the stack and of everything in it: 2–50 letters, digits and single hyphens between them. */
  readonly name: string;
  /** The region, such as `ap-singapore`: that of the zone. */
  readonly region: string;
  /** Where the pair is: in a new VPC, in a new subnet of a VPC that exists, or in a subnet that exists. */
  readonly network: NetworkSettings;
  /**
   * What moves the address. `secondary-private-ip`: pairctl on the nodes, through the VPC API; every account has it.
   * `havip`: the cloud's fabric, on a gratuitous ARP from the new holder; in beta, by application.
   */
  readonly mechanism: Mechanism;
  /**
   * Further addresses that move together with the first, in the same subnet.
   *
   * @default - none
   */
  readonly additionalVips?: readonly AdditionalVipSettings[];
  /** The node that leads where nothing else decides. */
  readonly primary: PairNodeProps;
  /** The other node. */
  readonly secondary: PairNodeProps;
  /**
   * SSH key pairs that exist, by their ids (`skey-…`). A later change does not reach a running node, like that of the image.
   *
   * @default - none: the cloud sets a random password and sends it to the account
   */
  readonly keyIds?: readonly string[];
  /**
   * SSH key pairs that are made from public keys.
   *
   * @default - none
   */
  readonly keyPairs?: readonly KeyPairSettings[];
  /**
   * The placement group of both nodes: a new one, or with `placementGroupId` one that exists.
   *
   * @default - a new one of type HOST
   */
  readonly placementGroup?: PlacementGroupSettings | IPlacementGroup;
  /**
   * The security group of both nodes: a new one with `ingress` and `egress`, or with `securityGroupId` one that exists. That
   * one must let everything pass between them.
   *
   * @default - a new one
   */
  readonly securityGroup?: SecurityGroupSettings | Pick<ISecurityGroup, "securityGroupId">;
  /**
   * Traffic that the nodes accept from outside the pair.
   *
   * @default - none
   */
  readonly ingress?: readonly TrafficRuleSettings[];
  /**
   * Traffic that the nodes send beside that to each other. What must stay open is said at synth.
   *
   * @default - everything
   */
  readonly egress?: readonly TrafficRuleSettings[];
  /**
   * The role of pairctl: a new one, or with `roleName` one that exists. With mechanism `havip`, `none` works as well: pairctl
   * then reports without asking the cloud.
   *
   * @default - a new one that allows what pairctl can call
   */
  readonly role?: "none" | NewRoleSettings | ExistingRoleSettings;
  /**
   * What is added to the nodes' cloud-config, in cloud-init's own keys. A value `{ terraformVariable: NAME }` anywhere in it is a
   * secret.
   *
   * @default - nothing
   */
  readonly cloudConfig?: Readonly<Record<string, unknown>>;
  /**
   * How keepalived elects the node that serves.
   *
   * @default - keepalived's defaults, and those of the keys
   */
  readonly keepalived?: KeepalivedSettings;
  /**
   * A check of the service: a node whose check fails gives the address up.
   *
   * @default - none
   */
  readonly healthCheck?: HealthCheckSettings;
  /**
   * Several checks of the service instead of one: each must succeed.
   *
   * @default - none
   */
  readonly healthChecks?: readonly HealthCheckSettings[];
  /**
   * How pairctl, which runs on both nodes, does its job.
   *
   * @default - the defaults of the keys
   */
  readonly pairctl?: PairctlProps;
  /**
   * Tags of every resource that takes them.
   *
   * @default - no tags
   */
  readonly tags?: Readonly<Record<string, string>>;
  /** Where Terraform keeps its state. */
  readonly backend: BackendSettings;
}

/** How keepalived elects the node that serves. */
export interface KeepalivedSettings extends Omit<KeepalivedProps, "healthChecks" | "authPass"> {
  /**
   * keepalived's `auth_pass`, 1–8 characters, from a variable of Terraform's. Not with `vrrpVersion` 3.
   *
   * @default - derived from the pair's name and addresses; none with `vrrpVersion` 3
   */
  readonly authPass?: SecretSettings;
}

/** A new SSH key pair. */
export interface KeyPairSettings extends KeyPairProps {
  /** The name: 1–25 letters, digits and underscores. */
  readonly keyName: string;
}

/** A new placement group. */
export interface PlacementGroupSettings extends PlacementGroupProps {
  /**
   * The name, 1–60 characters.
   *
   * @default - the pair's name
   */
  readonly name?: string;
}

/** A new security group; its rules are `ingress` and `egress`. */
export interface SecurityGroupSettings {
  /**
   * The name, 1–60 characters.
   *
   * @default - the pair's name
   */
  readonly name?: string;
  /**
   * Tags.
   *
   * @default - those of the file
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Traffic that is let through, between the nodes and something outside the pair. */
export interface TrafficRuleSettings extends Omit<TrafficRule, "port"> {
  /**
   * A port, a list of ports (`80,443`), a range (`8000-8010`) or `ALL`; no list with a range in it.
   *
   * @default "ALL"
   */
  readonly port?: string | number;
}

/** A new role. */
export interface NewRoleSettings {
  /**
   * The name of the role and of its policy: 1–128 letters, digits and any of `+=,.@_-`.
   *
   * @default - the pair's name with `-hook` behind it
   */
  readonly name?: string;
  /**
   * The ways in which pairctl may do its job: the policy holds the actions of these, and no others.
   *
   * @default - all ways of the mechanism
   */
  readonly ways?: readonly PairctlWay[];
  /**
   * What the policy calls an action of the API, where CAM lists it otherwise than its tables did.
   *
   * @default - as CAM's tables have it
   */
  readonly camActions?: Readonly<Record<string, string>>;
  /**
   * Tags.
   *
   * @default - those of the file
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A role that exists. */
export interface ExistingRoleSettings {
  /** Its name. Instances must be able to assume it (principal service `cvm.qcloud.com`); what it must allow is said at synth. */
  readonly roleName: string;
}
