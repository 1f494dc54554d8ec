import { asObject, invalid, parseJson, show } from "../policy/json.ts";

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
