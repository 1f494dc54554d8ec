import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { Eip, type HealthCheck, KeyPair, Network, type PairNodeProps, PlacementGroup, PropError } from "../constructs";
import { DEFAULT_PRIORITY } from "../constructs/contract";
import { keepalivedChecks } from "../constructs/pair/keepalived-props";
import { IMAGE_ALIASES } from "../constructs/pair/images";
import { machineChecks } from "../constructs/pair/machine";
import { requireImage } from "../constructs/pair/machine-image";
import {
  requireHostName,
  requireHostNames,
  requireInstalled,
  requirePriorities,
  requireRegion,
} from "../constructs/pair/pair-rules";
import { requirePairctlProps } from "../constructs/pair/pairctl-props";
import { requireCidr, requireDistinct, requireName, requireUsableAddress } from "../constructs/props/validation";
import { parseCidr } from "../constructs/render/ipv4";
import { requireRule } from "../constructs/security/peer-security-group";
import type { PairSettings } from "./pair-settings";
import { trafficRule } from "./pair-stack";
import { refusedBy } from "./problems";
import { type AddressSettings, requireAddress } from "./sections/addresses";
import { requireBackend } from "./sections/backend";
import { type HealthCheckSettings, healthCheckOf } from "./sections/health-check";
import { networkProps, requireNetwork } from "./sections/network";
import { requireVariable, secretOf, secretsIn } from "./sections/secret";

/** A rule that a value of the settings breaks, in terms of the settings' keys. */
export interface BrokenRule {
  /** The key, such as `keepalived.virtualRouterId` or `ingress[0].port`. */
  readonly key: string;
  /** What is wrong: key, value and remedy. */
  readonly text: string;
}

/** A check, the section that its props are in, and what it calls that section itself. */
type Rule = [section: string, check: () => unknown, ownName?: string];

/** Settings whose sections have the right kinds; those that have not are missing. */
export type RightSections = Partial<PairSettings>;

/**
 * Every rule of the constructs that the settings break. The constructs would say so themselves, but one at a time, and
 * in terms of their props. A rule about sections that are missing here, since they have a wrong type, is left out.
 *
 * @param wrong the sections that are in the file, and have a wrong type
 */
export function brokenRules(settings: RightSections, wrong: ReadonlySet<unknown> = new Set()): BrokenRule[] {
  const rules: Rule[] = [
    ...wholeRules(settings),
    ...networkRules(settings),
    ...addressRules(settings),
    ...imageRules(settings, wrong),
    ...nodeRules(settings),
    ...serviceRules(settings),
  ];
  const broken = rules.flatMap((rule) => brokenBy(...rule));
  // One that is wrong by itself need not agree with others.
  return broken.filter(({ key }, index) => broken.findIndex((other) => other.key === key) === index);
}

function wholeRules({ name, keepalived = {}, pairctl, backend, cloudConfig }: RightSections): Rule[] {
  const authPass = keepalived.authPass && secretOf(trial(), keepalived.authPass);
  return [
    ["", given(name, (each) => requireHostName("name", each, 50))],
    ...keepalivedChecks({ ...keepalived, authPass }).map((check): Rule => ["keepalived", check]),
    ...Object.entries(pairctl ?? {}).map(([key, value]): Rule => [
      "pairctl",
      () => requirePairctlProps({ [key]: value }),
    ]),
    ["pairctl", given(pairctl, requirePairctlProps)],
    ["backend", given(backend, requireBackend)],
    ...secretsIn({ keepalived, cloudConfig }).map(([key, each]): Rule => ["", () => requireVariable(key, each)]),
  ];
}

const ANY_CIDR = "0.0.0.0/0";

function networkRules({ network, region }: RightSections): Rule[] {
  return [
    ["", given(network, requireNetwork)],
    ["network", given(network, ({ subnetCidrBlock }) => requireCidr("subnetCidrBlock", subnetCidrBlock))],
    ["network", given(network?.vpcCidrBlock, (each) => requireCidr("vpcCidrBlock", each))],
    ["", given(region, (each) => network && requireRegion(each, network))],
    [
      "network",
      given(network, (each) => {
        const isWhole =
          isKept(() => requireNetwork(each)) && isKept(() => requireCidr("", each.vpcCidrBlock ?? ANY_CIDR));
        const props = isWhole ? networkProps(each) : undefined;
        if (props !== undefined) new Network(trial(), "Network", props);
      }),
    ],
  ];
}

function addressRules(settings: RightSections): Rule[] {
  const { mechanism, network, additionalVips = [] } = settings;
  const subnet = network && parseCidr(network.subnetCidrBlock);
  const addresses = addressesOf(settings);
  const moving: [prefix: string, address: Partial<AddressSettings>][] = [
    ["", settings],
    ...additionalVips.map((each, index): [string, AddressSettings] => [`additionalVips[${index}].`, each]),
  ];
  return [
    ...moving.flatMap(([prefix, each]): Rule[] => [
      ["", given(mechanism, (known) => requireAddress(prefix, known, each as AddressSettings))],
      [prefix.slice(0, -1), given(each.eip, (eip) => !("eipId" in eip) && new Eip(trial(), "Eip", eip))],
    ]),
    ...additionalVips.map(({ name }, index): Rule => [
      "",
      given(name, (each) => requireName(`additionalVips[${index}].name`, each)),
    ]),
    ...Object.entries(addresses).map(([key, each]): Rule => [
      "",
      given(subnet, (cidr) => requireUsableAddress(key, each, cidr)),
    ]),
    ["", () => requireDistinct(addresses)],
  ];
}

function imageRules({ image, imageId, imageNameRegex }: RightSections, wrong: ReadonlySet<unknown>): Rule[] {
  const images = { image, imageId, imageNameRegex };
  if (Object.keys(images).some((key) => wrong.has(key))) return [];
  if (Object.values(images).some((each) => each !== undefined)) return [["", () => requireImage(images)]];
  const remedy = `add it (such as ${IMAGE_ALIASES[0]}), or imageId (img-…)`;
  return [
    [
      "",
      () => {
        throw new PropError("image", undefined, "is missing", remedy);
      },
    ],
  ];
}

function nodeRules(settings: RightSections): Rule[] {
  const { name = "pair", primary, secondary, keyPairs = [], placementGroup, securityGroup } = settings;
  const { ingress = [], egress = [] } = settings;
  const hosts = { primary: primary?.hostname, secondary: secondary?.hostname };
  return [
    ["", given(identitiesOf(settings), requirePriorities)],
    ["", given(primary && secondary, () => requireHostNames(name, hosts))],
    ...machineChecks({ ...settings, keyPairs: undefined }).map((check): Rule => ["", check]),
    ...keyPairs.map((each, index): Rule => [`keyPairs[${index}]`, () => new KeyPair(trial(), "KeyPair", each)]),
    ...keyPairs.map(({ keyName }, index): Rule => ["", () => requireOnce(keyName, index, keyPairs)]),
    ["", given(placementGroup, (each) => !("placementGroupId" in each) && new PlacementGroup(trial(), "Group", each))],
    ["", given(securityGroup, (each) => requireRulesOfOwn(each, settings))],
    ...Object.entries({ ingress, egress }).flatMap(([key, list]) =>
      list.map((rule, index): Rule => ["", () => requireRule(`${key}[${index}]`, trafficRule(rule))]),
    ),
  ];
}

function serviceRules({ healthCheck, healthChecks, keepalived, cloudConfig }: RightSections): Rule[] {
  const checks: [key: string, check: HealthCheckSettings][] = [
    ...(healthCheck ? [["healthCheck", healthCheck] as [string, HealthCheckSettings]] : []),
    ...(healthChecks ?? []).map((each, index): [string, HealthCheckSettings] => [`healthChecks[${index}]`, each]),
  ];
  const built = checks
    .filter(([, each]) => isKept(() => healthCheckOf(each)))
    .map(([key, each]): [string, HealthCheck] => [key, healthCheckOf(each)]);
  const { notifyCommands } = keepalived ?? {};
  // A notification may call what a check has installed; the check itself has a rule of its own.
  const packages = [cloudConfig?.["packages"] ?? [], ...built.map(([, each]) => each.packages)].flat();
  return [
    ["", () => requireOneForm(healthCheck, healthChecks)],
    ...checks.map(([key, each]): Rule => [key, () => healthCheckOf(each), "healthCheck"]),
    ...built.map(([key, check]): Rule => [
      `${key}.command`,
      () => requireInstalled({ healthChecks: [check], cloudConfig }),
      "healthChecks[0]",
    ]),
    ["keepalived", () => requireInstalled({ notifyCommands, cloudConfig: { packages } })],
  ];
}

/** A check of a value that may not be there. */
function given<Value>(value: Value | undefined, check: (value: Value) => unknown): () => void {
  return () => {
    if (value !== undefined) check(value);
  };
}

const isKept = (check: () => void) => refusedBy(check).length === 0;

function brokenBy(...[section, check, ownName]: Rule): BrokenRule[] {
  return refusedBy(check).map((error) => {
    const { prop } = error;
    const isOwn = ownName !== undefined && prop.startsWith(ownName);
    const key = isOwn ? `${section}${prop.slice(ownName.length)}` : section === "" ? prop : `${section}.${prop}`;
    const said = error.where === undefined ? error.message : error.message.slice(`${error.where}: `.length);
    const text = said.replace(`'${prop}'`, () => `'${key}'`).replace(/ is missing, got nothing(?=: )/, " is missing");
    return { key, text };
  });
}

/** Every address of the pair, also one that waits for another mechanism. */
function addressesOf(settings: RightSections): Record<string, string> {
  const { vip, parkingIp, primary, secondary, additionalVips = [] } = settings;
  const more = additionalVips.flatMap((each, index) => [
    [`additionalVips[${index}].vip`, each.vip],
    [`additionalVips[${index}].parkingIp`, each.parkingIp],
  ]);
  const addresses = [
    ...[["vip", vip] as const, ["parkingIp", parkingIp] as const],
    ...more,
    ...[["primary.privateIp", primary?.privateIp] as const, ["secondary.privateIp", secondary?.privateIp] as const],
  ];
  return Object.fromEntries(addresses.filter(([, each]) => each !== undefined)) as Record<string, string>;
}

function requireOnce(keyName: string, index: number, keyPairs: NonNullable<PairSettings["keyPairs"]>): void {
  if (keyPairs.findIndex((other) => other.keyName === keyName) === index) return;
  throw new PropError(`keyPairs[${index}].keyName`, keyName, "must differ from the others", "choose another name");
}

function requireRulesOfOwn(
  securityGroup: NonNullable<PairSettings["securityGroup"]>,
  { ingress, egress }: RightSections,
): void {
  if (!("securityGroupId" in securityGroup))
    return given(securityGroup.name, (name) => requireName("securityGroup.name", name))();
  for (const [key, value] of Object.entries({ ingress, egress })) {
    if (value === undefined) continue;
    throw new PropError(key, value, "goes with a new security group only", "add the rules to the brought one");
  }
}

function identitiesOf({ primary, secondary }: RightSections) {
  if (primary === undefined || secondary === undefined) return undefined;
  const identity = (role: "primary" | "secondary", { privateIp, priority }: PairNodeProps) => ({
    ...{ role, privateIp, priority: priority ?? DEFAULT_PRIORITY[role] },
  });
  return { primary: identity("primary", primary), secondary: identity("secondary", secondary) };
}

function requireOneForm(healthCheck: unknown, healthChecks: unknown): void {
  if (healthCheck === undefined || healthChecks === undefined) return;
  const remedy = "take one of the two out";
  throw new PropError("healthChecks", healthChecks, "must be left out beside 'healthCheck'", remedy);
}

/** A stack that is thrown away: a construct in it shows what it refuses. An app would make the folder of its output. */
const trial = () => new TerraformStack(new RootConstruct(), "settings");
