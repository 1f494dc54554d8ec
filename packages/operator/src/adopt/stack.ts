import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../operator-error.ts";
import { ADOPT_FILE } from "./import-file.ts";

/** A resource as the synthesized stack says it, before Terraform has evaluated anything. */
export interface StackResource {
  /** Such as `tencentcloud_vpc.Network_Vpc_FAC8F4A5`. */
  readonly address: string;
  readonly type: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A synthesized stack, as far as it is looked for in the cloud. */
export interface Stack {
  /** Where Terraform runs. */
  readonly folder: string;
  /** Its name: the folder's. */
  readonly name: string;
  readonly resources: readonly StackResource[];
  /** The region in which Terraform's provider looks. */
  readonly region: string;
}

/** The part of a `.tf.json` that is read here. */
interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly provider?: { readonly tencentcloud?: ProviderBlock | readonly ProviderBlock[] };
}

/** A configuration of the provider. */
interface ProviderBlock {
  readonly region?: unknown;
  readonly alias?: string;
}

/** Where the provider finds the region that its block does not say. */
const REGION_VARIABLE = "TENCENTCLOUD_REGION";

/**
 * Reads the stack that cdktf has synthesized into a folder.
 *
 * @throws OperatorError where there is none, or its region is nowhere said
 */
export function readStack(folder: string, env: NodeJS.ProcessEnv): Stack {
  const files = readdirSync(folder).filter((name) => name.endsWith(".tf.json") && name !== ADOPT_FILE);
  if (files.length === 0) {
    throw new OperatorError(
      "usage",
      `${folder} has no .tf.json: run 'cdktf synth', and name the stack's folder with --stack`,
    );
  }
  const parts = files.map((name) => parsed(join(folder, name)));
  return {
    folder,
    name: folder.split("/").filter(Boolean).at(-1) ?? folder,
    resources: parts.flatMap(resourcesOf),
    region: regionOf(parts, folder, env),
  };
}

function parsed(file: string): TerraformJson {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Said below: the user data in it may hold secrets, which JSON.parse would show.
  }
  throw new OperatorError("usage", `${file} must be Terraform's JSON, and is not: run 'cdktf synth' again`);
}

function resourcesOf({ resource = {} }: TerraformJson): StackResource[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, values]) => ({ address: `${type}.${name}`, type, arguments: values })),
  );
}

function regionOf(parts: readonly TerraformJson[], folder: string, env: NodeJS.ProcessEnv): string {
  const blocks = parts.flatMap(({ provider }) => provider?.tencentcloud ?? []);
  const region = blocks.find(({ alias }) => alias === undefined)?.region ?? env[REGION_VARIABLE];
  if (typeof region === "string" && region !== "" && !region.includes("${")) return region;
  throw new OperatorError(
    "usage",
    `the stack in ${folder} does not say the region of its provider: set ${REGION_VARIABLE}, as for Terraform`,
  );
}
