import { App, TerraformStack } from "cdktf";
import { expect, test } from "vitest";
import { PairctlRole } from "../../constructs";
import { TencentcloudProvider } from "../../constructs/provider";

/** A stack of an app, with a provider, and in it a role by which two stacks of one account get into each other's way. */
function roleIn(app: App, stackName: string, provider: { region: string; profile?: string }): PairctlRole {
  const stack = new TerraformStack(app, stackName);
  new TencentcloudProvider(stack, "Tencentcloud", provider);
  return new PairctlRole(stack, "Role", { mechanism: "havip", name: "web-hook" });
}

test("refuses two roles of one name in two regions: an account has each name once", () => {
  const app = new App();
  roleIn(app, "singapore", { region: "ap-singapore" });
  expect(() => roleIn(app, "tokyo", { region: "ap-tokyo" })).toThrow(
    /'role\.name' belongs to singapore\/Role already, .* in all regions together, got "web-hook": give/,
  );
});

test("takes two roles of one name where the stacks are of two accounts", () => {
  const app = new App();
  roleIn(app, "dev", { region: "ap-singapore", profile: "dev" });
  expect(() => roleIn(app, "prod", { region: "ap-singapore", profile: "prod" })).not.toThrow();
});

test("refuses a third role whose name another stack of its account has, whatever other accounts have it too", () => {
  const app = new App();
  roleIn(app, "dev", { region: "ap-singapore", profile: "dev" });
  roleIn(app, "prod", { region: "ap-singapore", profile: "prod" });
  expect(() => roleIn(app, "tokyo", { region: "ap-tokyo", profile: "prod" })).toThrow(
    /'role\.name' belongs to prod\/Role already/,
  );
});
