import { Token } from "cdktf";
import { HealthCheck } from "./health-check";
import { deriveAuthPass } from "../render/auth-pass";
import { parseIpv4 } from "../render/ipv4";
import { whyNoBlocks } from "../render/keepalived-blocks";
import { requireCommands, requireScript } from "./scripts";
import { PropError, requireLiteralInteger } from "../props/validation";
import * as shape from "../props/shape";

/** How keepalived elects the node that serves. Names are keepalived's own. */
export interface KeepalivedProps {
  /**
   * keepalived's `virtual_router_id`, 1–255: pairs in one subnet need different ones.
   *
   * @default - the last octet of the VIP, which no other pair of a /24 has
   */
  readonly virtualRouterId?: number;
  /**
   * keepalived's `advert_int` in whole seconds, 1–255: a dead node is found out after about 3.6 times as long.
   *
   * @default 1
   */
  readonly advertInt?: number;
  /**
   * keepalived's `auth_pass`, 1–8 characters without blanks. May be a token.
   *
   * @default - derived from the pair's name and addresses
   */
  readonly authPass?: string;
  /**
   * Makes the primary a standing master: once it is back, it takes over again after this many seconds
   * (`preempt_delay`), 0–1000. Each failure then costs two moves.
   *
   * @default - none: the node that serves goes on serving
   */
  readonly preemptDelaySeconds?: number;
  /**
   * Checks of the service: a node whose check fails gives the address up.
   *
   * @default - none
   */
  readonly healthChecks?: readonly HealthCheck[];
  /**
   * Shell commands that run as root on every change of state, beside pairctl, with the new state (`MASTER`, `BACKUP`,
   * `FAULT` or `STOP`) as `$1`.
   *
   * @default - none
   */
  readonly notifyCommands?: readonly string[];
  /**
   * Blocks of your own for keepalived.conf, such as a `virtual_server`.
   *
   * @default - none
   */
  readonly extraKeepalivedConf?: string;
}

/** The kinds of {@link KeepalivedProps}. */
export const KEEPALIVED_PROPS: shape.Shape<KeepalivedProps> = {
  virtualRouterId: shape.optional(shape.number(51)),
  advertInt: shape.optional(shape.number(1)),
  authPass: shape.optional(shape.text("s3cret")),
  preemptDelaySeconds: shape.optional(shape.number(30)),
  healthChecks: shape.optional(
    shape.list(
      shape.instanceOf("a HealthCheck", 'make it such as HealthCheck.http("http://127.0.0.1/")', () => HealthCheck),
      '[HealthCheck.http("http://127.0.0.1/")]',
    ),
  ),
  notifyCommands: shape.optional(shape.list(shape.text('logger "now $1"'), '["logger now $1"]')),
  extraKeepalivedConf: shape.optional(shape.text("virtual_server 10.0.1.100 80 { … }")),
};

/** The values of {@link KeepalivedProps} with their defaults. */
export interface KeepalivedParameters {
  readonly virtualRouterId: number;
  readonly advertInt: number;
  readonly authPass: string;
  readonly preemptDelay: number | undefined;
}

/**
 * Fills in the defaults.
 *
 * @param identity what makes the pair the pair it is: the password is derived from it
 * @throws where keepalived does not take a value
 */
export function keepalivedParameters(
  props: KeepalivedProps,
  vip: string,
  identity: readonly string[],
): KeepalivedParameters {
  const parameters = {
    virtualRouterId: props.virtualRouterId ?? ((parseIpv4(vip) ?? 0) % 256 || 255),
    advertInt: props.advertInt ?? 1,
    authPass: props.authPass ?? deriveAuthPass(identity),
    preemptDelay: props.preemptDelaySeconds,
  };
  requireLiteralInteger(
    "virtualRouterId",
    parameters.virtualRouterId,
    1,
    255,
    "choose one that no other pair of the subnet has",
  );
  requireLiteralInteger("advertInt", parameters.advertInt, 1, 255, "give whole seconds; 1 is the fastest");
  if (parameters.preemptDelay !== undefined) {
    requireLiteralInteger(
      "preemptDelaySeconds",
      parameters.preemptDelay,
      0,
      1000,
      "give whole seconds, or leave it out",
    );
  }
  requireAuthPass(parameters.authPass);
  props.notifyCommands?.forEach((command, index) => requireScript(`notifyCommands[${index}]`, command));
  requireCommands(props.notifyCommands ?? [], (index) => `notifyCommands[${index}]`);
  requireBlocks(props.extraKeepalivedConf ?? "");
  return parameters;
}

/** keepalived reads quotes, comments, braces, line continuations and its own variables also in a password. */
function requireAuthPass(authPass: string): void {
  if (Token.isUnresolved(authPass)) return;
  if (!/^[\x21-\x7e]{1,8}$/.test(authPass) || /["'#!{}\\$~@]/.test(authPass)) {
    throw new PropError(
      "authPass",
      authPass,
      "must be 1 to 8 printable characters without blanks or any of \"'#!{}\\$~@",
      "VRRPv2 carries 8; leave it out to have one derived",
    );
  }
}

function requireBlocks(text: string): void {
  if (Token.isUnresolved(text)) return;
  const why = whyNoBlocks(text);
  if (why !== undefined) throw new PropError("extraKeepalivedConf", text, why.problem, why.remedy);
}
