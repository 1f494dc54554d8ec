import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { HaVip, KeepalivedPair, PairOutputs } from "../../constructs/index";
import { haVip, privateIp, PROPS } from "../helpers/pair";
import { building, SUBNET, synth } from "../helpers/synth";

function outputsOf(build: Parameters<typeof synth>[0]): Record<string, { value: unknown; description: string }> {
  return (synth(build).output ?? {}) as Record<string, { value: unknown; description: string }>;
}

test("say what an operator wants to know: addresses, ids, role and the next commands", () => {
  const outputs = outputsOf((scope) => {
    const pair = new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: privateIp(scope) });
    new PairOutputs(scope, "Outputs", { pair });
  });
  expect(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))).toEqual({
    vip: "10.0.1.100",
    public_ip: expect.stringMatching(/^\$\{tencentcloud_eip\.\w+\.public_ip\}$/),
    primary: { instanceId: expect.stringMatching(/^\$\{tencentcloud_instance\.Pair_Primary_/), privateIp: "10.0.1.11" },
    secondary: { instanceId: expect.stringMatching(/^\$\{tencentcloud_instance\.Pair_Second/), privateIp: "10.0.1.12" },
    mechanism: {
      name: "secondary-private-ip",
      parking_ip: "10.0.1.101",
      parking_network_interface_id: expect.stringMatching(/^\$\{tencentcloud_eni\./),
    },
    role_name: expect.stringMatching(/^\$\{tencentcloud_cam_role\./),
    status_command: "pairctl status; pairctl doctor; pairctl receipts",
    drill_command: "pairctl drain",
  });
  for (const { description } of Object.values(outputs)) expect(description).toMatch(/^[A-Z]/);
});

test("leave out what is not there, name further addresses, and take a prefix", () => {
  const outputs = outputsOf((scope) => {
    const two = { haVipId: "havip-2", subnet: SUBNET, vip: "10.0.1.110", publicIp: "203.0.113.7" };
    const additionalVirtualIps = [HaVip.fromHaVipAttributes(scope, "Two", two)];
    const pair = new KeepalivedPair(scope, "Pair", {
      ...PROPS,
      virtualIp: haVip(scope),
      additionalVirtualIps,
      role: "none",
    });
    new PairOutputs(scope, "Outputs", { pair, prefix: "db_" });
  });
  expect(Object.keys(outputs)).toEqual(expect.arrayContaining(["db_vip", "db_additional_vips", "db_mechanism"]));
  expect(Object.keys(outputs)).not.toEqual(expect.arrayContaining(["db_public_ip"]));
  expect(Object.keys(outputs)).not.toEqual(expect.arrayContaining(["db_role_name"]));
  expect(outputs["db_additional_vips"]?.value).toEqual([
    { vip: "10.0.1.110", public_ip: "203.0.113.7", ha_vip_id: "havip-2" },
  ]);
  expect(outputs["db_mechanism"]?.value).toMatchObject({ name: "havip", ha_vip_id: expect.stringMatching(/ha_vip/) });
});

test.each([
  ["that the stack has already", ["db_", "db_"], /'prefix' belongs to test\/Outputs0 already, got "db_"/],
  ["left out twice", [undefined, undefined], /'prefix' belongs to test\/Outputs0 already, got ""/],
  ["that begins no name", ["1 "], /'prefix' must begin an output's name, got "1 "/],
])("refuse a prefix %s", (_, prefixes, message) => {
  expect(
    building((scope) => {
      const pair = new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope) });
      prefixes.forEach((prefix, index) => new PairOutputs(scope, `Outputs${index}`, { pair, prefix }));
    }),
  ).toThrow(message);
});

test("refuses an output of the stack's own that would overwrite one of these", () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, "test");
  const pair = new KeepalivedPair(stack, "Pair", { ...PROPS, virtualIp: haVip(stack) });
  new PairOutputs(stack, "Outputs", { pair });
  new TerraformOutput(stack, "vip", { value: "mine" });
  expect(() => Testing.synth(stack, true)).toThrow(
    /test\/Outputs: the output 'vip' is that of test\/vip as well: .*'prefix'/,
  );
});
