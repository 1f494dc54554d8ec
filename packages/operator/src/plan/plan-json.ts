/**
 * What `terraform show -json` prints of a plan, as far as it is read here (Terraform's documentation, "JSON Output Format",
 * format version 1).
 */

/** Values of a resource by attribute, as the provider has them. */
export type Values = Readonly<Record<string, unknown>>;

/** What a plan does with a resource. */
export interface ResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    /** True, or something with a true in it, for what is known only after the apply. */
    readonly after_unknown?: Values | boolean;
    readonly before_sensitive?: Values | boolean;
    readonly after_sensitive?: Values | boolean;
    /** The attributes that make an update impossible. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    /** Where the resource is in the cloud, and only comes into the state. */
    readonly importing?: { readonly id?: string };
  };
}

/** A resource as Terraform's state has it, after it was refreshed. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
  /** The addresses of all resources that it depends on, also by way of others. */
  readonly depends_on?: readonly string[];
}

/** A resource as the configuration says it. */
export interface ConfiguredResource {
  readonly address: string;
  readonly type: string;
  readonly mode: "managed" | "data";
  /** What each argument is: a constant, or what it refers to; blocks are lists of the same. */
  readonly expressions?: Readonly<Record<string, unknown>>;
  readonly depends_on?: readonly string[];
}

/** A module of the configuration, with those that it calls. */
export interface ConfiguredModule {
  readonly resources?: readonly ConfiguredResource[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfiguredModule }>>;
}

/** A module of the state, with those within. */
export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** What Terraform found of a condition that the configuration makes. */
export interface CheckResult {
  readonly address: { readonly kind: string; readonly name?: string; readonly to_display: string };
  readonly status: "pass" | "fail" | "error" | "unknown";
  readonly instances?: readonly { readonly problems?: readonly { readonly message: string }[] }[];
}

/** A whole plan. */
export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly resource_changes: readonly ResourceChange[];
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly configuration?: { readonly root_module?: ConfiguredModule };
  readonly checks?: readonly CheckResult[];
  /** Whether Terraform itself refuses the plan. @default false */
  readonly errored?: boolean;
}
