import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { hasAddress, parseCidr } from "local-cloud";
import type { AccountNeeds } from "./account.ts";

/** A program cannot be deployed; the message says why. */
export class ProgramError extends Error {}

/** What a stack says that a local cloud is made for. */
export interface ProgramStack {
  readonly region: string;
  readonly account: AccountNeeds;
}

type Json = Readonly<Record<string, unknown>>;

/** @throws ProgramError where the folder is none of a program of cdktf's */
export function requireProgram(folder: string): void {
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere && existsSync(join(folder, "cdktf.json"))) return;
  throw new ProgramError(`--app must be the folder of a program, with its cdktf.json, got '${folder}'`);
}

/**
 * Reads the stack that a program was synthesized to: its region, and what it brings along by id. What else it names by id
 * (HAVIPs, EIPs, roles, security groups) the local cloud does not have, and says so when it is asked for it.
 *
 * @param output the folder that cdktf has written
 * @param subnetCidr the range of a subnet that exists already, which no stack says
 * @throws ProgramError where there is not one stack with one region, or the range must be known
 */
export function readProgram(output: string, subnetCidr: string | undefined): ProgramStack {
  const stacks = readdirSync(join(output, "stacks"));
  const [name] = stacks;
  if (name === undefined || stacks.length > 1)
    throw new ProgramError(`--app must be a program with one stack, it has ${stacks.length}: ${stacks.join(", ")}`);
  const stack = JSON.parse(readFileSync(join(output, "stacks", name, "cdk.tf.json"), "utf8")) as Json;
  const [region, ...others] = new Set(
    blocks(stack["provider"], "tencentcloud").flatMap((each) => literal(each["region"])),
  );
  if (region === undefined || others.length > 0)
    throw new ProgramError(
      `the stack '${name}' must have one provider of Tencent Cloud, with a region that is written out`,
    );
  return { region, account: accountOf(stack, name, subnetCidr) };
}

function accountOf(stack: Json, name: string, subnetCidr: string | undefined): AccountNeeds {
  const instances = resources(stack, "tencentcloud_instance");
  const subnets = new Map<string, AccountNeeds["subnets"][number]>();
  for (const instance of instances) {
    const [subnetId, vpcId, zone] = ["subnet_id", "vpc_id", "availability_zone"].map(
      (key) => literal(instance[key])[0],
    );
    if (subnetId === undefined || vpcId === undefined || zone === undefined) continue;
    if (subnetCidr === undefined || parseCidr(subnetCidr) === undefined) {
      throw new ProgramError(
        `the stack '${name}' does not say which addresses its subnet has (${subnetId}, which exists already): give its ` +
          `range with --subnet-cidr, such as --subnet-cidr 10.0.1.0/24, got '${subnetCidr ?? ""}'`,
      );
    }
    subnets.set(subnetId, { subnetId, vpcId, cidrBlock: subnetCidr, zone });
  }
  const vpcs = new Map<string, AccountNeeds["vpcs"][number]>();
  const made = resources(stack, "tencentcloud_subnet").map((subnet) => ({
    vpcIds: literal(subnet["vpc_id"]),
    cidrBlocks: literal(subnet["cidr_block"]),
  }));
  const brought = [...subnets.values()].map(({ vpcId, cidrBlock }) => ({ vpcIds: [vpcId], cidrBlocks: [cidrBlock] }));
  for (const { vpcIds, cidrBlocks } of [...made, ...brought])
    for (const vpcId of vpcIds)
      for (const cidrBlock of cidrBlocks) vpcs.set(vpcId, { vpcId, cidrBlock: privateRange(cidrBlock) });
  return {
    imageIds: distinct(instances.flatMap(({ image_id }) => literal(image_id))),
    keyIds: distinct(instances.flatMap(({ key_ids }) => (Array.isArray(key_ids) ? key_ids.flatMap(literal) : []))),
    projectIds: [...new Set(instances.map(({ project_id }) => project_id))].filter(isProject),
    vpcs: [...vpcs.values()],
    subnets: [...subnets.values()],
  };
}

/** A project beside the default one, by its number. */
const isProject = (value: unknown): value is number => typeof value === "number" && value !== 0;

/** The private range (RFC 1918) that a subnet is in: a stack does not say that of a VPC which exists already. */
function privateRange(cidrBlock: string): string {
  const address = cidrBlock.split("/")[0] ?? "";
  const ranges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
  const found = ranges.find((text) => {
    const range = parseCidr(text);
    return range !== undefined && hasAddress(range, address);
  });
  return found ?? cidrBlock;
}

function resources(stack: Json, type: string): Json[] {
  return Object.values(((stack["resource"] as Json | undefined)?.[type] ?? {}) as Record<string, Json>);
}

function blocks(parent: unknown, key: string): Json[] {
  return [(parent as Json | undefined)?.[key] ?? []].flat() as Json[];
}

/** A text that is no reference to something else. */
function literal(value: unknown): string[] {
  return typeof value === "string" && !value.includes("${") ? [value] : [];
}

const distinct = (texts: readonly string[]) => [...new Set(texts)];
