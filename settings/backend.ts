import { basename, dirname, join } from "node:path";
import { CosBackend, LocalBackend, type TerraformStack } from "cdktf";
import { region } from "../constructs/props/cloud-fields";
import { PropError } from "../constructs/props/prop-error";
import type { PairSettings } from "./schema";

/**
 * Declares where Terraform keeps the stack's state.
 *
 * @param folder of a local state: cdktf's own default
 */
export function declareBackend(stack: TerraformStack, settings: PairSettings["backend"], folder = process.cwd()): void {
  if (settings.type === "cos") {
    const { type: _, ...bucket } = settings;
    new CosBackend(stack, bucket);
    return;
  }
  const path = join(folder, `terraform.${stack.node.id}.tfstate`);
  new LocalBackend(stack, { path });
  warnOfRename(stack, path);
}

/** Refuses what no bucket of COS is called, and what Terraform's backend refuses (its own checks of `prefix`). */
export function requireBackend(settings: PairSettings["backend"]): void {
  if (settings.type !== "cos") return;
  region().check("region", settings.region);
  const { bucket, prefix = "" } = settings;
  if (!/^(?=.{1,60}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?-\d{8,}$/.test(bucket)) {
    throw new PropError(
      "bucket",
      bucket,
      "must be a bucket's name with the account's APPID behind it, in small letters, digits and hyphens",
      "write it as the console shows it, such as my-terraform-state-1250000000",
    );
  }
  if (/^\.?\/|\/$|\/\/|[^\w./ -]/.test(prefix) || prefix !== prefix.trim()) {
    throw new PropError(
      "prefix",
      prefix,
      "must be a folder's name in the bucket: letters, digits, and - _ . with / between them",
      "write it such as keepalived/web-pair, or leave the key out",
    );
  }
}

/**
 * A local state goes by the stack's name: a renamed stack begins with an empty one, and the pair that is deployed is
 * forgotten. Only the folder knows that, so the plan says it.
 */
function warnOfRename(stack: TerraformStack, path: string): void {
  const own = JSON.stringify(path);
  const others = `setsubtract(fileset(${JSON.stringify(dirname(path))}, "terraform.*.tfstate"), [${JSON.stringify(basename(path))}])`;
  // A check's condition must refer to something of the configuration. Terraform makes an empty state to lock it.
  stack.addOverride(
    "locals.states_of_other_stacks",
    `\${try(length(file(${own})) > 0, false) ? [] : tolist(${others})}`,
  );
  stack.addOverride("check.renamed_stack.assert", {
    condition: "${length(local.states_of_other_stacks) == 0}",
    error_message:
      `There is no state of ${stack.node.id} yet, but there is one of another stack: ` +
      "${join(\", \", local.states_of_other_stacks)}. If you changed 'name', this plan makes a second pair and forgets " +
      "the first: change it back. If this is a further stack, all is well.",
  });
}
