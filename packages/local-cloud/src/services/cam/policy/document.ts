import type { Assumptions } from "../../assumptions.ts";
import { asList, asObject, checkEffect, invalid, parseJson, show } from "./json.ts";
import { checkActionPattern } from "./known-actions.ts";
import { checkResourcePattern } from "./resources.ts";

/** A statement of a CAM policy, syntax version 2.0, with its lists spelled out. */
export interface PolicyStatement {
  readonly effect: "allow" | "deny";
  /** Patterns like `vpc:Describe*`; `name/` in front is dropped. */
  readonly actions: readonly string[];
  /** Patterns like `qcs::vpc:ap-singapore:uin/:eni/*`, or `*`. */
  readonly resources: readonly string[];
}

/** A CAM policy document as far as it is evaluated. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
}

/**
 * Reads a CAM policy document (JSON text or the object). Conditions are refused, since they are not evaluated here.
 *
 * @throws CloudError `InvalidParameter.PolicyDocumentError` and its siblings of the CAM API
 */
export function parsePolicyDocument(document: unknown, assumptions: Assumptions): PolicyDocument {
  const root = asObject(typeof document === "string" ? parseJson(document) : document);
  if (root?.["version"] !== "2.0")
    throw invalid("InvalidParameter.VersionError", `'version' must be "2.0", got ${show(root?.["version"])}`);
  const statements = root["statement"];
  if (!Array.isArray(statements) || statements.length === 0) {
    throw invalid(
      "InvalidParameter.StatementError",
      `'statement' must be a list of at least one statement, got ${show(statements)}`,
    );
  }
  return { statements: statements.map((statement) => parseStatement(statement, assumptions)) };
}

function parseStatement(value: unknown, assumptions: Assumptions): PolicyStatement {
  const statement = asObject(value);
  const effect = checkEffect(statement?.["effect"]);
  const actions = asList(statement?.["action"])?.map((action) => action.replace(/^name\//, ""));
  if (!actions)
    throw invalid(
      "InvalidParameter.ActionError",
      `'action' must be a pattern or a list of them, got ${show(statement?.["action"])}`,
    );
  const resources = asList(statement?.["resource"]);
  if (!resources) {
    throw invalid(
      "InvalidParameter.ResourceError",
      `'resource' must be a pattern or a list of them, got ${show(statement?.["resource"])}`,
    );
  }
  for (const action of actions) checkActionPattern(action, assumptions);
  for (const resource of resources) checkResourcePattern(resource);
  if (statement?.["condition"] !== undefined) {
    throw invalid(
      "InvalidParameter.ConditionError",
      `'condition' must be absent here, got ${show(statement["condition"])}: it is not evaluated`,
    );
  }
  return { effect, actions, resources };
}
