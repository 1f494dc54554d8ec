import { accountUin } from "../../account.ts";
import { invalid } from "./json.ts";
import { isServiceName } from "./known-actions.ts";

/** Where the ids of a call stand in resource names: service and prefix, by how the id begins. */
const kinds: Readonly<Record<string, string>> = {
  eni: "vpc/eni",
  havip: "vpc/havip",
  subnet: "vpc/subnet",
  vpc: "vpc/vpc",
  eip: "cvm/eip",
  ins: "cvm/instance",
  sg: "cvm/sg",
};

/**
 * Checks a statement's resource: `*`, or six segments `qcs:<project>:<service>:<region>:<account>:<resource>`.
 *
 * @throws CloudError `InvalidParameter.ResourceError` or `.ResourceServiceNotExist`
 */
export function checkResourcePattern(pattern: string): void {
  if (pattern === "*") return;
  const segments = pattern.split(":");
  if (segments.length !== 6 || segments[0] !== "qcs" || !segments[2] || !segments[5]) {
    throw invalid(
      "InvalidParameter.ResourceError",
      `'resource' must be * or qcs::<service>:<region>:<account>:<resource>, got '${pattern}'`,
    );
  }
  if (!segments[2].includes("*") && !isServiceName(segments[2])) {
    throw invalid(
      "InvalidParameter.ResourceServiceNotExist",
      `the service '${segments[2]}' of the resource '${pattern}' does not exist`,
    );
  }
}

/** The names of the resources whose ids stand in a request's body, whatever parameter they are in. */
export function resourcesIn(body: string, region: string): string[] {
  const ids = new Set(
    [...body.matchAll(/"((eni|havip|subnet|vpc|eip|ins|sg)-[0-9a-z]{8,})"/g)].map(([, id]) => id ?? ""),
  );
  return [...ids].map((id) => {
    const [service, prefix] = (kinds[id.slice(0, id.indexOf("-"))] ?? "").split("/");
    return `qcs::${service}:${region}:uin/${accountUin}:${prefix}/${id}`;
  });
}

/** Whether a pattern is for this resource; empty segments of region and account stand for any. */
export function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === "*") return true;
  const wanted = pattern.split(":");
  return resource.split(":").every((segment, index) => {
    const part = wanted[index] ?? "";
    const isAny = index === 1 || (index === 3 && part === "") || (index === 4 && (part === "" || part === "uin/"));
    return isAny || new RegExp(`^${part.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(segment);
  });
}
