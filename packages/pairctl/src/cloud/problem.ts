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
