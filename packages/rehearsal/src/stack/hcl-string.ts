import { gzipSync } from "node:zlib";

/** Looks up what a reference such as `tencentcloud_eip.Vip_Eip.id` stands for. */
export type Resolve = (reference: string) => string;

const USER_DATA = /^([\w+/]*)\$\{base64gzip\("(.*)"\)\}$/s;

/**
 * The bytes of `${base64gzip("…")}`, with what stands encoded before it, as Terraform evaluates and a cloud decodes them;
 * undefined where the expression is another one.
 *
 * @throws where the text holds an escape or an expression that is not understood
 */
export function evaluateUserData(expression: string, resolve: Resolve): Buffer | undefined {
  const [, before = "", quoted] = USER_DATA.exec(expression) ?? [];
  if (quoted === undefined) return undefined;
  return Buffer.concat([Buffer.from(before, "base64"), gzipSync(evaluateQuoted(quoted, resolve))]);
}

/**
 * A template of plain text and references, such as `${tencentcloud_vpc.Network_Vpc.id}`.
 *
 * @throws where an expression is more than a reference
 */
export function evaluateTemplate(template: string, resolve: Resolve): string {
  return template.replace(/\$\$\{|%%\{|\$\{([^}]*)\}/g, (match, reference) =>
    reference === undefined ? match.slice(1) : resolve(requireReference(reference)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function evaluateQuoted(quoted: string, resolve: Resolve): string {
  const token = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$\{|%%\{|\$\{([^}]*)\}|%\{/gs;
  return quoted.replace(token, (match, short, long, escaped, reference) => {
    if (short !== undefined || long !== undefined) return String.fromCodePoint(Number.parseInt(short ?? long, 16));
    if (reference !== undefined) return resolve(requireReference(reference));
    if (match === "$${" || match === "%%{") return match.slice(1);
    const character = escaped === undefined ? undefined : ESCAPES[escaped];
    if (character === undefined) throw new Error(`the Terraform string holds ${match}, which is not understood here`);
    return character;
  });
}

function requireReference(text: string): string {
  if (!/^[\w-]+(\.[\w-]+)+$/.test(text)) {
    throw new Error(`the Terraform expression \${${text}} is more than a reference, which is not understood here`);
  }
  return text;
}
