import { type IResolvable, type IResolveContext, Token } from "cdktf";
import { splitAtTokenMarkers } from "../render/hcl-string";

/**
 * A text that Terraform gets as it is written here, `${…}` included. Token markers in it become interpolations.
 *
 * cdktf takes a `${` in an ordinary string for an expression that goes on until the next `}`, leaves the braces of the
 * tokens between them out, and looks for both from every brace of the text to its end, which takes seconds where there are
 * many user data. Without a token in it, cdktf writes a text out as it stands.
 */
export function terraformTemplate(text: string): string {
  const parts = splitAtTokenMarkers(text);
  return parts.length === 1 ? text : Token.asString(new TerraformTemplate(parts));
}

class TerraformTemplate implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #parts: readonly string[];

  /** @param parts what {@link splitAtTokenMarkers} makes of the text */
  constructor(parts: readonly string[]) {
    this.#parts = parts;
  }

  resolve(context: IResolveContext): unknown {
    const { ignoreEscapes } = context;
    context.ignoreEscapes = true;
    try {
      const parts = this.#parts.map((part, index) => {
        if (index % 2 === 1) return String(context.resolve(part) ?? "");
        // When it prepares, cdktf looks for references to other stacks, and throws the text away.
        return context.preparing ? "" : part;
      });
      return parts.join("");
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
