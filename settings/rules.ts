import { App, TerraformStack } from "cdktf";
import { Eip, Network, PropError } from "../constructs";
import { cloudId, instanceType, region, zone } from "../constructs/cloud-fields";
import { requirePairctlProps } from "../constructs/pair/pairctl-props";
import { keepalivedParameters } from "../constructs/pair/keepalived-props";
import { requireHostName, requireInstalled, requirePriorities, requireRegion } from "../constructs/pair/pair-rules";
import { requireRule } from "../constructs/security/peer-security-group";
import { requireCidr, requireDistinct, requireUsableAddress } from "../constructs/validation";
import { DEFAULT_PRIORITY } from "../constructs/contract";
import { healthCheckOf } from "./health-check";
import type { PairSettings } from "./schema";

/** A rule that a value of the settings breaks, in terms of the settings' keys. */
export interface BrokenRule {
  /** The key, such as `keepalived.virtualRouterId` or `ingress[0].port`. */
  readonly key: string;
  /** What is wrong: key, value and remedy. */
  readonly text: string;
}

/**
 * Every rule of the constructs that the settings break. The constructs would say so themselves, but one at a time, and
 * in terms of their props.
 */
export function brokenRules(settings: PairSettings): BrokenRule[] {
  const { network } = settings;
  const isExisting = "subnetId" in network;
  const addresses = addressesOf(settings);
  const subnet = requireCidr("network.subnetCidrBlock", network.subnetCidrBlock);
  const rules: [section: string, check: () => void][] = [
    ["", () => requireHostName("name", settings.name, 50)],
    ["", () => region().check("region", settings.region)],
    ["network", () => zone().check("availabilityZone", network.availabilityZone)],
    ["", () => requireRegion(settings.region, network)],
    ["", () => cloudId("img").check("imageId", settings.imageId)],
    ["", () => settings.instanceType !== undefined && instanceType().check("instanceType", settings.instanceType)],
    ...(settings.keyIds ?? []).map((id, index): Rule => ["", () => cloudId("skey").check(`keyIds[${index}]`, id)]),
    ["network", () => isExisting && cloudId("vpc").check("vpcId", network.vpcId)],
    ["network", () => isExisting && cloudId("subnet").check("subnetId", network.subnetId)],
    ["network", () => !isExisting && new Network(trial(), "Network", network)],
    ...Object.entries(addresses).map(([key, each]): Rule => ["", () => requireUsableAddress(key, each, subnet)]),
    ["", () => requireDistinct(addresses)],
    ["", () => requirePriorities(identitiesOf(settings))],
    ["", () => settings.eip !== undefined && new Eip(trial(), "Eip", settings.eip)],
    ...(settings.ingress ?? []).map((rule, index): Rule => ["", () => requireRule(`ingress[${index}]`, rule)]),
    ...Object.entries(settings.keepalived ?? {}).map(([key, value]): Rule => [
      "keepalived",
      () => keepalivedParameters({ [key]: value }, settings.vip, []),
    ]),
    ["pairctl", () => requirePairctlProps(settings.pairctl ?? {})],
    ["", () => requireHealthCheck(settings)],
  ];
  return rules.flatMap(([section, check]) => brokenBy(section, check));
}

type Rule = [section: string, check: () => void];

function brokenBy(section: string, check: () => void): BrokenRule[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof PropError)) throw error;
    const key = section === "" ? error.prop : `${section}.${error.prop}`;
    const said = error.where === undefined ? error.message : error.message.slice(`${error.where}: `.length);
    return [{ key, text: said.replace(`'${error.prop}'`, () => `'${key}'`) }];
  }
}

function addressesOf(settings: PairSettings): Record<string, string> {
  return {
    vip: settings.vip,
    ...(settings.mechanism === "havip" ? {} : { parkingIp: settings.parkingIp }),
    "primary.privateIp": settings.primary.privateIp,
    "secondary.privateIp": settings.secondary.privateIp,
  };
}

function identitiesOf({ primary, secondary }: PairSettings) {
  return {
    primary: { role: "primary" as const, ...primary, priority: primary.priority ?? DEFAULT_PRIORITY.primary },
    secondary: { role: "secondary" as const, ...secondary, priority: secondary.priority ?? DEFAULT_PRIORITY.secondary },
  };
}

/** The pair counts its checks; the settings have one. */
function requireHealthCheck({ healthCheck }: PairSettings): void {
  if (healthCheck === undefined) return;
  const check = healthCheckOf(healthCheck);
  try {
    requireInstalled({ healthChecks: [check] });
  } catch (error) {
    if (!(error instanceof PropError)) throw error;
    throw new PropError("healthCheck.command", check.shellCommand, error.problem, error.remedy);
  }
}

/** A stack that is thrown away: a construct in it shows what it refuses. */
const trial = () => new TerraformStack(new App(), "settings");
