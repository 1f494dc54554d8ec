/** What stands in the place of a secret. */
const HIDDEN = "(hidden)";
/** What stands in the place of a secret that differs from the one before. */
const HIDDEN_OTHER = "(hidden, another one)";

/** The end of a name whose value nobody else may read. */
const SECRET = String.raw`(?:pass(?:word|wd|phrase)?|secret(?:[_-]?(?:id|key))?|token|api[_-]?key|private[_-]?key|credential)s?`;

/** Where secrets stand, as far as a pattern can know: the first group is what is before one, the second is the secret. */
const PATTERNS: readonly RegExp[] = [
  // keepalived's own.
  /(\bauth_pass[ \t]+)(\S+)/g,
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)([^]*?)(?=-----END [A-Z ]*PRIVATE KEY-----)/g,
  /(\bauthorization["']?[ \t]*[:=][ \t]*["']?(?:(?:bearer|basic|token)[ \t]+)?)([^\s"',;]+)/gi,
  // The password in a URL, and of curl --user.
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:)([^\s/@"']+)(?=@)/gi,
  /((?:^|\s)(?:-u|--user)[\s=]+["']?[^\s:"']+:)([^\s"']+)/g,
  // `DB_PASSWORD=…`, `"token": "…"`, and `--password …`.
  new RegExp(String.raw`((?:^|[^\w])[\w.-]*${SECRET}["']?[ \t]*[:=][ \t]*["']?)([^\s"',;]+)`, "gim"),
  new RegExp(String.raw`(\s--?[\w-]*${SECRET}[ \t]+["']?)([^\s"'-][^\s"']*)`, "gi"),
];

/**
 * Takes the secrets out of a text.
 *
 * @param others texts whose secrets are to be told from those of this one: what is not in them is shown as another one
 */
export function withoutSecrets(text: string, others: readonly string[] = []): string {
  const known = new Set(others.flatMap(secretsIn));
  return replaceSecrets(text, (secret) => (others.length === 0 || known.has(secret) ? HIDDEN : HIDDEN_OTHER));
}

/** Every secret that stands in a text. */
function secretsIn(text: string): string[] {
  const found: string[] = [];
  replaceSecrets(text, (secret) => {
    found.push(secret);
    return HIDDEN;
  });
  return found;
}

function replaceSecrets(text: string, mark: (secret: string) => string): string {
  const replace = (rest: string, pattern: RegExp) =>
    rest.replace(pattern, (whole: string, before: string, secret: string) =>
      // What another pattern has replaced already.
      secret.startsWith("(hidden") ? whole : `${before}${mark(secret)}`,
    );
  return PATTERNS.reduce(replace, text);
}
