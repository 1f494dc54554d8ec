import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  type ISecurityGroup,
  KeepalivedPair,
  KeyPair,
  PairctlRole,
  PairOutputs,
  PeerSecurityGroup,
  PlacementGroup,
  TencentcloudProvider,
  type TrafficRule,
} from "../constructs";
import type { PairSettings, TrafficRuleSettings } from "./pair-settings";
import { virtualIpOf } from "./sections/addresses";
import { declareBackend } from "./sections/backend";
import { healthCheckOf } from "./sections/health-check";
import { subnetOf } from "./sections/network";
import { secretOf, withSecrets } from "./sections/secret";

/**
 * The stack of one pair, as a settings file describes it.
 *
 * @throws PropError where a value cannot be deployed; `loadPairSettings` says so before, in terms of the file
 */
export function pairStack(app: Construct, settings: PairSettings): TerraformStack {
  const { name, region, tags = {} } = settings;
  const stack = new TerraformStack(app, name);
  new TencentcloudProvider(stack, "Tencentcloud", { region });
  // replace_triggered_by, terraform_data and check blocks.
  stack.addOverride("terraform.required_version", ">= 1.5");
  declareBackend(stack, settings.backend);
  const pair = pairOf(stack, settings, { name, tags });
  new PairOutputs(stack, "Outputs", { pair });
  return stack;
}

/** What the parts of a pair have unless they have their own. */
interface Defaults {
  readonly name: string;
  readonly tags: Record<string, string>;
}

function pairOf(stack: TerraformStack, settings: PairSettings, defaults: Defaults): KeepalivedPair {
  const { network, mechanism, vip, parkingIp, haVipId, publicIp, eip, additionalVips = [], ...nodes } = settings;
  const { keyIds = [], keyPairs = [], placementGroup, securityGroup: _, ingress: __, egress: ___, ...rest } = nodes;
  const { role, cloudConfig, keepalived = {}, healthCheck, healthChecks, pairctl, backend: ____, ...props } = rest;
  const subnet = subnetOf(stack, network, defaults);
  const common = { mechanism, subnet, ...defaults };
  const virtualIp = virtualIpOf(stack, "Vip", { vip, parkingIp, haVipId, publicIp, eip }, common);
  const { authPass, ...keepalivedProps } = keepalived;
  return new KeepalivedPair(stack, "Pair", {
    ...props,
    virtualIp,
    // Named by their addresses: one that is taken out of the list must not rename the others.
    additionalVirtualIps: additionalVips.map((each) =>
      virtualIpOf(stack, `Vip-${each.vip.replaceAll(".", "-")}`, each, common),
    ),
    keyPairs: [
      ...keyIds.map((keyId) => ({ keyId })),
      ...keyPairs.map((each) => new KeyPair(stack, `KeyPair-${each.keyName}`, { tags: defaults.tags, ...each })),
    ],
    placementGroup: placementGroup && placementGroupOf(stack, placementGroup, defaults),
    ...securityOf(stack, settings, defaults),
    role: role && roleOf(stack, settings, defaults),
    cloudConfig: cloudConfig && (withSecrets(stack, cloudConfig) as Record<string, unknown>),
    ...keepalivedProps,
    authPass: authPass && secretOf(stack, authPass),
    healthChecks: (healthChecks ?? (healthCheck ? [healthCheck] : [])).map((each) => healthCheckOf(each)),
    ...pairctl,
  });
}

function placementGroupOf(
  stack: TerraformStack,
  settings: NonNullable<PairSettings["placementGroup"]>,
  defaults: Defaults,
) {
  if ("placementGroupId" in settings) return PlacementGroup.fromPlacementGroupAttributes(settings);
  return new PlacementGroup(stack, "PlacementGroup", { ...defaults, ...settings });
}

/** The security group, where the settings say something of it, or the rules of the pair's own. */
function securityOf(
  stack: TerraformStack,
  { securityGroup, primary, secondary, ...settings }: PairSettings,
  defaults: Defaults,
): { readonly securityGroup?: ISecurityGroup; readonly ingress?: TrafficRule[]; readonly egress?: TrafficRule[] } {
  const ingress = settings.ingress?.map(trafficRule);
  const egress = settings.egress?.map(trafficRule);
  if (securityGroup === undefined) return { ingress, egress };
  if ("securityGroupId" in securityGroup) {
    return { securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes(securityGroup), ingress, egress };
  }
  const nodeAddresses = [primary.privateIp, secondary.privateIp];
  const props = { ...defaults, ...securityGroup, nodeAddresses, ingress, egress };
  return { securityGroup: new PeerSecurityGroup(stack, "SecurityGroup", props) };
}

/** A rule as the cloud takes it. */
export function trafficRule({ port, ...rule }: TrafficRuleSettings): TrafficRule {
  return { ...rule, ...(port !== undefined && { port: String(port) }) };
}

function roleOf(stack: TerraformStack, { mechanism, role }: PairSettings, { name, tags }: Defaults) {
  if (role === undefined || role === "none") return role;
  if ("roleName" in role) return PairctlRole.fromRoleAttributes(role);
  return new PairctlRole(stack, "Role", { name: `${name}-hook`, tags, ...role, mechanism });
}
