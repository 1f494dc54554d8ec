import { basename, dirname, resolve } from "node:path";
import { CosBackend, type CosBackendConfig, LocalBackend, type LocalBackendConfig, type TerraformStack } from "cdktf";
import { region } from "../../constructs/props/cloud-fields";
import { PropError } from "../../constructs/props/prop-error";
import * as shape from "../../constructs/props/shape";
import { without } from "../key-rules";

/** Where Terraform keeps its state: in a local file, or in a COS bucket. Credentials come from the environment. */
export interface BackendSettings {
  /** What kind of place it is. */
  readonly type: "local" | "cos";
  /**
   * Local: the state's file, relative to the folder in which cdktf runs.
   *
   * @default - `terraform.` and the pair's name and `.tfstate`
   */
  readonly path?: string;
  /**
   * Local: the folder with the states of Terraform's other workspaces, relative to the folder in which cdktf runs.
   *
   * @default - Terraform's own, `terraform.tfstate.d`
   */
  readonly workspaceDir?: string;
  /**
   * COS: the bucket's region, such as `ap-singapore`. Required with type `cos`.
   *
   * @default - none, with type `local`
   */
  readonly region?: string;
  /**
   * COS: the bucket, with the account's APPID behind its name. It must exist. Required with type `cos`.
   *
   * @default - none, with type `local`
   */
  readonly bucket?: string;
  /**
   * COS: the folder in the bucket.
   *
   * @default - Terraform's own, `env:`
   */
  readonly prefix?: string;
  /**
   * COS: the state's name in that folder.
   *
   * @default "terraform.tfstate"
   */
  readonly key?: string;
  /**
   * COS: whether the bucket encrypts the state (AES256).
   *
   * @default true
   */
  readonly encrypt?: boolean;
  /**
   * COS: who may read the state.
   *
   * @default "private"
   */
  readonly acl?: "private" | "public-read";
  /**
   * COS: whether the bucket is reached by global acceleration.
   *
   * @default false
   */
  readonly accelerate?: boolean;
  /**
   * COS: another address of the service.
   *
   * @default - that of the region
   */
  readonly endpoint?: string;
  /**
   * COS: another root domain of the API.
   *
   * @default "tencentcloudapi.com"
   */
  readonly domain?: string;
}

const LOCAL_KEYS = ["path", "workspaceDir"] as const;
const COS_KEYS = [
  ...["region", "bucket", "prefix", "key", "encrypt", "acl", "accelerate", "endpoint", "domain"],
] as readonly Exclude<keyof BackendSettings, "type" | (typeof LOCAL_KEYS)[number]>[];

const BUCKET = /^(?=.{1,60}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?-\d{8,}$/;
/** Terraform's own checks of it. */
const PREFIX = /^(?!\.?\/|\s)(?!.*(\/\/|[/\s]$))[\w./ -]+$/;

export const BACKEND = shape.described(
  shape.object<BackendSettings>({
    type: shape.oneOf("local", "cos"),
    path: shape.optional(shape.text("terraform.tfstate")),
    workspaceDir: shape.optional(shape.text("workspaces")),
    region: shape.optional(region()),
    bucket: shape.optional(shape.matching("my-terraform-state-1250000000", BUCKET)),
    prefix: shape.optional(shape.matching("keepalived/web-pair", PREFIX)),
    key: shape.optional(shape.text("terraform.tfstate")),
    encrypt: shape.optional(shape.flag()),
    acl: shape.optional(shape.oneOf("private", "public-read")),
    accelerate: shape.optional(shape.flag()),
    endpoint: shape.optional(shape.text("https://cos.ap-singapore.myqcloud.com")),
    domain: shape.optional(shape.text("tencentcloudapi.com")),
  }),
  {
    if: { properties: { type: { const: "cos" } } },
    then: {
      required: ["region", "bucket"],
      allOf: [without(LOCAL_KEYS, "goes with type local only: take it out, or correct the type")],
    },
    else: without(COS_KEYS, "goes with type cos only: take it out, or correct the type"),
  },
);

/**
 * Declares where Terraform keeps the stack's state.
 *
 * @param folder of a local state: cdktf's own default
 */
export function declareBackend(stack: TerraformStack, settings: BackendSettings, folder = process.cwd()): void {
  const { type, path, workspaceDir, ...cos } = settings;
  if (type === "cos") {
    const config: CosBackendConfig = { encrypt: true, bucket: "", ...cos };
    new CosBackend(stack, config);
    return;
  }
  const file = resolve(folder, path ?? `terraform.${stack.node.id}.tfstate`);
  const config: LocalBackendConfig = {
    path: file,
    ...(workspaceDir !== undefined && { workspaceDir: resolve(folder, workspaceDir) }),
  };
  new LocalBackend(stack, config);
  if (path === undefined) warnOfRename(stack, file);
}

/** Refuses what no bucket of COS is called, what Terraform's backend refuses, and keys of the other kind of place. */
export function requireBackend(settings: BackendSettings): void {
  const { type, bucket, prefix } = settings;
  const foreign = (type === "cos" ? LOCAL_KEYS : COS_KEYS).find((key) => settings[key] !== undefined);
  if (foreign !== undefined) {
    const problem = `goes with type ${type === "cos" ? "local" : "cos"} only`;
    throw new PropError(foreign, settings[foreign], problem, "take it out, or correct the type");
  }
  if (type !== "cos") return;
  for (const key of ["region", "bucket"] as const) {
    if (settings[key] === undefined)
      throw new PropError(key, undefined, "is missing", "a state in a bucket needs it: add it");
  }
  if (bucket !== undefined && !BUCKET.test(bucket)) {
    throw new PropError(
      "bucket",
      bucket,
      "must be a bucket's name with the account's APPID behind it, in small letters, digits and hyphens",
      "write it as the console shows it, such as my-terraform-state-1250000000",
    );
  }
  if (prefix !== undefined && !PREFIX.test(prefix)) {
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
