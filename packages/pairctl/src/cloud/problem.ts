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

/** Codes that pass by themselves with all that stands behind them, such as `RequestLimitExceeded.UinLimitExceeded`. */
const PASSING_FAMILIES = [
  "RequestLimitExceeded",
  "InternalError",
  "InternalServerError",
  "ServiceUnavailable",
  "ResourceInUse",
  // Ours.
  "NetworkError",
  "Malformed",
  "Metadata",
  "Task",
  "VRRP",
];

/**
 * The last words of codes that pass by themselves, or say that the world has changed since it was looked at. Sources: the
 * error lists of the official SDK, by action; see the test.
 */
const PASSING_REASONS = [
  // Too many at a time.
  "ActionLimited",
  "ResourceUnavailable",
  // Another task is at work on the address, the network interface or the EIP.
  "IdempotentProcessing",
  "MutexOperationTaskRunning",
  "MutexTaskRunning",
  "NetDetectTimeOut",
  "TaskFailed",
  // What was seen is not so any more: a look shows what is.
  "AddressStatusNotPermit",
  "AlreadyBindEip",
  "AttachmentNotFound",
  "InvalidState",
  "NetworkInterfaceIdNotMatch",
  "NotPermit",
  "PrivateIpAddressNotMatch",
  // Between two states of an instance, such as starting.
  "InstanceStateNotSupported",
  "InstanceStatusNotPermit",
  "InvalidInstanceState",
  // The next call has the cloud's time, or fresh credentials.
  "SecretIdNotFound",
  "SignatureExpire",
  "TokenFailure",
];

/** Whether it is worth looking again after an error. */
export function passes({ code }: Pick<Problem, "code">): boolean {
  const words = code.split(".");
  const [family = "", reason = family] = words;
  return PASSING_FAMILIES.includes(family) || PASSING_REASONS.includes(reason);
}
