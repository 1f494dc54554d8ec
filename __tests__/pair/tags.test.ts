import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Token } from "cdktf";
import { Eip, KeepalivedPair, HaVip, Network, SecondaryPrivateIp, type ISubnet } from "../../constructs/index";
import type { Construct } from "constructs";
import { PROPS } from "../helpers/pair";
import { building, synth } from "../helpers/synth";

const SCHEMA = join(__dirname, "../../packages/provider-tencentcloud/schema/tencentcloud@1.83.25.json");

interface Schema {
  readonly provider_schemas: Record<
    string,
    { readonly resource_schemas: Record<string, { readonly block: { readonly attributes: object } }> }
  >;
}

/** The types of the stack's resources that take tags, by the provider's schema. */
function taggable(types: readonly string[]): string[] {
  const schema = JSON.parse(readFileSync(SCHEMA, "utf8")) as Schema;
  const [provider] = Object.values(schema.provider_schemas);
  return types.filter((type) => "tags" in (provider?.resource_schemas[type]?.block.attributes ?? {}));
}

const tags = { team: "ops" };
const eip = { bandwidthMbps: 5, tags };
const mechanisms: [string, (scope: Construct, subnet: ISubnet) => HaVip | SecondaryPrivateIp][] = [
  ["havip", (scope, subnet) => new HaVip(scope, "Vip", { subnet, vip: "10.0.1.100", eip, tags })],
  [
    "secondary-private-ip",
    (scope, subnet) =>
      new SecondaryPrivateIp(scope, "Vip", { subnet, vip: "10.0.1.100", parkingIp: "10.0.1.9", eip, tags }),
  ],
];

test.each(mechanisms)("every resource that takes tags has them, with mechanism %s", (_, virtualIp) => {
  const stack = synth((scope) => {
    const { subnet } = new Network(scope, "Network", {
      cidrBlock: "10.0.0.0/16",
      subnetCidrBlock: "10.0.1.0/24",
      availabilityZone: "ap-singapore-1",
      tags,
    });
    new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: virtualIp(scope, subnet), tags });
  });
  const types = taggable(Object.keys(stack.resource));
  expect(types.length).toBeGreaterThan(5);
  for (const type of types) {
    for (const [name, resource] of Object.entries(stack.resource[type] ?? {})) {
      expect(resource["tags"], `${type}.${name}`).toEqual(tags);
    }
  }
});

test.each<[string, Record<string, string>, RegExp]>([
  ["without a name", { "": "ops" }, /'tags' must have 1 to 127 characters as the name of a tag, .*got ""/],
  ["with a long name", { ["x".repeat(128)]: "ops" }, /'tags' must have 1 to 127 characters/],
  ["without a text", { team: "" }, /'tags\.team' must have 1 to 255 characters as a tag's text, .*got ""/],
  ["with a long text", { team: "é".repeat(256) }, /'tags\.team' .*\(this one has 256\)/],
  ["with blanks around it", { team: " ops" }, /'tags\.team' .*without blanks around them, got " ops"/],
  ["of two lines", { team: "a\nb" }, /'tags\.team' .*in one line/],
  [
    "with half of a surrogate pair in its text",
    { team: "x\ud800" },
    /'tags\.team' must not hold half .*got "x\\ud800"/,
  ],
  ["with half of a surrogate pair in its name", { "x\udc00": "ops" }, /'tags' must not hold half .*got "x\\udc00"/],
  ["named __proto__", JSON.parse('{"__proto__":"ops"}'), /'tags' must have keys that can be .*, got '__proto__': take/],
  ["named by a symbol", { [Symbol("team")]: "ops" }, /'tags' must have keys that can be .*the symbol Symbol\(team\): /],
  ["that the cloud keeps for itself", { "qcs:team": "ops" }, /'tags' must not have a name .*got "qcs:team"/],
])("refuses a tag %s, which the cloud does not take", (_, wrong, message) => {
  const network = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24", availabilityZone: "ap-singapore-1" };
  expect(building((scope) => new Network(scope, "Network", { ...network, tags: wrong }))).toThrow(message);
});

test("takes a tag whose text is a token, or as long as the cloud takes", () => {
  const team = Token.asString({ resolve: () => "ops" });
  synth((scope) => new Eip(scope, "Eip", { tags: { team, project: "é".repeat(255), "a ${b}": "%{c} 中" } }));
});
