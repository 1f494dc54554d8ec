import { type TerraformStack, TerraformVariable } from "cdktf";
import { PropError } from "../../constructs/props/prop-error";
import * as shape from "../../constructs/props/shape";

/** A value that does not stand in the file: that of a sensitive variable of Terraform's. */
export interface SecretSettings {
  /**
   * The variable's name. Terraform takes its value from the environment (`TF_VAR_` and the name), from a file of variables, or
   * asks for it, and marks it in its plan and state as sensitive.
   */
  readonly terraformVariable: string;
}

/** What Terraform takes as the name of a variable, but for the names that it keeps for itself. */
const VARIABLE =
  /^(?!(?:source|version|providers|count|for_each|lifecycle|depends_on|locals)$)[A-Za-z_][A-Za-z0-9_-]{0,127}$/;

const REFERENCE = shape.object<SecretSettings>({
  terraformVariable: shape.matching("vrrp_password", VARIABLE),
});

const WRITTEN_DOWN = {
  isOptional: false as const,
  schema: {},
  check(prop: string, value: unknown) {
    throw new PropError(
      prop,
      value,
      "must not stand in the file, since it is a secret",
      "write { terraformVariable: vrrp_password } and give the secret as TF_VAR_vrrp_password, or leave the key out",
    );
  },
};

/** The kind of a secret. */
export const SECRET: shape.RequiredField = {
  ...shape.either((value) => shape.isObject(value), REFERENCE, WRITTEN_DOWN),
  schema: REFERENCE.schema,
};

/** Whether data of the user's is a reference to a secret. */
export function isSecretReference(value: unknown): value is SecretSettings {
  return shape.isObject(value) && Object.keys(value).length === 1 && "terraformVariable" in value;
}

/** Refuses what is no name of a variable. */
export function requireVariable(key: string, { terraformVariable }: SecretSettings): void {
  if (typeof terraformVariable === "string" && VARIABLE.test(terraformVariable)) return;
  throw new PropError(
    `${key}.terraformVariable`,
    terraformVariable,
    "must be the name of a variable of Terraform's",
    "use letters, digits and underscores, such as vrrp_password",
  );
}

/** The value of a secret as a token; the variable is made once, child `Secret-` and its name. */
export function secretOf(stack: TerraformStack, { terraformVariable }: SecretSettings): string {
  const id = `Secret-${terraformVariable}`;
  const known = stack.node.tryFindChild(id);
  if (known instanceof TerraformVariable) return known.stringValue;
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    sensitive: true,
    nullable: false,
    description: "A secret of the pair's settings",
  });
  variable.overrideLogicalId(terraformVariable);
  return variable.stringValue;
}

/** Data with the values of its secrets. */
export function withSecrets(stack: TerraformStack, data: unknown): unknown {
  if (isSecretReference(data)) return secretOf(stack, data);
  if (Array.isArray(data)) return data.map((each) => withSecrets(stack, each));
  if (!shape.isObject(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, each]) => [key, withSecrets(stack, each)]));
}

/** The references to secrets in data, each with its path. */
export function secretsIn(data: unknown, path = ""): [key: string, secret: SecretSettings][] {
  if (isSecretReference(data)) return [[path, data]];
  if (Array.isArray(data)) return data.flatMap((each, index) => secretsIn(each, `${path}[${index}]`));
  if (!shape.isObject(data)) return [];
  return Object.entries(data).flatMap(([key, each]) => secretsIn(each, path === "" ? key : `${path}.${key}`));
}
