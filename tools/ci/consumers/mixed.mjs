// Both packages beside both core libraries: each works with its own, gives the same stack, and refuses the other's.
import assert from "node:assert/strict";
import * as cdktf from "cdktf";
import * as cdktn from "cdktn";
import * as forCdktf from "cdktf-tencentcloud-keepalived";
import * as forCdktn from "cdktn-tencentcloud-keepalived";

const NETWORK = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24", availabilityZone: "ap-guangzhou-6" };

/** The stack of a pair, as it is synthesized, without the library's notes about itself. */
function synthesized(core, ours) {
  const stack = new core.TerraformStack(new core.App(), "web");
  new ours.TencentcloudProvider(stack, "Tencentcloud", { region: "ap-guangzhou" });
  const { subnet } = new ours.Network(stack, "Network", NETWORK);
  new ours.KeepalivedPair(stack, "Pair", {
    virtualIp: new ours.SecondaryPrivateIp(stack, "Vip", { subnet, vip: "10.0.1.100", parkingIp: "10.0.1.101" }),
    region: "ap-guangzhou",
    primary: { privateIp: "10.0.1.11" },
    secondary: { privateIp: "10.0.1.12" },
    imageId: "img-487zeit5",
    healthChecks: [ours.HealthCheck.tcp(80)],
  });
  return JSON.parse(core.Testing.synth(stack, true), (key, value) => (key === "//" ? undefined : value));
}

/** What a package says of an app that the other library made. */
function refusal(core, ours, add) {
  const stack = new core.TerraformStack(new core.App(), "web");
  try {
    add(stack);
  } catch (error) {
    assert.ok(error instanceof ours.PropError, `not a sentence of ours: ${error.stack}`);
    return error.message;
  }
  return "nothing";
}

const stack = synthesized(cdktf, forCdktf);
assert.equal(Object.keys(stack.resource.tencentcloud_instance).length, 2);
assert.deepEqual(synthesized(cdktn, forCdktn), stack);

for (const [core, coreName, ours] of [
  [cdktf, "cdktf", forCdktn],
  [cdktn, "cdktn", forCdktf],
]) {
  const sentence = new RegExp(
    `^(new TencentcloudProvider|web/Part): 'scope' must be in an app of cdkt[fn] 0\\.\\d+, got the TerraformStack web of ${coreName} [\\d.]+: ` +
      `install and import ${coreName}-tencentcloud-keepalived instead`,
  );
  assert.match(
    refusal(core, ours, (scope) => new ours.TencentcloudProvider(scope, "Part")),
    sentence,
  );
  assert.match(
    refusal(core, ours, (scope) => new ours.Network(scope, "Part", NETWORK)),
    sentence,
  );
}
console.log("both packages give the same stack, and refuse the other library's app:");
console.log(refusal(cdktn, forCdktf, (scope) => new forCdktf.TencentcloudProvider(scope, "Part")));
