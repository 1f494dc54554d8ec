import { asList, asObject, invalid, parseJson, show } from "./json.ts";

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
