import { App, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import type { ISubnet } from "../../constructs/index";
import { Instance, TencentcloudProvider } from "../../constructs/provider";
import { type SynthesizedUserData, userDataOf } from "../../constructs/testing/index";

import { loadPairSettings, pairStack } from "../../settings";

/** A synthesized resource: its attributes by name. */
export type Resource = Record<string, unknown>;

/** A synthesized stack, as Terraform reads it. */
export interface Synthesized {
  readonly resource: Record<string, Record<string, Resource>>;
  readonly data?: Record<string, Record<string, Resource>>;
  readonly output?: Record<string, unknown>;
}

/** A subnet that exists already, for tests of what lives in one. */
export const SUBNET: ISubnet = {
  vpcId: "vpc-brought0",
  subnetId: "subnet-brought0",
  cidrBlock: "10.0.1.0/24",
  availabilityZone: "ap-singapore-1",
};

/** Synthesizes a stack, validations included. */
export function synth(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(new App(), "test");
  new TencentcloudProvider(stack, "Tencentcloud", { region: "ap-singapore" });
  build(stack);
  return JSON.parse(Testing.synth(stack, true)) as Synthesized;
}

/** Synthesizes the stack of main.ts, validations included. */
export function synthSettings(file: string): Synthesized {
  return JSON.parse(Testing.synth(pairStack(new App(), loadPairSettings(file)), true)) as Synthesized;
}

/** The types of the resources of a stack, in order. */
export function types(stack: Synthesized): string[] {
  return Object.keys(stack.resource).sort();
}

/** Runs a construct's constructor for the error it throws. */
export function building(build: (scope: Construct) => void): () => void {
  return () => void synth(build);
}

/** The only resource of a type. */
export function only(stack: Synthesized, type: string): Resource {
  const resources = Object.values(stack.resource[type] ?? {});
  if (resources.length !== 1) throw new Error(`expected one ${type}, found ${resources.length}`);
  return resources[0] as Resource;
}

/** The resource of a type whose name starts so. */
export function named(stack: Synthesized, type: string, start: string): Resource {
  const found = Object.entries(stack.resource[type] ?? {}).filter(([name]) => name.startsWith(start));
  if (found.length !== 1) throw new Error(`expected one ${type} named ${start}…, found ${found.length}`);
  return (found[0] as [string, Resource])[1];
}

/** What an instance's user data says. */
export function cloudConfigOf(instance: Resource): SynthesizedUserData {
  const userData = userDataOf(instance);
  if (userData === undefined) throw new Error(`user_data is no cloud-config of a pair: ${instance["user_data"]}`);
  return userData;
}

/** A node that a virtual address can be bound to. */
export function instance(scope: Construct, id: string): Instance {
  return new Instance(scope, id, { availabilityZone: SUBNET.availabilityZone, imageId: "img-1" });
}
