import { CloudError } from "./errors.ts";
import type { State } from "./state.ts";

/** A statement of a CAM policy, syntax version 2.0, with its lists spelled out. */
export interface PolicyStatement {
  readonly effect: "allow" | "deny";
  /** Patterns like `vpc:Describe*`; `name/` in front is dropped. */
  readonly actions: readonly string[];
}

/** A CAM policy document as far as it is evaluated. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
}

/**
 * Reads a CAM policy document (JSON text or the object). What this emulation cannot evaluate, it refuses: resources
 * other than `*` and conditions.
 *
 * @throws CloudError `InvalidParameter.PolicyDocumentError` and its siblings of the CAM API
 */
export function parsePolicyDocument(document: unknown): PolicyDocument {
  const root = asObject(typeof document === "string" ? parseJson(document) : document);
  if (root?.["version"] !== "2.0")
    throw invalid("VersionError", `'version' must be "2.0", got ${show(root?.["version"])}`);
  const statements = root["statement"];
  if (!Array.isArray(statements) || statements.length === 0) {
    throw invalid("StatementError", `'statement' must be a list of at least one statement, got ${show(statements)}`);
  }
  return { statements: statements.map(parseStatement) };
}

/**
 * Checks the document that says who may assume a role.
 *
 * @throws CloudError `InvalidParameter.VersionError`, `.StatementError` or `.PrincipalError` of the CAM API
 */
export function parseTrustPolicy(document: string): void {
  const root = asObject(parseJson(document));
  if (root?.["version"] !== "2.0")
    throw invalid("VersionError", `'version' must be "2.0", got ${show(root?.["version"])}`);
  const statements = root["statement"];
  if (!Array.isArray(statements) || statements.length === 0) {
    throw invalid("StatementError", `'statement' must be a list of at least one statement, got ${show(statements)}`);
  }
  for (const statement of statements.map(asObject)) {
    if (!asObject(statement?.["principal"])) {
      throw invalid("PrincipalError", `'principal' must say who may assume the role, got ${show(statement)}`);
    }
  }
}

/**
 * Whether the role's policies let it do this: an explicit deny wins, then an allow is needed.
 *
 * @param action - `<service>:<Action>`, e.g. `vpc:MigratePrivateIpAddress`
 */
export function isAllowed(state: State, roleName: string, action: string): boolean {
  const policyIds = state.roles.get(roleName)?.policyIds ?? [];
  const effects = policyIds
    .flatMap((id) => state.policies.get(id)?.document.statements ?? [])
    .filter((statement) => statement.actions.some((pattern) => matches(pattern, action)))
    .map((statement) => statement.effect);
  return effects.includes("allow") && !effects.includes("deny");
}

/** What a call without permission is answered. */
export const unauthorizedOperation = (action: string, requestId: string) =>
  new CloudError(
    "UnauthorizedOperation",
    `[request id:${requestId}]you are not authorized to perform operation (${action})\nresource (*) has no permission\n`,
  );

function parseStatement(value: unknown): PolicyStatement {
  const statement = asObject(value);
  const effect = statement?.["effect"];
  if (effect !== "allow" && effect !== "deny")
    throw invalid("EffectError", `'effect' must be allow or deny, got ${show(effect)}`);
  const actions = asList(statement?.["action"]);
  if (!actions)
    throw invalid("ActionError", `'action' must be a pattern or a list of them, got ${show(statement?.["action"])}`);
  const resources = asList(statement?.["resource"]);
  if (!resources || resources.some((resource) => resource !== "*")) {
    throw invalid(
      "ResourceError",
      `'resource' must be "*" here, got ${show(statement?.["resource"])}: resources are not evaluated`,
    );
  }
  if (statement?.["condition"] !== undefined) {
    throw invalid(
      "ConditionError",
      `'condition' must be absent here, got ${show(statement["condition"])}: it is not evaluated`,
    );
  }
  return { effect, actions: actions.map((action) => action.replace(/^name\//, "")) };
}

function matches(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "i").test(action);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("PolicyDocumentError", "the document must be JSON");
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

function asList(value: unknown): string[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((item) => typeof item === "string" && item !== "") ? list : undefined;
}

const show = (value: unknown) => JSON.stringify(value) ?? "nothing";

const invalid = (kind: string, message: string) =>
  new CloudError(`InvalidParameter.${kind}`, `Policy document: ${message}.`);
