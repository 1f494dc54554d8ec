import { OperatorError } from "../operator-error.ts";
import type { PlanJson } from "./plan-json.ts";

const HOW = "make it with 'terraform plan -out=plan.bin' and 'terraform show -json plan.bin'";

/**
 * Reads what `terraform show -json` printed of a plan.
 *
 * @param bytes what was read
 * @param source where it was read from, for the errors
 * @throws OperatorError where it is something else, which says what it is and how to get a plan
 */
export function readPlan(bytes: Buffer, source: string): PlanJson {
  // A saved plan is a zip archive.
  if (bytes.subarray(0, 2).toString("latin1") === "PK") {
    throw refuse(
      source,
      "is Terraform's own plan file, which is binary",
      `give what 'terraform show -json ${source}' prints, run in the stack's folder`,
    );
  }
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") throw refuse(source, "is empty", HOW);
  const value = parsed(text, source);
  if (!isObject(value)) throw refuse(source, "is JSON, but no plan", HOW);
  if (Array.isArray(value["resource_changes"]) && typeof value["format_version"] === "string") {
    return checked(value as unknown as PlanJson, source);
  }
  throw refuse(source, `is ${whatItIs(value)}`, HOW);
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [firstLine = ""] = text.trimStart().split("\n");
    if (isLogLine(firstLine)) {
      throw refuse(source, "is the log of 'terraform plan -json', which has no values in it", HOW);
    }
    if (!/^[[{]/.test(firstLine)) {
      throw refuse(source, "is a text, such as Terraform prints for people, and no JSON", HOW);
    }
    throw refuse(source, `is broken JSON (${(error as Error).message.split("\n")[0]})`, `was it cut off? ${HOW}`);
  }
}

/** A line of Terraform's machine-readable log. */
function isLogLine(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && "@level" in value;
  } catch {
    return false;
  }
}

function checked(plan: PlanJson, source: string): PlanJson {
  if (!/^1\./.test(plan.format_version)) {
    const made = plan.terraform_version === undefined ? "" : `, made by Terraform ${plan.terraform_version}`;
    throw refuse(
      source,
      `is a plan in format ${plan.format_version}${made}, and this command reads format 1`,
      "use a Terraform 1 that prints format 1, or a newer version of this command",
    );
  }
  const broken = plan.resource_changes.find((each) => !isObject(each) || !isObject(each.change) || !each.type);
  if (broken !== undefined) {
    throw refuse(source, `has a resource that is not described (${JSON.stringify(broken).slice(0, 80)})`, HOW);
  }
  return plan;
}

/** What some JSON is that is no plan. */
function whatItIs(value: Readonly<Record<string, unknown>>): string {
  if ("provider_schemas" in value) return "the providers' schema, and no plan";
  if ("serial" in value && "lineage" in value) {
    return `a state file of Terraform (version ${String(value["version"])}), and no plan`;
  }
  if ("values" in value || "format_version" in value) {
    return "what 'terraform show -json' prints of a state, and no plan";
  }
  if ("resource" in value || "terraform" in value) return "a synthesized stack, and no plan of it";
  if ("@level" in value) return "the log of 'terraform plan -json', which has no values in it";
  return "JSON, but no plan";
}

function refuse(source: string, problem: string, remedy: string): OperatorError {
  return new OperatorError("usage", `${source} ${problem}: ${remedy}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
