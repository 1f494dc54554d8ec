/** Something that went wrong in a way that this program knows. */
export interface Problem extends Error {
  /**
   * The cloud's error code, or one of ours. `NetworkError`: no answer, or none of the API's. `Malformed`: an answer that
   * lacks what it must have. `Metadata`: the metadata service does not answer, or not with what was asked for.
   * `Settings`: they are not those of this node or of this cloud. `Task`: the cloud could not do what it had begun.
   * `VRRP`: keepalived's state has changed since it was looked at.
   */
  readonly code: string;
}

/** An error with a code. */
export function problem(code: string, message: string): Problem {
  return Object.assign(new Error(message), { code });
}

/** Codes that pass by themselves, with all that stands behind them, such as `RequestLimitExceeded.UinLimitExceeded`. */
const PASSING_FAMILY =
  /^(RequestLimitExceeded|Internal(Server)?Error|ServiceUnavailable|ResourceInUse|NetworkError|Malformed|Metadata|Task|VRRP)\b/;

/**
 * What the other codes name where they pass:
 *
 * - `Task`, `State`, `Status`, `Processing`, `Detect`: something is at work on the address, the network interface or the EIP,
 *   and its state is about to change;
 * - `Already`, `Attachment`, `NotMatch`, `InterfaceId.NotFound`: something is otherwise than this node saw it;
 * - `ActionLimited`, `ResourceUnavailable`: too many calls at a time;
 * - `Expire`: the next call has the cloud's time.
 *
 * Sources: the error lists of the official SDK, by action; see the test.
 */
const PASSING_SUBJECT =
  /Task|State|Status|Processing|Detect|\.Already|Attachment|NotMatch$|InterfaceId\.NotFound|ActionLimited|ResourceUnavailable$|Expire/;

/**
 * Codes that say that the credentials are no good, as where those that are kept on the node were damaged: the next call has
 * fresh ones. Of the other members of `AuthFailure`, `SignatureExpire` is about the clock, `UnauthorizedOperation` about what
 * the role may do, and `MFAFailure` about no role at all. Source: the common error codes in the API's documentation.
 */
export const REFUSED_CREDENTIALS = /SignatureFailure|Token|SecretId|InvalidAuth/;

/** Whether it is worth looking again after an error. */
export function passes({ code }: Pick<Problem, "code">): boolean {
  return PASSING_FAMILY.test(code) || PASSING_SUBJECT.test(code) || REFUSED_CREDENTIALS.test(code);
}
