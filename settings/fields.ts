import type { IPlacementGroup, ISecurityGroup, KeepalivedProps, MachineProps } from "../constructs";
import { MECHANISMS } from "../constructs/contract";
import { PAIR_NODE_PROPS } from "../constructs/pair/keepalived-pair-props";
import { KEEPALIVED_PROPS } from "../constructs/pair/keepalived-props";
import { KEY_PAIR_PROPS } from "../constructs/pair/key-pair";
import { MACHINE_PROPS } from "../constructs/pair/machine-props";
import { PAIRCTL_PROPS } from "../constructs/pair/pairctl-props";
import { PLACEMENT_GROUP_PROPS } from "../constructs/pair/placement-group";
import { camName, cloudId, hostName, nameField, region } from "../constructs/props/cloud-fields";
import type { JsonSchema, KeyRules } from "../constructs/props/json-schema";
import { PropError } from "../constructs/props/prop-error";
import * as shape from "../constructs/props/shape";
import { NEW_ROLE } from "../constructs/security/pairctl-role";
import { TRAFFIC_RULE } from "../constructs/security/peer-security-group";
import { atMostOneOf, oneOf, without } from "./key-rules";
import type {
  ExistingRoleSettings,
  KeepalivedSettings,
  KeyPairSettings,
  NewRoleSettings,
  PairSettings,
  PlacementGroupSettings,
  SecurityGroupSettings,
  TrafficRuleSettings,
} from "./pair-settings";
import { ADDITIONAL_VIPS, ADDRESS, MECHANISM_RULES } from "./sections/addresses";
import { BACKEND } from "./sections/backend";
import { HEALTH_CHECK } from "./sections/health-check";
import { NETWORK } from "./sections/network";
import { SECRET } from "./sections/secret";

const { healthChecks: _, ...KEEPALIVED } = KEEPALIVED_PROPS satisfies shape.Shape<KeepalivedProps>;
const { keyPairs: __, ...MACHINE } = MACHINE_PROPS satisfies shape.Shape<MachineProps>;

const has = (key: string) => (value: unknown) => shape.isObject(value) && key in value;

/** One port is a number in YAML, several are a text. */
const PORT: shape.RequiredField = {
  isOptional: false,
  schema: { anyOf: [{ type: "integer", minimum: 1, maximum: 65_535 }, TRAFFIC_RULE.port.schema] },
  check(prop, value) {
    if (typeof value === "number" || typeof value === "string") return;
    const problem = "must be a port, a list of ports, a range or ALL";
    throw new PropError(prop, value, problem, "write 80, 80,443, 8000-8010 or ALL");
  },
};

const TRAFFIC_RULES = shape.list(
  shape.described(shape.object<TrafficRuleSettings>({ ...TRAFFIC_RULE, port: shape.optional(PORT) }), {
    // These protocols have no ports.
    if: { properties: { protocol: { enum: ["ICMP", "ALL"] } } },
    then: { properties: { port: { const: "ALL" } } },
  }),
  "[{ protocol: TCP, port: 443, cidrBlock: 0.0.0.0/0 }]",
);

/** VRRP version 3 has fractions of a second, and no authentication. */
const VRRP_RULES: JsonSchema = {
  if: { required: ["vrrpVersion"], properties: { vrrpVersion: { const: 3 } } },
  then: {
    properties: { advertInt: { maximum: 40, multipleOf: 0.01 } },
    allOf: [without(["authPass"], "must be left out with vrrpVersion 3, which has no authentication: take it out")],
  },
  else: { properties: { advertInt: { type: "integer", minimum: 1 } } },
  dependencies: {
    vrrpRlimitRttimeMicroseconds: ["vrrpRtPriority"],
    vrrpRtPriority: without(
      ["vrrpPriority"],
      "must be left out beside vrrpRtPriority, with which keepalived ignores it: take one of the two out",
    ),
    vrrpVersion: {
      if: { properties: { vrrpVersion: { const: 3 } } },
      then: { required: ["minKeepalivedVersion"] },
    },
  },
};

const { keyName } = KEY_PAIR_PROPS;

/** What each key of a settings file takes. */
export const PAIR_SETTINGS: shape.Shape<PairSettings> = {
  name: shape.described(shape.text("web-pair"), hostName(50)),
  region: region(),
  network: NETWORK,
  mechanism: shape.oneOf(...MECHANISMS),
  ...ADDRESS,
  additionalVips: shape.optional(ADDITIONAL_VIPS),
  primary: shape.object(PAIR_NODE_PROPS),
  secondary: shape.object(PAIR_NODE_PROPS),
  ...MACHINE,
  keyIds: shape.optional(shape.list(cloudId("skey"), "[skey-12345678]")),
  keyPairs: shape.optional(
    shape.list(
      shape.object<KeyPairSettings>({ ...KEY_PAIR_PROPS, keyName: { ...keyName, isOptional: false } }),
      '[{ keyName: ops, publicKey: "ssh-ed25519 AAAA… me@home" }]',
    ),
  ),
  placementGroup: shape.optional(
    shape.either(
      has("placementGroupId"),
      shape.object<IPlacementGroup>({ placementGroupId: cloudId("ps") }),
      shape.object<PlacementGroupSettings>(PLACEMENT_GROUP_PROPS),
    ),
  ),
  securityGroup: shape.optional(
    shape.either(
      has("securityGroupId"),
      shape.object<Pick<ISecurityGroup, "securityGroupId">>({ securityGroupId: cloudId("sg") }),
      shape.object<SecurityGroupSettings>({
        name: shape.optional(nameField("web")),
        tags: shape.optional(shape.tags()),
      }),
    ),
  ),
  ingress: shape.optional(TRAFFIC_RULES),
  egress: shape.optional(TRAFFIC_RULES),
  role: shape.optional(
    shape.either(
      (value) => !shape.isObject(value),
      shape.oneOf("none"),
      shape.either(
        has("roleName"),
        shape.object<ExistingRoleSettings>({ roleName: camName() }),
        shape.object<NewRoleSettings>(NEW_ROLE),
      ),
    ),
  ),
  cloudConfig: shape.optional(shape.data("{ packages: [nginx] }")),
  keepalived: shape.optional(
    shape.described(shape.object<KeepalivedSettings>({ ...KEEPALIVED, authPass: shape.optional(SECRET) }), VRRP_RULES),
  ),
  healthCheck: shape.optional(HEALTH_CHECK),
  healthChecks: shape.optional(shape.list(HEALTH_CHECK, "[{ tcp: 80 }]")),
  pairctl: shape.optional(shape.object(PAIRCTL_PROPS)),
  tags: shape.optional(shape.tags()),
  backend: BACKEND,
};

/** What keys of a file have to do with each other, as JSON Schema says it. */
export const PAIR_SETTINGS_RULES: readonly KeyRules[] = [
  MECHANISM_RULES,
  oneOf("image", "imageId", "imageNameRegex"),
  atMostOneOf("image", "imageId", "imageNameRegex"),
  atMostOneOf("healthCheck", "healthChecks"),
  {
    if: { required: ["securityGroup"], properties: { securityGroup: { required: ["securityGroupId"] } } },
    then: without(["ingress", "egress"], "goes with a new security group only: add the rules to the one that exists"),
  },
  {
    if: { required: ["prepaid"] },
    then: { properties: { dataDisks: { items: { properties: { deleteWithInstance: { const: false } } } } } },
  },
];
