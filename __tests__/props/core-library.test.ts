import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { Network, PropError, TencentcloudProvider } from "../../constructs";
import { requireSameCore } from "../../constructs/props/core-library";

/** This source is compiled against `cdktf`, which `tools/ci/under-cdktn` makes cdktn: then the two are the same. */
const CORES_DIFFER = coreName(cdktf.App) !== coreName(cdktn.App);

const NETWORK = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24", availabilityZone: "ap-singapore-1" };

describe.runIf(CORES_DIFFER)("an app of cdktn", () => {
  const stack = new cdktn.TerraformStack(new cdktn.App(), "web");
  const problem = "'scope' must be in an app of cdktf 0.21, got the TerraformStack web of cdktn 0.24.0";
  const remedy =
    "install and import cdktn-tencentcloud-keepalived instead, and take everything of an app from one of the two libraries";

  test("refuses a construct of ours with the name of the package for it", () => {
    const add = () => new Network(stack as Construct, "Network", NETWORK);
    expect(add).toThrow(PropError);
    expect(add).toThrow(`web/Network: ${problem}: ${remedy}`);
  });

  test("refuses the provider, which any app begins with, before anything else is added", () => {
    expect(() => new TencentcloudProvider(stack as Construct, "Provider")).toThrow(
      `new TencentcloudProvider: ${problem}: ${remedy}`,
    );
    expect(stack.node.children).toEqual([]);
  });

  test("refuses a construct far inside a class of the user's own", () => {
    class TeamStack extends cdktn.TerraformStack {}
    const inner = new Construct(new TeamStack(new cdktn.App(), "team"), "Storage");
    expect(() => requireSameCore(inner)).toThrow("got the TeamStack team of cdktn 0.24.0");
  });
});

describe("an app of the same library", () => {
  test("is taken, also with classes of the user's own, and without an app", () => {
    class TeamApp extends cdktf.App {}
    const stack = new cdktf.TerraformStack(new TeamApp(), "team");
    expect(() => requireSameCore(new Construct(stack, "Storage"))).not.toThrow();
    expect(() => requireSameCore(new Construct(undefined as never, ""))).not.toThrow();
  });

  test("is taken where a jsii library of others has classes with the same names", () => {
    class App extends cdktf.App {}
    Object.defineProperty(App, Symbol.for("jsii.rtti"), { value: { fqn: "@team/library.App", version: "9.9.9" } });
    expect(() => requireSameCore(new cdktf.TerraformStack(new App(), "team"))).not.toThrow();
  });

  test("is taken in another patch version, and refused in another minor version of 0.x", () => {
    const name = coreName(cdktf.App);
    const [major, minor] = (marked(cdktf.App).version as string).split(".");
    expect(() => requireSameCore(appOf(name, `${major}.${minor}.77`))).not.toThrow();
    expect(() => requireSameCore(appOf(name, "0.19.3"))).toThrow(
      `got the App of ${name} 0.19.3: install one version of it only ('npm ls ${name}' shows who brings which)`,
    );
  });
});

/** An app as another installed version of a library makes it. */
function appOf(library: string, version: string): Construct {
  class App extends Construct {}
  Object.defineProperty(App, Symbol.for("jsii.rtti"), { value: { fqn: `${library}.App`, version } });
  return new App(undefined as never, "");
}

function coreName(type: object): string {
  return (marked(type).fqn as string).split(".")[0] as string;
}

function marked(type: object): Readonly<Record<string, unknown>> {
  return (type as Readonly<Record<symbol, Readonly<Record<string, unknown>>>>)[Symbol.for("jsii.rtti")] ?? {};
}
