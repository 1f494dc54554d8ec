import { type IResolvable, type IResolveContext, Token } from "cdktf";

/**
 * A text that Terraform gets as it is written here, `${…}` included. Token markers in it become interpolations.
 *
 * cdktf takes a `${` in an ordinary string for an expression that goes on until the next `}`, leaves the braces of the
 * tokens between them out, and looks for both from every brace of the text to its end, which takes seconds where there are
 * many user data.
 */
export function terraformTemplate(text: string): string {
  return Token.asString(new TerraformTemplate(text));
}

class TerraformTemplate implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  resolve(context: IResolveContext): unknown {
    const { ignoreEscapes } = context;
    context.ignoreEscapes = true;
    try {
      return context.resolve(this.#text);
    } finally {
      context.ignoreEscapes = ignoreEscapes as boolean;
    }
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<a template of Terraform>";
  }
}
