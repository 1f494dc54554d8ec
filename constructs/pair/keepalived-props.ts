import { Token } from "cdktf";
import {
  keepalivedOptionsOf,
  KEEPALIVED_OPTION_PROPS,
  requireOptions,
  requireVersion,
  requireVersionOf,
} from "./keepalived-option-props";
import { HealthCheck } from "./health-check";
import { deriveAuthPass } from "../render/auth-pass";
import { parseIpv4 } from "../render/ipv4";
import { whyNoBlocks } from "../render/keepalived-blocks";
import type { KeepalivedOptions } from "../render/keepalived-options";
import { KEEPALIVED_VERSION, OLDEST_KEEPALIVED, OLDEST_WITH_VRRP_3 } from "../render/keepalived-version";
import { requireCommands, requireScript } from "./scripts";
import { PropError, requireLiteral, requireLiteralInteger } from "../props/validation";
import * as shape from "../props/shape";

/** How keepalived elects the node that serves. Names are keepalived's own. */
export interface KeepalivedProps extends KeepalivedOptions {
  /**
   * The oldest keepalived that the nodes may have, such as `2.2.7`: what a later version brought is refused at synth, and a
   * node whose image brings an older one does not start keepalived.
   *
   * @default "1.2.8"
   */
  readonly minKeepalivedVersion?: string;
  /**
   * The version of VRRP, 2 or 3. Version 3 has adverts of less than a second and no `authPass`; keepalived 2.0.10 or later.
   * Nodes of different VRRP versions do not hear each other.
   *
   * @default 2
   */
  readonly vrrpVersion?: 2 | 3;
  /**
   * keepalived's `virtual_router_id`, 1–255: pairs in one subnet need different ones.
   *
   * @default - the last octet of the VIP, which no other pair of a /24 has
   */
  readonly virtualRouterId?: number;
  /**
   * keepalived's `advert_int` in seconds: a dead node is found out after about 3.6 times as long. Whole seconds, 1–255; with
   * `vrrpVersion` 3 also fractions of a hundredth, 0.1–40.
   *
   * @default 1
   */
  readonly advertInt?: number;
  /**
   * keepalived's `auth_pass`, 1–8 characters without blanks. May be a token. Not with `vrrpVersion` 3.
   *
   * @default - derived from the pair's name and addresses; none with `vrrpVersion` 3
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

const VIRTUAL_ROUTER_ID: shape.Limits = [1, 255];
const PREEMPT_DELAY_SECONDS: shape.Limits = [0, 1000];
const VRRP_VERSIONS = [2, 3];
/** In seconds, by the version of VRRP: whole ones in version 2 (RFC 3768), up to 40.95 in version 3 (RFC 5798, 5.2.7). */
const ADVERT_INT: Readonly<Record<2 | 3, shape.Limits>> = { 2: [1, 255], 3: [0.1, 40] };
/** keepalived reads quotes, comments, braces, line continuations and its own variables also in a password. */
const AUTH_PASS = /^(?!.*["'#!{}\\$~@])[\x21-\x7e]{1,8}$/;

/** The kinds of {@link KeepalivedProps}. */
export const KEEPALIVED_PROPS: shape.Shape<KeepalivedProps> = {
  ...KEEPALIVED_OPTION_PROPS,
  minKeepalivedVersion: shape.optional(shape.matching("2.2.7", KEEPALIVED_VERSION)),
  vrrpVersion: shape.optional(shape.described(shape.number(3), { enum: VRRP_VERSIONS })),
  virtualRouterId: shape.optional(shape.integer(51, VIRTUAL_ROUTER_ID)),
  advertInt: shape.optional(shape.number(1, [ADVERT_INT[3][0], ADVERT_INT[2][1]])),
  authPass: shape.optional(shape.matching("s3cret", AUTH_PASS)),
  preemptDelaySeconds: shape.optional(shape.integer(30, PREEMPT_DELAY_SECONDS)),
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
export interface KeepalivedParameters extends KeepalivedOptions {
  readonly minKeepalivedVersion: string;
  readonly virtualRouterId: number;
  readonly advertInt: number;
  /** Undefined with VRRP version 3, which has no authentication. */
  readonly authPass: string | undefined;
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
  for (const check of keepalivedChecks(props)) check();
  return {
    minKeepalivedVersion: props.minKeepalivedVersion ?? OLDEST_KEEPALIVED,
    virtualRouterId: props.virtualRouterId ?? ((parseIpv4(vip) ?? 0) % 256 || 255),
    advertInt: advertIntOf(props),
    authPass: props.vrrpVersion === 3 ? undefined : (props.authPass ?? deriveAuthPass(identity)),
    preemptDelay: props.preemptDelaySeconds,
    ...keepalivedOptionsOf(props),
  };
}

const advertIntOf = ({ advertInt = 1 }: KeepalivedProps) => advertInt;

/** Everything that is checked, each by itself: it throws where keepalived does not take a value. */
export function keepalivedChecks(props: KeepalivedProps): (() => void)[] {
  const { minKeepalivedVersion = OLDEST_KEEPALIVED, notifyCommands = [], preemptDelaySeconds, virtualRouterId } = props;
  const otherId = "choose one that no other pair of the subnet has";
  return [
    () => requireVersion(minKeepalivedVersion),
    () => requireVrrpVersion(props, minKeepalivedVersion),
    () => requireLiteralInteger("virtualRouterId", virtualRouterId ?? 1, ...VIRTUAL_ROUTER_ID, otherId),
    () => requireAdvertInt(props),
    () =>
      requireLiteralInteger(
        "preemptDelaySeconds",
        preemptDelaySeconds ?? 0,
        ...PREEMPT_DELAY_SECONDS,
        "give whole seconds, or leave it out",
      ),
    () => requireAuthPass(props),
    ...requireOptions(props, minKeepalivedVersion, advertIntOf(props)),
    ...notifyCommands.map((command, index) => () => requireScript(`notifyCommands[${index}]`, command)),
    () => requireCommands(notifyCommands, (index) => `notifyCommands[${index}]`),
    () => requireBlocks(props.extraKeepalivedConf ?? ""),
  ];
}

function requireVrrpVersion({ vrrpVersion = 2 }: KeepalivedProps, minKeepalivedVersion: string): void {
  requireLiteral("vrrpVersion", vrrpVersion);
  // JavaScript and settings files can say any number.
  if (!VRRP_VERSIONS.includes(vrrpVersion)) {
    throw new PropError("vrrpVersion", vrrpVersion, "must be 2 or 3", "choose 3 for adverts of less than a second");
  }
  if (vrrpVersion === 3) requireVersionOf("vrrpVersion", vrrpVersion, OLDEST_WITH_VRRP_3, minKeepalivedVersion);
}

/** VRRP carries whole seconds in version 2, and hundredths of one in version 3. */
function requireAdvertInt(props: KeepalivedProps): void {
  const advertInt = advertIntOf(props);
  if (props.vrrpVersion !== 3) {
    const remedy = 'give whole seconds; below 1 only with vrrpVersion 3 and a minKeepalivedVersion such as "2.2.7"';
    requireLiteralInteger("advertInt", advertInt, ...ADVERT_INT[2], remedy);
    return;
  }
  requireLiteral("advertInt", advertInt);
  const [min, max] = ADVERT_INT[3];
  if (!(advertInt >= min && advertInt <= max && Number(advertInt.toFixed(2)) === advertInt)) {
    throw new PropError(
      "advertInt",
      advertInt,
      `must be between ${min} and ${max} seconds in steps of 0.01`,
      "give one such as 0.2; each short stall of a node would be a failover below 0.1",
    );
  }
}

function requireAuthPass({ authPass, vrrpVersion }: KeepalivedProps): void {
  if (authPass !== undefined && vrrpVersion === 3) {
    const problem = "must be left out with vrrpVersion 3, which has no authentication";
    throw new PropError("authPass", authPass, problem, "take it out: the security group keeps foreign adverts out");
  }
  if (authPass === undefined || Token.isUnresolved(authPass)) return;
  if (!AUTH_PASS.test(authPass)) {
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
