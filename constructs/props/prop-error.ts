import { Construct } from "constructs";

/**
 * A value that cannot be deployed. The message says where, names the prop, shows the value and says what to do:
 * `stack/Pair: 'virtualRouterId' must be an integer between 1 and 255, got 300: choose one that …`. A value that can be
 * a secret is never shown.
 */
export class PropError extends Error {
  /**
   * @param prop the prop, such as `primary.privateIp`
   * @param value what was found there
   * @param problem what is wrong with it, such as `must be a text`
   * @param remedy what to do
   * @param where the construct's path, or the function that was called; left out where `locating` adds it
   */
  constructor(
    readonly prop: string,
    value: unknown,
    readonly problem: string,
    readonly remedy: string,
    readonly where?: string,
  ) {
    super(`${where === undefined ? "" : `${where}: `}'${prop}' ${problem}, got ${showProp(prop, value)}: ${remedy}`);
    this.name = "PropError";
  }

  /** The same refusal with the place where the prop was given, and the stack trace of the first. */
  at(where: string): PropError {
    const located = Object.create(PropError.prototype, Object.getOwnPropertyDescriptors(this)) as PropError;
    const message = `${where}: ${this.message}`;
    return Object.defineProperties(located, {
      where: { value: where, enumerable: true },
      message: { value: message, configurable: true },
      // Put together when it is read: reading the first one translates the whole stack by source maps.
      stack: { get: () => this.stack?.replace(this.message, () => message), configurable: true },
    });
  }
}

/** An error to rethrow at a place: a refusal gets the name of the place, unless it has one already. */
export function locatedAt(where: string, error: unknown): unknown {
  return error instanceof PropError && error.where === undefined ? error.at(where) : error;
}

/** Runs a function whose refusals get the name of a place, unless they have one already. */
export function locating<Result>(where: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw locatedAt(where, error);
  }
}

/** Props whose values are secrets, or may hold one: passwords, and texts that a user writes for the nodes. */
const SECRET = /(^|\.)(authPass|cloudConfig)\b/;
const MAY_HOLD_SECRET = /(^|\.)(notifyCommands|healthChecks?|extraKeepalivedConf|publicKey|keyIds?)\b/;

/** A text that names a secret, and so may be a whole section with its password. */
const NAMES_SECRET = /auth_?pass|passw|secret|private key/i;

/** Whether a prop's value is a secret, whatever it is. */
export function isSecret(prop: string): boolean {
  return SECRET.test(prop);
}

/**
 * A prop's value as an error may show it.
 *
 * @param within the props that the value would hold, were it of the right kind: a text in its place can hold them too
 */
export function showProp(prop: string, value: unknown, within: readonly string[] = []): string {
  if (value === undefined || value === null || value instanceof Shown) return show(value);
  const hidden = SECRET.test(prop) || (typeof value === "string" && mayBeSecret([prop, ...within], value));
  return hidden ? `${kindOf(value)} that is not shown, since it may be a secret` : show(value);
}

/** A single short word of what a user writes for the nodes is shown: it is no command with a password. */
function mayBeSecret(props: readonly string[], value: string): boolean {
  if (NAMES_SECRET.test(value) || props.some((prop) => SECRET.test(prop))) return true;
  return (value.length > 20 || /\s/.test(value.trim())) && props.some((prop) => MAY_HOLD_SECRET.test(prop));
}

/** A value, short: of an object, a list or a function only what it is; of a URL neither password nor query. */
export function show(value: unknown): string {
  if (value instanceof Shown) return value.text;
  if (typeof value === "string") {
    const harmless = value.replace(/[^/\s]*@/g, "***@").replace(/\?.*/s, "?***");
    return JSON.stringify(harmless.length > 100 ? `${harmless.slice(0, 100)}…` : harmless);
  }
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean" || value === null) return String(value);
  return kindOf(value);
}

/** What takes a value's place in an error, such as a token's. */
export class Shown {
  constructor(readonly text: string) {}
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `a list of ${value.length}`;
  if (Construct.isConstruct(value)) return `the ${value.constructor.name} ${value.node.path}`;
  if (typeof value === "string") return value === "" ? "an empty text" : `a text of ${value.length} characters`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const name = value.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `an object of class ${name}`;
}
