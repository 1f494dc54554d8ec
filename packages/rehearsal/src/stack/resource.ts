import type { TemplateForm } from "pairctl/contract";
import { entriesOf, type JsonObject } from "./json.ts";
import { StackError } from "./stack-error.ts";

/** What a value has in it that only a deploy knows. */
export interface Evaluated {
  readonly text: string;
  /** The first expression that nothing in the stack gives a value; undefined where all is known. */
  readonly unknown: string | undefined;
}

/** What the expressions in a resource's attributes stand for. */
export interface Expressions {
  /** Path of the stack's file. */
  readonly file: string;
  /** A template with its expressions evaluated; `prefix`: what the ids begin with that stand in for what is not known. */
  evaluate(template: string, form: TemplateForm, prefix?: string): Evaluated;
  /** The resource of a type that a template is a reference to, and nothing else. */
  referred(template: string, type: string, by: string): Resource | undefined;
}

/** What the cloud's ids begin with, by the attribute that one is the value of. */
export const PREFIX_OF_ATTRIBUTE: Readonly<Record<string, string>> = {
  vpc_id: "vpc",
  subnet_id: "subnet",
  instance_id: "ins",
  eip_id: "eip",
  ha_vip_id: "havip",
  havip_id: "havip",
};

/** A resource of a stack. */
export class Resource {
  constructor(
    readonly type: string,
    readonly name: string,
    /** In place of the one that the cloud would give. */
    readonly id: string,
    readonly attributes: JsonObject,
    private readonly values: Expressions,
  ) {}

  /** As Terraform writes it. */
  get address(): string {
    return `${this.type}.${this.name}`;
  }

  /** Where the construct is in the program's tree, such as `web/Team/Pair/Primary`; undefined where cdktf did not say. */
  get constructPath(): string | undefined {
    const path = entriesOf(this.attributes, "//", "metadata").find(([key]) => key === "path")?.[1];
    return typeof path === "string" ? path : undefined;
  }

  /**
   * An attribute, with stand-ins for what only a deploy knows.
   *
   * @throws StackError where it has no such attribute
   */
  text(attribute: string): string {
    const value = this.attributes[attribute];
    if (typeof value !== "string") throw new StackError(`${this.where} has no ${attribute}`);
    return this.values.evaluate(value, "bare", PREFIX_OF_ATTRIBUTE[attribute]).text;
  }

  /** An attribute whose every character is known before a deploy; undefined where that is not so, or there is none. */
  known(attribute: string): string | undefined {
    const value = this.attributes[attribute];
    if (typeof value !== "string") return undefined;
    const { text, unknown } = this.values.evaluate(value, "bare", PREFIX_OF_ATTRIBUTE[attribute]);
    return unknown === undefined ? text : undefined;
  }

  /** What stands between the quotes of a Terraform string. */
  evaluateQuoted(quoted: string): string {
    return this.values.evaluate(quoted, "quoted").text;
  }

  /**
   * The resource of a type that an attribute refers to, in whichever stack of the program that is.
   *
   * @param by the attribute of that resource that the reference names
   */
  referred(attribute: string, type: string, by = "id"): Resource | undefined {
    const value = this.attributes[attribute];
    return typeof value === "string" ? this.values.referred(value, type, by) : undefined;
  }

  /** For messages. */
  get where(): string {
    return `${this.address} of ${this.values.file}`;
  }
}
