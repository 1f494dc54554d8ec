import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Mechanism } from "pairctl/contract";
import {
  HaVip,
  KeepalivedPair,
  type KeepalivedPairProps,
  Network,
  SecondaryPrivateIp,
  TencentcloudProvider,
} from "../../../../constructs/index.ts";
import { loadPairSettings, pairStack } from "../../../../settings/index.ts";
import { readStack, type StackModel } from "../../src/stack/stack.ts";
import { deriveSettings } from "../../src/stack/synth.ts";

/** A subnet that exists already. */
export const SUBNET = {
  vpcId: "vpc-8b3k2q1x",
  subnetId: "subnet-5r7t9w0e",
  cidrBlock: "10.0.1.0/24",
  availabilityZone: "ap-singapore-2",
};

/** Everything of a pair but its address. */
export const PAIR: Omit<KeepalivedPairProps, "virtualIp"> = {
  name: "web",
  region: "ap-singapore",
  primary: { privateIp: "10.0.1.11" },
  secondary: { privateIp: "10.0.1.12" },
  imageId: "img-487zeit5",
};

/** A network of one's own. */
export const newNetwork = (scope: Construct) =>
  new Network(scope, "Network", {
    cidrBlock: "10.0.0.0/16",
    subnetCidrBlock: "10.0.1.0/24",
    availabilityZone: "ap-singapore-1",
  });

/** A HAVIP of a subnet. */
export const haVip = (scope: Construct, subnet = SUBNET, props: object = {}) =>
  new HaVip(scope, "Vip", { subnet, vip: "10.0.1.100", ...props });

/** A secondary private IP of a subnet. */
export const privateIp = (scope: Construct, subnet = SUBNET, props: object = {}) =>
  new SecondaryPrivateIp(scope, "Vip", { subnet, vip: "10.0.1.100", parkingIp: "10.0.1.101", ...props });

/** A pair with a HAVIP in a subnet that exists, but for what is given. */
export function pair(scope: Construct, props: Partial<KeepalivedPairProps> = {}, id = "Pair"): KeepalivedPair {
  return new KeepalivedPair(scope, id, { ...PAIR, ...props, virtualIp: props.virtualIp ?? haVip(scope) });
}

/** A stack of an app, with its provider. */
export function stackOf(app: App, name = "web"): TerraformStack {
  const stack = new TerraformStack(app, name);
  new TencentcloudProvider(stack, "Tencentcloud", { region: "ap-singapore" });
  return stack;
}

/** Synthesizes a program into a folder, as `cdktf synth` does. @returns the path of its output */
export function synthesizeProgram(folder: string, build: (app: App) => void): string {
  mkdirSync(folder, { recursive: true });
  const outdir = join(folder, "cdktf.out");
  const app = new App({ outdir });
  build(app);
  app.synth();
  return outdir;
}

/** Synthesizes a program of one stack, `web`. @returns the path of its output */
export function synthesizeStack(folder: string, build: (stack: TerraformStack) => void): string {
  return synthesizeProgram(folder, (app) => build(stackOf(app)));
}

/**
 * Synthesizes the stack of main.ts without a process of its own.
 *
 * @param changes what else to set in pair.yaml, by key
 * @returns the path of the output
 */
export function synthesizeShipped(
  folder: string,
  mechanism: Mechanism,
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const settings = loadPairSettings(deriveSettings("pair.yaml", mechanism, folder, changes));
  return synthesizeProgram(folder, (app) => void pairStack(app, settings));
}

/** The stack of main.ts as a rehearsal reads it, synthesized as {@link synthesizeShipped} does. */
export function shippedStack(...options: Parameters<typeof synthesizeShipped>): StackModel {
  return readStack({ path: synthesizeShipped(...options) });
}
