import { type TemplateForm, templateParts } from "pairctl/contract";
import { entriesOf, isObject } from "./json.ts";
import type { SynthesizedStack } from "./program.ts";
import { type Evaluated, type Expressions, PREFIX_OF_ATTRIBUTE, Resource } from "./resource.ts";
import { StackError } from "./stack-error.ts";

/** The prefixes of the ids that the cloud gives. */
const ID_PREFIX: Readonly<Record<string, string>> = {
  tencentcloud_vpc: "vpc",
  tencentcloud_subnet: "subnet",
  tencentcloud_instance: "ins",
  tencentcloud_eni: "eni",
  tencentcloud_eip: "eip",
  tencentcloud_ha_vip: "havip",
  tencentcloud_security_group: "sg",
  tencentcloud_placement_group: "ps",
};

/** The resources of a program's stacks, and what the expressions in them stand for, without a deploy. */
export class Values implements Expressions {
  readonly #resources: readonly Resource[];
  readonly #siblings = new Map<string, Values | undefined>();
  readonly #standIns = new Map<string, string>();

  /**
   * @param env where Terraform finds the values of variables: TF_VAR_name
   * @param count how many ids have been given already
   * @throws StackError where it does not have the form of Terraform's JSON
   */
  constructor(
    private readonly stack: SynthesizedStack,
    private readonly env: NodeJS.ProcessEnv,
    private readonly count: { ids: number } = { ids: 0 },
  ) {
    this.#resources = entriesOf(stack.json, "resource").flatMap(([type, byName]) => {
      if (!isObject(byName)) throw new StackError(`${stack.file} must have an object as its 'resource.${type}'`);
      return Object.entries(byName).map(([name, attributes]) => {
        if (isObject(attributes))
          return new Resource(type, name, this.#newId(ID_PREFIX[type] ?? "id"), attributes, this);
        throw new StackError(`${stack.file} must have an object as its 'resource.${type}.${name}'`);
      });
    });
    // An expression for an id may stand in user data as well, where nothing says of what kind it is.
    for (const resource of this.#resources) {
      for (const attribute of Object.keys(PREFIX_OF_ATTRIBUTE).filter((name) => name in resource.attributes))
        resource.known(attribute);
    }
  }

  /** Path of the stack's file. */
  get file(): string {
    return this.stack.file;
  }

  /** The resources of a type. */
  all(type: string): Resource[] {
    return this.#resources.filter((resource) => resource.type === type);
  }

  /**
   * A template with its expressions evaluated, as far as the program says what they are: references to resources of any
   * of its stacks, variables, locals. For everything else there are stand-ins, the same one for the same expression.
   *
   * @param prefix of stand-ins: what ids of that kind begin with
   */
  evaluate(template: string, form: TemplateForm, prefix = "id"): Evaluated {
    let unknown: string | undefined;
    const texts = partsOf(template, form, this.file).map(({ text, expression }) => {
      if (text !== undefined) return text;
      const value = this.#resolve(expression, prefix);
      if (value !== undefined) {
        unknown ??= value.unknown;
        return value.text;
      }
      unknown ??= expression;
      return this.#standIn(expression, prefix);
    });
    return { text: texts.join(""), unknown };
  }

  /** The resource of a type that a template is a reference to, and nothing else. */
  referred(template: string, type: string, by: string): Resource | undefined {
    const [part, ...others] = partsOf(template, "bare", this.file);
    if (part?.expression === undefined || others.length > 0) return undefined;
    const output = this.#output(part.expression);
    if (output !== undefined) return output.values.referred(output.template, type, by);
    return this.all(type).find(({ address }) => `${address}.${by}` === part.expression);
  }

  /** What an expression stands for; undefined where only a deploy knows. */
  #resolve(expression: string, prefix: string): Evaluated | undefined {
    const output = this.#output(expression);
    if (output !== undefined) return output.values.evaluate(output.template, "bare", prefix);
    const [, scope, variable] = /^(var|local)\.([\w-]+)$/.exec(expression) ?? [];
    if (scope !== undefined && variable !== undefined) return this.#variable(scope, variable, prefix);
    const [, type, name, attribute] = /^(\w+)\.([\w-]+)\.(\w+)$/.exec(expression) ?? [];
    if (type === undefined || type === "data" || type === "module" || attribute === undefined) return undefined;
    const resource = this.#resources.find((candidate) => candidate.type === type && candidate.name === name);
    if (resource === undefined) throw new StackError(`${this.file} refers to ${expression}, which it does not hold`);
    if (attribute === "id") return { text: resource.id, unknown: undefined };
    const value = resource.attributes[attribute];
    return typeof value === "string" ? this.evaluate(value, "bare", prefix) : undefined;
  }

  #variable(scope: string, name: string, prefix: string): Evaluated | undefined {
    const entries =
      scope === "var" ? entriesOf(this.stack.json, "variable", name) : entriesOf(this.stack.json, "locals");
    const given = scope === "var" ? this.env[`TF_VAR_${name}`] : undefined;
    if (given !== undefined) return { text: given, unknown: undefined };
    const value = entries.find(([key]) => key === (scope === "var" ? "default" : name))?.[1];
    return typeof value === "string" ? this.evaluate(value, "bare", prefix) : undefined;
  }

  /** What another stack of the program hands over, by the reference that cdktf makes to it. */
  #output(expression: string): { readonly template: string; readonly values: Values } | undefined {
    const reference = /^data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)$/;
    const [, stackName, outputName] = reference.exec(expression) ?? [];
    if (stackName === undefined || outputName === undefined) return undefined;
    const values = this.#sibling(stackName);
    const value = entriesOf(values?.stack.json ?? {}, "output", outputName).find(([key]) => key === "value")?.[1];
    return values === undefined || typeof value !== "string" ? undefined : { template: value, values };
  }

  #sibling(name: string): Values | undefined {
    if (!this.#siblings.has(name)) {
      const stack = this.stack.sibling(name);
      this.#siblings.set(name, stack && new Values(stack, this.env, this.count));
    }
    return this.#siblings.get(name);
  }

  #standIn(expression: string, prefix: string): string {
    const known = this.#standIns.get(expression);
    if (known !== undefined) return known;
    const id = this.#newId(prefix);
    this.#standIns.set(expression, id);
    return id;
  }

  #newId(prefix: string): string {
    this.count.ids += 1;
    return `${prefix}-${String(this.count.ids).padStart(8, "0")}`;
  }
}

/** @throws StackError which says where */
function partsOf(template: string, form: TemplateForm, file: string): ReturnType<typeof templateParts> {
  try {
    return templateParts(template, form);
  } catch (error) {
    throw new StackError(`${file} has a text that cannot be read: ${(error as Error).message}`);
  }
}
