import { HealthCheck, type HealthCheckTiming } from "../../constructs";
import { HEALTH_CHECK_FIELDS } from "../../constructs/pair/health-check";
import { PropError, Shown } from "../../constructs/props/prop-error";
import * as shape from "../../constructs/props/shape";
import { atMostOneOf, oneOf } from "../key-rules";

/** A check of the service: one of `http`, `tcp`, `process` and `command`, and its timing. */
export interface HealthCheckSettings extends HealthCheckTiming {
  /**
   * A URL of the node that must be delivered, with any status below 400. curl is installed for it.
   *
   * @default - another kind of check
   */
  readonly http?: string;
  /**
   * A TCP port of the node that must accept a connection.
   *
   * @default - another kind of check
   */
  readonly tcp?: number;
  /**
   * The name of a process that must run, as `ps -o comm` shows it.
   *
   * @default - another kind of check
   */
  readonly process?: string;
  /**
   * A line for /bin/sh, run as root: exit status 0 means healthy. What it calls must be on the image, or in `packages`.
   *
   * @default - another kind of check
   */
  readonly command?: string;
  /**
   * Packages that `command` needs, such as `mariadb-client`.
   *
   * @default - none
   */
  readonly packages?: readonly string[];
}

const KINDS = ["http", "tcp", "process", "command"] as const;

export const HEALTH_CHECK = shape.described(
  shape.object<HealthCheckSettings>({
    ...HEALTH_CHECK_FIELDS,
    http: shape.optional(HEALTH_CHECK_FIELDS.http),
    tcp: shape.optional(HEALTH_CHECK_FIELDS.tcp),
    process: shape.optional(HEALTH_CHECK_FIELDS.process),
    command: shape.optional(HEALTH_CHECK_FIELDS.command),
    packages: shape.optional(HEALTH_CHECK_FIELDS.packages),
  }),
  { allOf: [oneOf(...KINDS), atMostOneOf(...KINDS)], dependencies: { packages: ["command"] } },
);

/**
 * The check that the settings describe.
 *
 * @throws PropError where there is no kind of check, or several, or a value is none that keepalived or the shell takes
 */
export function healthCheckOf(settings: HealthCheckSettings): HealthCheck {
  const { http, tcp, process, command, packages, ...timing } = settings;
  const given = KINDS.filter((kind) => settings[kind] !== undefined);
  if (given.length !== 1) {
    throw new PropError(
      "healthCheck",
      new Shown(given.length === 0 ? "none of them" : given.join(" and ")),
      "must have one of http, tcp, process and command, which says what is checked",
      given.length === 0 ? "add one" : "take the others out",
    );
  }
  if (packages !== undefined && command === undefined) {
    throw new PropError("healthCheck.packages", packages, "goes with 'command' only", "take it out");
  }
  if (http !== undefined) return HealthCheck.http(http, timing);
  if (tcp !== undefined) return HealthCheck.tcp(tcp, timing);
  if (process !== undefined) return HealthCheck.process(process, timing);
  return HealthCheck.command(command ?? "", { ...timing, packages });
}
