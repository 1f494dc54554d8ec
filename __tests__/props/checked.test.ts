import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { Eip, Network, PairctlRole, PropError } from "../../constructs";
import { checked, requireAttributes } from "../../constructs/props/checked";
import { number, optional, text } from "../../constructs/props/shape";
import { building } from "../helpers/synth";

interface DiskProps {
  readonly name: string;
  readonly sizeGb?: number;
}

const SHAPE = { name: text("data"), sizeGb: optional(number(50)) };
const built: string[] = [];

@checked<DiskProps>(SHAPE)
class Disk extends Construct {
  constructor(scope: Construct, id: string, { name, sizeGb = 50 }: DiskProps) {
    super(scope, id);
    if (sizeGb < 10) throw new PropError("sizeGb", sizeGb, "must be at least 10", "choose more");
    if (name === "broken") throw new TypeError("not ours");
    built.push(this.node.path);
  }
}

describe("a construct is refused before its constructor does anything", () => {
  test.each<[string, unknown, string]>([
    ["with a prop of another kind", { name: 7 }, "'name' must be a text, got 7"],
    ["without a prop that must be there", {}, "'name' must be a text, got nothing"],
    ["without props at all", undefined, "'name' must be a text, got nothing"],
    ["with null for its props", null, "'props' must be an object with props, got null: give name, sizeGb"],
    ["with a prop that nobody reads", { name: "data", sizeGB: 5 }, "'sizeGB' is an unknown prop"],
  ])("%s", (_, props, message) => {
    built.length = 0;
    expect(building((scope) => new Disk(scope, "Disk", props as never))).toThrow(`test/Disk: ${message}`);
    expect(built).toEqual([]);
  });

  test("by the class where there is not even a place for the construct", () => {
    expect(() => new PairctlRole(undefined as never, "Role", { mechanism: "havip" })).toThrow(
      "new PairctlRole: 'scope' must be a construct, got nothing: give the stack, or another construct",
    );
    expect(building((scope) => new PairctlRole(scope, 7 as never, { mechanism: "havip" }))).toThrow(
      "new PairctlRole: 'id' must be a text, got 7",
    );
  });
});

test("what the constructor itself refuses names the construct's path, the innermost one", () => {
  expect(building((scope) => new Disk(new Construct(scope, "Storage"), "Disk", { name: "data", sizeGb: 5 }))).toThrow(
    /^test\/Storage\/Disk: 'sizeGb' must be at least 10, got 5: choose more$/,
  );
});

test("an error that is no refusal comes as it is", () => {
  expect(building((scope) => new Disk(scope, "Disk", { name: "broken" }))).toThrow(new TypeError("not ours"));
});

test("a subclass of ours is checked like ours, and is what it is", () => {
  class TeamRole extends PairctlRole {}
  expect(building((scope) => new TeamRole(scope, "Role", { mechanism: "x" as never }))).toThrow(
    /^test\/Role: 'mechanism'/,
  );
  expect(
    building((scope) => {
      const role = new TeamRole(scope, "Role", { mechanism: "havip" });
      expect(role).toBeInstanceOf(TeamRole);
      expect(role).toBeInstanceOf(PairctlRole);
      expect(Construct.isConstruct(role)).toBe(true);
    }),
  ).not.toThrow();
});

describe("attributes of what exists already", () => {
  const require = (attributes: unknown) => () =>
    requireAttributes<DiskProps>("Disk.fromDiskAttributes", SHAPE, attributes);

  test("are taken where their kinds are right, also as a construct that has more than them", () => {
    expect(require({ name: "data" })).not.toThrow();
    expect(
      building((scope) => {
        const disk = Object.assign(new Construct(scope, "Disk"), { name: "data", other: 7 });
        require(disk)();
      }),
    ).not.toThrow();
  });

  test.each<[string, unknown, string]>([
    ["of another kind", { name: 7 }, "'name' must be a text, got 7"],
    ["that nobody reads", { name: "data", region: "x" }, "'region' is an unknown prop"],
    ["in a text", "data", "'props' must be an object with props"],
  ])("refuses those %s, and names the function", (_, attributes, message) => {
    expect(require(attributes)).toThrow(`Disk.fromDiskAttributes: ${message}`);
  });

  test("refuses a construct that lacks one of them", () => {
    expect(
      building((scope) => {
        const cidrs = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24" };
        Eip.fromEipAttributes(new Network(scope, "Network", { ...cidrs, availabilityZone: "ap-singapore-1" }) as never);
      }),
    ).toThrow(/^Eip\.fromEipAttributes: 'eipId' must be an EIP's id \(eip-…\), got nothing/);
  });
});
