import { OperatorError } from "../operator-error.ts";

/** A resource of Terraform's state. */
export interface StateResource {
  /** Its address, such as `tencentcloud_instance.Pair_Primary_09DFE33C`. */
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The managed resources of a state, in either of the forms that Terraform writes: the state itself
 * (`terraform state pull`, a `.tfstate` file) or `terraform show -json`.
 *
 * @param text JSON
 * @param source where it comes from, for the error
 * @throws OperatorError where it is neither
 */
export function parseState(text: string, source: string): StateResource[] {
  const state = parsed(text, source);
  if (Array.isArray(state["resources"])) return (state["resources"] as StoredResource[]).flatMap(fromStored);
  const { values } = state as { values?: { root_module?: ShownModule } };
  if (values?.root_module !== undefined) return fromShown(values.root_module);
  // An empty state has no values at all.
  if ("format_version" in state || state["version"] === 4) return [];
  throw notAState(source);
}

function parsed(text: string, source: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below: the text may hold secrets, which JSON.parse would show.
  }
  throw notAState(source);
}

function notAState(source: string): OperatorError {
  return new OperatorError(
    "usage",
    `${source} must be a state of Terraform's, and is not: give a .tfstate file, or what 'terraform show -json' prints`,
  );
}

/** A resource in a `.tfstate`. */
interface StoredResource {
  readonly module?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly index_key?: string | number;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
}

function fromStored({ module, mode, type, name, instances }: StoredResource): StateResource[] {
  if (mode !== "managed") return [];
  return instances.map(({ index_key: key, attributes = {} }) => ({
    address: `${module === undefined ? "" : `${module}.`}${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
    type,
    values: attributes,
  }));
}

/** A module in `terraform show -json`. */
interface ShownModule {
  readonly resources?: readonly (StateResource & { readonly mode: string })[];
  readonly child_modules?: readonly ShownModule[];
}

function fromShown({ resources = [], child_modules: children = [] }: ShownModule): StateResource[] {
  const own = resources.filter(({ mode }) => mode === "managed");
  return [...own.map(({ address, type, values }) => ({ address, type, values })), ...children.flatMap(fromShown)];
}
