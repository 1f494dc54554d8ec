import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { Eip, Network, type NetworkProps, PropError } from "../constructs";
import { cloudId, instanceType, region, zone } from "../constructs/props/cloud-fields";
import { requireImage } from "../constructs/pair/machine-image";
import { requirePairctlProps } from "../constructs/pair/pairctl-props";
import { keepalivedChecks } from "../constructs/pair/keepalived-props";
import { requireHostName, requireInstalled, requirePriorities, requireRegion } from "../constructs/pair/pair-rules";
import { requireRule } from "../constructs/security/peer-security-group";
import { requireCidr, requireDistinct, requireUsableAddress } from "../constructs/props/validation";
import { DEFAULT_PRIORITY, type Mechanism } from "../constructs/contract";
import { parseCidr } from "../constructs/render/ipv4";
import * as shape from "../constructs/props/shape";
import { healthCheckOf } from "./health-check";
import { requireBackend } from "./backend";
import { PARKING_IP_MISSING, type Sections } from "./schema";

/** A rule that a value of the settings breaks, in terms of the settings' keys. */
export interface BrokenRule {
  /** The key, such as `keepalived.virtualRouterId` or `ingress[0].port`. */
  readonly key: string;
  /** What is wrong: key, value and remedy. */
  readonly text: string;
}

/**
 * Every rule of the constructs that the settings break. The constructs would say so themselves, but one at a time, and
 * in terms of their props. A rule about sections that are missing here, since they have a wrong type, is left out.
 */
export function brokenRules(settings: Partial<Sections>): BrokenRule[] {
  const { network, eip, ingress = [], keepalived = {}, keyIds = [], tags } = settings;
  const existing = network && "subnetId" in network ? network : undefined;
  const subnet = network && parseCidr(network.subnetCidrBlock);
  const addresses = addressesOf(settings);
  const zoneOf = (each: typeof network) => zone().check("availabilityZone", each?.availabilityZone);
  const rules: Rule[] = [
    ["", given(settings.name, (name) => requireHostName("name", name, 50))],
    ["", given(settings.region, (each) => region().check("region", each))],
    ["network", given(network, zoneOf)],
    ["", given(settings.region, (each) => network && isKept(() => zoneOf(network)) && requireRegion(each, network))],
    ["", given(settings.imageId, (id) => cloudId("img").check("imageId", id))],
    ["", given(hasImage(settings) ? settings : undefined, requireImage)],
    ["", given(settings.instanceType, (type) => instanceType().check("instanceType", type))],
    ...keyIds.map((id, index): Rule => ["", () => cloudId("skey").check(`keyIds[${index}]`, id)]),
    ["network", given(existing, ({ vpcId }) => cloudId("vpc").check("vpcId", vpcId))],
    ["network", given(existing, ({ subnetId }) => cloudId("subnet").check("subnetId", subnetId))],
    ["network", given(network, ({ subnetCidrBlock }) => requireCidr("subnetCidrBlock", subnetCidrBlock))],
    [
      "network",
      given(network, (each) => existing === undefined && new Network(trial(), "Network", each as NetworkProps)),
    ],
    ["", given(settings.mechanism, (mechanism) => requireParkingIp(mechanism, settings))],
    ...Object.entries(addresses).map(([key, each]): Rule => [
      "",
      given(subnet, (cidr) => requireUsableAddress(key, each, cidr)),
    ]),
    ["", () => requireDistinct(addresses)],
    ["", given(identitiesOf(settings), requirePriorities)],
    ["", given(eip, (each) => new Eip(trial(), "Eip", each))],
    ...ingress.map((rule, index): Rule => ["", () => requireRule(`ingress[${index}]`, rule)]),
    ...keepalivedChecks(keepalived).map((check): Rule => ["keepalived", check]),
    ...Object.entries(settings.pairctl ?? {}).map(([key, value]): Rule => [
      "pairctl",
      () => requirePairctlProps({ [key]: value }),
    ]),
    ["pairctl", given(settings.pairctl, requirePairctlProps)],
    ["", given(settings.healthCheck, requireHealthCheck)],
    ["", given(tags, (each) => shape.tags().check("tags", each))],
    ["backend", given(settings.backend, requireBackend)],
  ];
  const broken = rules.flatMap(([section, check]) => brokenBy(section, check));
  // One that is wrong by itself need not agree with others.
  return broken.filter(({ key }, index) => broken.findIndex((other) => other.key === key) === index);
}

/** A check of a value that may not be there. */
function given<Value>(value: Value | undefined, check: (value: Value) => unknown): () => void {
  return () => {
    if (value !== undefined) check(value);
  };
}

const isKept = (check: () => void) => brokenBy("", check).length === 0;

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

/** Every address of the pair, also one that waits for another mechanism. */
function addressesOf({ vip, parkingIp, primary, secondary }: Partial<Sections>): Record<string, string> {
  const addresses = {
    vip,
    parkingIp,
    "primary.privateIp": primary?.privateIp,
    "secondary.privateIp": secondary?.privateIp,
  };
  return Object.fromEntries(
    Object.entries(addresses).flatMap(([key, each]) => (each === undefined ? [] : [[key, each]])),
  );
}

const hasImage = ({ image, imageId, imageNameRegex }: Partial<Sections>) =>
  [image, imageId, imageNameRegex].some((each) => each !== undefined);

function requireParkingIp(mechanism: Mechanism, { parkingIp }: Partial<Sections>): void {
  if (mechanism === "havip" || parkingIp !== undefined) return;
  throw new PropError("parkingIp", parkingIp, "is missing", PARKING_IP_MISSING);
}

function identitiesOf({ primary, secondary }: Partial<Sections>) {
  if (primary === undefined || secondary === undefined) return undefined;
  return {
    primary: { role: "primary" as const, ...primary, priority: primary.priority ?? DEFAULT_PRIORITY.primary },
    secondary: { role: "secondary" as const, ...secondary, priority: secondary.priority ?? DEFAULT_PRIORITY.secondary },
  };
}

/** The pair counts its checks; the settings have one. */
function requireHealthCheck(healthCheck: NonNullable<Sections["healthCheck"]>): void {
  const check = healthCheckOf(healthCheck);
  try {
    requireInstalled({ healthChecks: [check] });
  } catch (error) {
    if (!(error instanceof PropError)) throw error;
    throw new PropError("healthCheck.command", check.shellCommand, error.problem, error.remedy);
  }
}

/** A stack that is thrown away: a construct in it shows what it refuses. An app would make the folder of its output. */
const trial = () => new TerraformStack(new RootConstruct(), "settings");
