/** Something that went wrong in a way that this program knows. */
export interface Problem extends Error {
  /** The cloud's error code, or one of ours: `NetworkError`, `Metadata`, `Settings`, `Task`, `VRRP`. */
  readonly code: string;
}

/** An error with a code. */
export function problem(code: string, message: string): Problem {
  return Object.assign(new Error(message), { code });
}

/**
 * What passes by itself, or says that the world has changed since it was looked at: the cloud's codes, ours, and none
 * where an answer had another shape.
 */
const PASSING =
  /^(RequestLimit|Internal|Resource(InUse|Unav)|NetworkError|Metadata|Task|VRRP|undefined)|TaskRunning|AttachmentNotFound|AlreadyBindEip|NotPermit|SignatureExpire|TokenFailure|SecretIdNotFound/;

/** Whether it is worth looking again after an error. */
export function passes({ code }: Partial<Problem>): boolean {
  return PASSING.test(`${code}`);
}
