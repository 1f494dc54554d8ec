/** The form in which cdktf writes a string token into a text. */
const TOKEN_MARKER = /(\$\{TfToken\[[^\]]+\]\})/;

/**
 * Writes text as the inside of a Terraform string literal, leaving cdktf's token markers as they are.
 *
 * A token marker becomes an interpolation when cdktf resolves it; everything else must reach Terraform as it stands,
 * so that a literal `${` or `%{` (of a script, say) is no template.
 */
export function quoteHclString(text: string): string {
  return mapLiterals(text, quoteLiteral, (marker) => marker);
}

/**
 * Writes text such that Terraform takes it as it stands where it stands in JSON: a `${` or `%{` in a tag or a
 * description is no template. cdktf's token markers are left as they are.
 */
export function literalText(text: string): string {
  const parts = splitAtTokenMarkers(text);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const escaped = part.replace(/[$%]\{/g, (start) => `${start[0]}${start}`);
      // A `$` in front of the interpolation that a token marker becomes would escape it.
      return index < parts.length - 1 ? escaped.replace(/\$+$/, (end) => `\${"${end}"}`) : escaped;
    })
    .join("");
}

/** The text cut at cdktf's token markers: literal, marker, literal and so on; it begins and ends with a literal. */
export function splitAtTokenMarkers(text: string): string[] {
  return text.split(TOKEN_MARKER);
}

/** Replaces each token marker by a stand-in, for a look at the text that needs no values, such as its size. */
export function replaceTokenMarkers(text: string, standIn: string): string {
  return mapLiterals(
    text,
    (literal) => literal,
    () => standIn,
  );
}

function mapLiterals(text: string, literal: (part: string) => string, marker: (part: string) => string): string {
  return splitAtTokenMarkers(text)
    .map((part, index) => (index % 2 === 1 ? marker(part) : literal(part)))
    .join("");
}

/**
 * JSON's escapes are Terraform's but for `\b` and `\f`. A `$` or `%` that starts a template, or would together with
 * the token marker behind it, is written by its code point, which the template scanner does not take for one.
 */
function quoteLiteral(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\./g, (pair) => (pair === "\\b" ? "\\u0008" : pair === "\\f" ? "\\u000c" : pair))
    .replace(/\$(?=\{|$)/g, "\\u0024")
    .replace(/%(?=\{|$)/g, "\\u0025");
}
