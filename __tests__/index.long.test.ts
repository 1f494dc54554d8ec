import { Construct } from "constructs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  Eip,
  HaVip,
  HealthCheck,
  PairctlRole,
  KeepalivedPair,
  KeyPair,
  Network,
  PairOutputs,
  PeerSecurityGroup,
  PlacementGroup,
  PropError,
  SecondaryPrivateIp,
} from "../constructs";
import { haVip, PROPS } from "./helpers/pair";
import { SUBNET, synth } from "./helpers/synth";
import { type DeclaredProp, declaredProps, type Kind, kindsOf, publicCalls } from "./helpers/wrong-calls";

/** A right call of a public function: its arguments, as full as they can be, and what calls it with others. */
interface Call {
  readonly args: (scope: Construct) => readonly unknown[];
  readonly run: (...args: never[]) => unknown;
}

const tags = { team: "ops" };
const eip = {
  bandwidthMbps: 5,
  chargeType: "BANDWIDTH_PACKAGE",
  bandwidthPackageId: "bwp-1",
  internetServiceProvider: "BGP",
  name: "web",
  tags,
};
const brought = { haVipId: "havip-1", vip: "10.0.1.100", subnet: SUBNET, name: "web", tags };
const rules = [{ protocol: "TCP", port: "80", cidrBlock: "0.0.0.0/0", description: "web" }];
const ready = { fqn: "tencentcloud_sleep.Rules" };
const timing = { intervalSeconds: 5, timeoutSeconds: 4, rise: 1, fall: 3 };
const vpc = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/16" };

const CALLS: Readonly<Record<string, Call>> = {
  "new Eip": { args: (scope) => [scope, "Part", eip], run: build(Eip as never) },
  "Eip.fromEipAttributes": { args: () => [{ eipId: "eip-1", publicIp: "203.0.113.7" }], run: Eip.fromEipAttributes },
  "new HaVip": {
    args: (scope) => [scope, "Part", { subnet: SUBNET, vip: "10.0.1.100", eip, name: "web", tags }],
    run: build(HaVip),
  },
  "HaVip.fromHaVipAttributes": { args: (scope) => [scope, "Part", brought], run: HaVip.fromHaVipAttributes },
  "new SecondaryPrivateIp": {
    args: (scope) => [
      scope,
      "Part",
      { subnet: SUBNET, vip: "10.0.1.100", parkingIp: "10.0.1.101", eip, name: "web", tags },
    ],
    run: build(SecondaryPrivateIp),
  },
  "HealthCheck.command": { args: () => ["true", { ...timing, packages: ["curl"] }], run: HealthCheck.command },
  "HealthCheck.http": { args: () => ["http://127.0.0.1/", timing], run: HealthCheck.http },
  "HealthCheck.tcp": { args: () => [80, timing], run: HealthCheck.tcp },
  "HealthCheck.process": { args: () => ["nginx", timing], run: HealthCheck.process },
  "new PairctlRole": {
    args: (scope) => [scope, "Part", { mechanism: "havip", name: "nodes", tags }],
    run: build(PairctlRole),
  },
  "PairctlRole.fromRoleAttributes": {
    args: () => [{ roleName: "nodes", mechanism: "havip", ready }],
    run: PairctlRole.fromRoleAttributes,
  },
  "PairctlRole.actions": { args: () => ["havip"], run: PairctlRole.actions },
  "new KeyPair": {
    args: (scope) => [scope, "Part", { publicKey: "ssh-ed25519 AAAA", keyName: "ops", tags }],
    run: build(KeyPair),
  },
  "KeyPair.fromKeyPairAttributes": { args: () => [{ keyId: "skey-1" }], run: KeyPair.fromKeyPairAttributes },
  "new Network": {
    args: (scope) => [
      scope,
      "Part",
      { vpc, subnetCidrBlock: "10.0.1.0/24", availabilityZone: "ap-singapore-1", name: "web", tags },
    ],
    run: build(Network),
  },
  "Network.fromSubnetAttributes": { args: () => [SUBNET], run: Network.fromSubnetAttributes },
  "Network.fromVpcAttributes": { args: () => [vpc], run: Network.fromVpcAttributes },
  "new PeerSecurityGroup": {
    args: (scope) => [
      scope,
      "Part",
      { nodeAddresses: ["10.0.1.11"], ingress: rules, egress: rules, name: "web", tags },
    ],
    run: build(PeerSecurityGroup),
  },
  "PeerSecurityGroup.fromSecurityGroupAttributes": {
    args: () => [{ securityGroupId: "sg-1", ready }],
    run: PeerSecurityGroup.fromSecurityGroupAttributes,
  },
  "new PlacementGroup": {
    args: (scope) => [scope, "Part", { type: "HOST", affinity: 1, name: "web", tags }],
    run: build(PlacementGroup),
  },
  "PlacementGroup.fromPlacementGroupAttributes": {
    args: () => [{ placementGroupId: "ps-1" }],
    run: PlacementGroup.fromPlacementGroupAttributes,
  },
  "new PairOutputs": {
    args: (scope) => {
      const pair = new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope) });
      return [scope, "Part", { pair, prefix: "web_" }];
    },
    run: build(PairOutputs),
  },
  "new KeepalivedPair": {
    args: (scope) => [
      scope,
      "Part",
      {
        ...PROPS,
        primary: { privateIp: "10.0.1.11", priority: 100, hostname: "db-1" },
        secondary: { privateIp: "10.0.1.12", priority: 80, hostname: "db-2" },
        virtualIp: haVip(scope),
        additionalVirtualIps: [new HaVip(scope, "Two", { subnet: SUBNET, vip: "10.0.1.110" })],
        name: "web",
        placementGroup: { placementGroupId: "ps-1" },
        ingress: rules,
        egress: rules,
        role: { roleName: "nodes", mechanism: "havip", ready },
        cloudConfig: { packages: ["nginx"] },
        tags,
        systemDisk: { type: "CLOUD_SSD", sizeGb: 50 },
        dataDisks: [{ type: "CLOUD_SSD", sizeGb: 50, encrypt: true, deleteWithInstance: false }],
        prepaid: { periodMonths: 1, renewFlag: "NOTIFY_AND_AUTO_RENEW", forceDelete: true },
        keyPairs: [{ keyId: "skey-1" }],
        healthChecks: [HealthCheck.tcp(80)],
        notifyCommands: ["true"],
        apiEndpoints: ["https://vpc.tencentcloudapi.com"],
      },
    ],
    run: build(KeepalivedPair),
  },
};

const WRONG: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  number: 7,
  "not a number": Number.NaN,
  string: "x",
  "empty string": "",
  boolean: true,
  list: ["x"],
  "list with a hole": new Array(1),
  object: { x: 1 },
  function: () => "x",
  date: new Date(0),
  bigint: 1n,
  symbol: Symbol("x"),
};

/** Not props of ours: an error's parts, and the provider's own configuration, which its bindings take. */
const OTHERS = ["new PropError", "new TencentcloudProvider"];
const calls = publicCalls().filter(({ name }) => !OTHERS.includes(name));

test("each public constructor and static function is called in this test", () => {
  expect(calls.map(({ name }) => name).sort()).toEqual(Object.keys(CALLS).sort());
});

describe.each(calls)("$name", ({ name, parameters }) => {
  const call = CALLS[name] as Call;

  test("takes its example", () => {
    expect(outcome(call, () => {})).toBe("synthesizes");
  });

  const examples = examplesOf(call);
  const props = parameters.flatMap(({ index, name: parameter, type }): (DeclaredProp & { argument: number })[] => {
    const own = { argument: index, path: [], isOptional: false, kinds: new Set<Kind>() };
    const named = index === 0 && parameter === "scope" ? [] : [own];
    return [...named, ...declaredProps(type, examples[index]).map((each) => ({ argument: index, ...each }))];
  });

  const deep = props.flatMap((prop) => (prop.path.length > 0 ? [{ ...prop, title: prop.path.join(".") }] : []));
  test.each(deep)("refuses wrong kinds of $title, naming it", (prop) => {
    const wrong = { ...WRONG, construct: "a construct of another class" };
    for (const [kind, value] of Object.entries(wrong)) {
      const result = outcome(call, (args, scope) => {
        const given = kind === "construct" ? new Construct(scope, "Wrong") : value;
        put(args, [prop.argument, ...prop.path], given);
      });
      const key = lastName(prop.path);
      // Right kinds may synthesize; whether the value is right is the business of other tests.
      const maySynthesize = prop.kinds.has(kindOf(value)) || (kind === "undefined" && prop.isOptional);
      const accepted = maySynthesize ? ["synthesizes", `refuses ${key}`] : [`refuses ${key}`];
      expect(accepted, `${prop.path.join(".")}: ${kind} ${result}`).toContain(
        result.startsWith("refuses") && result.includes(key) ? `refuses ${key}` : result,
      );
    }
  });

  test.each(parameters)("refuses wrong kinds of its parameter $name with a sentence", ({ index, type }) => {
    const kinds = kindsOf(type);
    for (const [kind, value] of Object.entries(WRONG)) {
      const result = outcome(call, (args) => put(args, [index], value));
      const accepted = kinds.has(kindOf(value)) ? /^(synthesizes|refuses)/ : /^refuses .*'.+' .*, got .*: ./;
      expect(result, kind).toMatch(kind === "undefined" && index > 0 ? /^(synthesizes|refuses)/ : accepted);
    }
  });

  test("refuses half of a surrogate pair in each of its texts, naming it", () => {
    const parameterTexts = parameters
      .filter(({ type }) => kindsOf(type).has("string"))
      .map(({ index, name: parameter }) => ({ argument: index, path: [], key: parameter === "id" ? "id" : "" }));
    const valueOf = ({ argument, path }: { readonly argument: number; readonly path: DeclaredProp["path"] }) =>
      path.reduce<unknown>((value, part) => (value as never)?.[part], examples[argument]);
    const texts = deep
      // What the example has not may be of another kind of object, which is refused as a whole.
      .filter((prop) => prop.kinds.has("string") && valueOf(prop) !== undefined)
      .map((prop) => ({ ...prop, key: lastName(prop.path) }));
    for (const { argument, path, key } of [...parameterTexts, ...texts]) {
      const result = outcome(call, (args) => put(args, [argument, ...path], "x\ud800"));
      expect(result, path.join(".")).toMatch(new RegExp(`^refuses .*'[^']*${key}(\\[0\\])?' .*, got .*: .`));
    }
  });

  test("refuses keys that would vanish on the way to Terraform, wherever it takes an object", () => {
    for (const { argument, path } of props.filter(({ path: each }) => each.at(-1) !== "ready")) {
      const example = [...path].reduce<unknown>((value, part) => (value as never)?.[part], examples[argument]);
      if (!isPlain(example)) continue;
      for (const key of [Symbol("x"), "__proto__"]) {
        const result = outcome(call, (args) => {
          const holder = path.reduce<unknown>((value, part) => (value as never)[part], args[argument]);
          Object.defineProperty(holder, key, { value: "x", enumerable: true });
        });
        expect(result, `${path.join(".")}: ${String(key)}`).toMatch(/^refuses .*'.+' .*, got .*: ./);
      }
    }
  });

  test("refuses a prop that nobody knows, and shows the nearest", () => {
    for (const { argument, path } of props) {
      const example = [...path].reduce<unknown>((value, part) => (value as never)?.[part], examples[argument]);
      if (!isPlain(example) || path.at(-1) === "tags" || path.at(-1) === "cloudConfig" || path.at(-1) === "ready")
        continue;
      const known = Object.keys(example)[0] ?? "x";
      const result = outcome(call, (args) => put(args, [argument, ...path, `${known}s`], "hunter2"));
      expect(result).toMatch(
        new RegExp(`^refuses .*'[^']*${known}s' is an unknown prop, .*did you mean '${known}'\\?`),
      );
      expect(result).not.toContain("hunter2");
    }
  });
});

/** The name of a prop, also of one that is an item of a list. */
function lastName(path: DeclaredProp["path"]): string {
  return String(path.findLast((part) => typeof part === "string") ?? "");
}

/** What comes of a call with changed arguments. Only a stack whose call went well is synthesized. */
function outcome(call: Call, change: (args: unknown[], scope: Construct) => void): string {
  try {
    synth((stack) => {
      const args = call.args(stack).map(clone);
      change(args, stack);
      call.run(...(args as never[]));
    });
  } catch (error) {
    return error instanceof PropError ? `refuses ${error.message}` : `breaks with ${String(error)}`;
  }
  return "synthesizes";
}

function examplesOf(call: Call): readonly unknown[] {
  let examples: readonly unknown[] = [];
  synth((stack) => {
    examples = call.args(stack);
  });
  return examples;
}

function build<Props>(type: new (scope: Construct, id: string, props: Props) => Construct): Call["run"] {
  return (scope: Construct, id: string, props: Props) => new type(scope, id, props);
}

/** A copy of plain data; constructs and stacks are the same ones. */
function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clone);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clone(each)]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function put(into: unknown, path: readonly (string | number)[], value: unknown): void {
  const holder = path.slice(0, -1).reduce<unknown>((each, part) => (each as never)[part], into);
  (holder as Record<string | number, unknown>)[path.at(-1) ?? ""] = value;
}

function kindOf(value: unknown): Kind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value as Kind;
}

test("whoever names the props of a public call can import their type", () => {
  const record = readFileSync(join(__dirname, "../docs/api/index.api.md"), "utf8");
  const calls = record.match(/^ *(constructor\(|static \w+\(|export function \w+\().*$/gm) ?? [];
  const named = calls.flatMap((call) => call.match(/\b[A-Z]\w*(Props|Attributes)\b/g) ?? []);
  const exported = new Set([...record.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name));
  expect(new Set(named).size).toBeGreaterThan(10);
  expect(named.filter((name) => !exported.has(name))).toEqual([]);
});
