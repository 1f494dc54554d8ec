import { z } from "zod";
import { HealthCheck } from "../constructs";
import { refuse } from "./refuse";

const text = z.string().min(1);
const count = z.number().optional();

/** How the service is checked: one kind of check, and its timing. */
export const healthCheckSchema = z
  .strictObject({
    http: text.optional(),
    tcp: z.number().optional(),
    process: text.optional(),
    command: text.optional(),
    packages: z.array(text).optional(),
    intervalSeconds: count,
    timeoutSeconds: count,
    fall: count,
    rise: count,
  })
  .transform(({ http, tcp, process, command, packages, ...timing }, context) => {
    const kinds = [
      ...(http === undefined ? [] : [{ kind: "http" as const, http, timing }]),
      ...(tcp === undefined ? [] : [{ kind: "tcp" as const, tcp, timing }]),
      ...(process === undefined ? [] : [{ kind: "process" as const, process, timing }]),
      ...(command === undefined ? [] : [{ kind: "command" as const, command, packages, timing }]),
    ];
    const [check, ...others] = kinds;
    if (check === undefined || others.length > 0) {
      refuse(context, "must have one of http, tcp, process and command, which says what is checked", {
        found: `got ${kinds.length === 0 ? "none of them" : kinds.map(({ kind }) => kind).join(" and ")}`,
        remedy: kinds.length === 0 ? "add one" : "take the others out",
      });
      return z.NEVER;
    }
    if (packages !== undefined && check.kind !== "command") {
      refuse(context, "goes with 'command' only", { remedy: "take it out" }, ["packages"]);
      return z.NEVER;
    }
    return check;
  });

/**
 * The check that the settings describe.
 *
 * @throws PropError where a value is none that keepalived or the shell takes
 */
export function healthCheckOf(check: z.output<typeof healthCheckSchema>): HealthCheck {
  switch (check.kind) {
    case "http":
      return HealthCheck.http(check.http, check.timing);
    case "tcp":
      return HealthCheck.tcp(check.tcp, check.timing);
    case "process":
      return HealthCheck.process(check.process, check.timing);
    case "command":
      return HealthCheck.command(check.command, { ...check.timing, packages: check.packages });
  }
}
