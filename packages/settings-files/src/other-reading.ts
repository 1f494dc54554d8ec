import { parseDocument, type Scalar } from "yaml";

/**
 * Says of a value without quotes that other YAML readers take it for something else: those of YAML 1.1 (PyYAML, and with it
 * Ansible and cloud-init; Ruby; older Go) read `no` as false, `010` as 8, `1:30` as 90 and `2026-11-26` as a date, and `1e3` as
 * a text. The value itself is not shown, since it may be a secret.
 *
 * @returns undefined where all read the same
 */
export function otherReading({ type, source, value, tag }: Scalar): string | undefined {
  if (type !== "PLAIN" || source === undefined || source === "" || source === "<<" || tag !== undefined)
    return undefined;
  if (isSame(value, readAs11(source))) return undefined;
  const meant = typeof value === "string" ? "text" : typeof value;
  return (
    `has a value that YAML 1.2 takes for a ${meant} and YAML 1.1, which other programs read, for something else (such as ` +
    `no, 010, 1:30, 1e3, 1_000 or a date): put it in quotes if it is a text, or write ${meant === "text" ? "true, false or a plain number" : "it in plain digits"}`
  );
}

/** What YAML 1.1 reads, as PyYAML does. */
function readAs11(source: string): unknown {
  // PyYAML takes an exponent only behind a point, and with a sign.
  if (/^[-+]?[\d.]+e[-+]?\d+$/i.test(source) && !/^[-+]?(\d+\.\d*|\.\d+)e[-+]\d+$/i.test(source)) return source;
  // A leading zero makes an octal number, or a text where it has an 8 or 9; `=` has a type of its own.
  if (/^[-+]?0\d*[89]/.test(source) && /^[-+]?\d+$/.test(source)) return source;
  if (source === "=") return undefined;
  const document = parseDocument(source, { version: "1.1", logLevel: "silent" });
  return document.errors.length > 0 ? source : (document.toJS() as unknown);
}

function isSame(one: unknown, other: unknown): boolean {
  return Object.is(one, other) || (typeof one === "number" && one === other);
}
