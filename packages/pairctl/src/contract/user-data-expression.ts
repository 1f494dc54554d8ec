import { gunzipSync } from "zlib";

/** What an instance's `user_data` is made from. */
export interface UserDataSource {
  /**
   * The beginning of what the node gets, packed before Terraform runs: gzip of a multiple of three bytes, in base64, so that
   * what follows can be appended. Empty where Terraform packs everything.
   */
  readonly packed: string;
  /** The rest, as the inside of a Terraform string in quotes. */
  readonly quoted: string;
}

/**
 * The Terraform expression of an instance's `user_data`. Terraform itself gzips and base64 encodes the second part, so that
 * references in it get their values first. What is unpacked of two gzip streams in a row is one text (RFC 1952, members).
 */
export function userDataExpression({ packed, quoted }: UserDataSource): string {
  return `${packed}\${base64gzip("${quoted}")}`;
}

/** What {@link userDataExpression} was given, or undefined where an expression is another one. */
export function userDataSource(expression: string): UserDataSource | undefined {
  const [, packed, quoted] = /^([A-Za-z0-9+/]*)\$\{base64gzip\("(.*)"\)\}$/s.exec(expression) ?? [];
  return packed === undefined || quoted === undefined ? undefined : { packed, quoted };
}

/** The text that is packed before Terraform runs. */
export function packedText({ packed }: UserDataSource): string {
  return packed === "" ? "" : gunzipSync(Buffer.from(packed, "base64")).toString();
}

/** A piece of a Terraform template: text as it stands, or an expression without the `${` and `}` around it. */
export type TemplatePart =
  { readonly text: string; readonly expression?: never } | { readonly expression: string; readonly text?: never };

/**
 * How a template is written. `quoted`: as the inside of a string in quotes, where a backslash escapes. `bare`: as the
 * value of an attribute in Terraform's JSON.
 */
export type TemplateForm = "quoted" | "bare";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Everything in a template that does not stand for itself. */
const SPECIAL: Readonly<Record<TemplateForm, RegExp>> = {
  quoted: /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]?))|\$\$\{|%%\{|\$\{|%\{/g,
  bare: /\$\$\{|%%\{|\$\{|%\{/g,
};

/**
 * The parts of a Terraform template, in order.
 *
 * @throws where it holds an escape that Terraform does not know, a directive (`%{`), or an expression that does not end
 */
export function templateParts(template: string, form: TemplateForm): TemplatePart[] {
  const parts: TemplatePart[] = [];
  const special = new RegExp(SPECIAL[form]);
  let text = "";
  const endText = () => {
    if (text !== "") parts.push({ text });
    text = "";
  };
  for (let at = 0; at < template.length; at = special.lastIndex) {
    special.lastIndex = at;
    const match = special.exec(template);
    text += template.slice(at, match ? match.index : template.length);
    if (!match) break;
    if (match[0] !== "${") text += unescaped(match);
    else {
      endText();
      const start = special.lastIndex;
      const end = closing(template, start);
      parts.push({ expression: template.slice(start, end) });
      special.lastIndex = end + 1;
    }
  }
  endText();
  return parts;
}

/** What a quoted string says, with its expressions as they are written. */
export function withExpressions(quoted: string): string {
  return templateParts(quoted, "quoted")
    .map(({ text, expression }) => text ?? `\${${expression}}`)
    .join("");
}

function unescaped([token, short, long, escaped]: RegExpExecArray): string {
  const code = short || long;
  if (code) return String.fromCodePoint(parseInt(code, 16));
  if (token === "$${" || token === "%%{") return token.slice(1);
  const character = escaped && ESCAPES[escaped];
  if (character) return character;
  throw new Error(`the Terraform string holds ${token}, which is not understood here`);
}

/** Where the brace is that closes an expression: its strings, and what is inserted into those, may have others. */
function closing(template: string, start: number): number {
  const open = ["}"];
  for (let at = start; at < template.length; at += 1) {
    const character = template[at];
    const isInString = open[0] === '"';
    if (character === open[0]) open.shift();
    else if (isInString && character === "\\") at += 1;
    else if (isInString && character === "$" && template[at + 1] === "{") {
      open.unshift("}");
      at += 1;
    } else if (!isInString && character === "{") open.unshift("}");
    else if (!isInString && character === '"') open.unshift('"');
    if (open.length === 0) return at;
  }
  throw new Error(`the Terraform expression ${template.slice(start - 2, start + 40)}… does not end`);
}
