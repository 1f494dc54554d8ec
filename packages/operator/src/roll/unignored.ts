import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../operator-error.ts";
import type { NodeChange } from "./planned-changes.ts";
import type { TerraformOptions } from "./terraform.ts";

/** The part of a synthesized stack that is read here. */
interface StackJson {
  readonly resource?: Readonly<
    Record<
      string,
      Readonly<Record<string, { force_stop?: boolean; lifecycle?: { ignore_changes?: readonly string[] } }>>
    >
  >;
}

/** Where Terraform keeps what is its own, in the folder of a stack. */
const TERRAFORM_DATA = ".terraform";

/**
 * Does something with Terraform in a copy of the stack's folder in which one node's `ignore_changes` lacks some arguments,
 * and in which it may be stopped for them: the provider lets the cloud stop a running instance only by `force_stop`.
 * The stack itself stays as it is, also where this process is killed: a deploy of it must never change both nodes. The copy
 * then stays, since Terraform goes on in it, and gives way to the next one of the same node: whoever makes that has the
 * lock of the pair, and has waited for that Terraform to leave the state.
 *
 * @throws OperatorError where no file of the folder has the node as cdktf writes it
 */
export async function withUnignored<T>(
  options: TerraformOptions,
  { node, unignored }: Pick<NodeChange, "node" | "unignored">,
  use: (options: TerraformOptions) => Promise<T>,
): Promise<T> {
  if (unignored.length === 0) return use(options);
  const copy = join(options.folder, TERRAFORM_DATA, `pair-roll-${node.address}`);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  try {
    let isFound = false;
    for (const name of readdirSync(options.folder)) {
      const path = join(options.folder, name);
      const changed = name.endsWith(".tf.json") ? unignore(readFileSync(path, "utf8"), node.address, unignored) : null;
      if (changed === null) symlinkSync(path, join(copy, name));
      else writeFileSync(join(copy, name), changed);
      isFound ||= changed !== null;
    }
    if (!isFound) {
      throw new OperatorError(
        "usage",
        `${options.folder} has no .tf.json with ${node.address}: run 'cdktf synth', and name the stack's folder with --stack`,
      );
    }
    return await use({ ...options, folder: copy });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** @returns null where the node is not in it */
function unignore(text: string, address: string, unignored: readonly string[]): string | null {
  const [type = "", name = ""] = address.split(".");
  const stack = JSON.parse(text) as StackJson;
  const node = stack.resource?.[type]?.[name];
  const lifecycle = node?.lifecycle;
  if (node === undefined || lifecycle === undefined) return null;
  node.force_stop = true;
  lifecycle.ignore_changes = (lifecycle.ignore_changes ?? []).filter((each) => !unignored.includes(each));
  return JSON.stringify(stack);
}
