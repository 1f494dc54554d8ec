import { asList, asObject, checkEffect, invalid, parseJson, show } from "../policy/json.ts";
import { isServiceName } from "../policy/known-actions.ts";

/**
 * Checks the document that says who may assume a role.
 *
 * @throws CloudError `InvalidParameter.VersionError`, `.StatementError`, `.EffectError`, `.ActionError`,
 *   `.PrincipalError`, `.PrincipalServiceNotExist` or `.PrincipalQcsError` of the CAM API
 */
export function parseTrustPolicy(document: string): void {
  const root = asObject(parseJson(document));
  if (root?.["version"] !== "2.0")
    throw invalid("InvalidParameter.VersionError", `'version' must be "2.0", got ${show(root?.["version"])}`);
  const statements = root["statement"];
  if (!Array.isArray(statements) || statements.length === 0) {
    throw invalid(
      "InvalidParameter.StatementError",
      `'statement' must be a list of at least one statement, got ${show(statements)}`,
    );
  }
  for (const statement of statements.map(asObject)) {
    checkEffect(statement?.["effect"]);
    if (!asList(statement?.["action"])) {
      throw invalid(
        "InvalidParameter.ActionError",
        `'action' must be name/sts:AssumeRole, got ${show(statement?.["action"])}`,
      );
    }
    const principal = asObject(statement?.["principal"]);
    if (!principal) {
      throw invalid(
        "InvalidParameter.PrincipalError",
        `'principal' must say who may assume the role, got ${show(statement)}`,
      );
    }
    checkPrincipal(principal);
  }
}

function checkPrincipal(principal: Record<string, unknown>): void {
  for (const service of asList(principal["service"]) ?? []) {
    const [, name = ""] = /^([a-z0-9-]+)\.(?:qcloud\.com|cloud\.tencent\.com|tencentcloud\.com)$/.exec(service) ?? [];
    if (!isServiceName(name))
      throw invalid("InvalidParameter.PrincipalServiceNotExist", `the service '${service}' does not exist`);
  }
  for (const qcs of asList(principal["qcs"]) ?? []) {
    if (!/^qcs::cam::(uin|anonymous)\b/.test(qcs)) {
      throw invalid("InvalidParameter.PrincipalQcsError", `'qcs' must be qcs::cam::uin/<uin>:…, got '${qcs}'`);
    }
  }
}

/** Whether a role's document lets CVMs assume it. @param document - as an object or as JSON, as it was given */
export function letsCvmAssume(document: unknown): boolean {
  const root = asObject(typeof document === "string" ? parseJson(document) : document);
  const statements = Array.isArray(root?.["statement"]) ? root["statement"].map(asObject) : [];
  return statements.some((statement) => {
    const principal = asObject(statement?.["principal"]);
    return (
      statement?.["effect"] === "allow" &&
      (asList(principal?.["service"]) ?? []).some((service) => /^cvm\.(qcloud|cloud\.tencent)\.com$/.test(service))
    );
  });
}
