/** There is no key to call the cloud with, in a sentence with the remedy. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
}

/** The cloud has refused a call, or has not answered it, in a sentence with the remedy. */
export class CloudError extends Error {
  override readonly name = "CloudError";

  /** @param code the cloud's error code; `NetworkError` where it has not answered */
  constructor(
    readonly code: string,
    action: string,
    message: string,
  ) {
    super(`${action}: ${code}: ${message}${remedyOf(code, action)}`);
  }

  /** Whether the key itself is refused, whatever is called with it. */
  get refusesKey(): boolean {
    return this.code.startsWith("AuthFailure");
  }

  /** Whether the refusal is about what was asked for, and not about the account or the way to the cloud. */
  get isAboutTheCall(): boolean {
    return !/^(AuthFailure|UnauthorizedOperation|NetworkError)/.test(this.code);
  }
}

function remedyOf(code: string, action: string): string {
  if (code === "AuthFailure.SignatureExpire") return ": set the clock of this machine";
  if (code.startsWith("AuthFailure")) return ": the credentials are not valid, or have expired";
  if (code.startsWith("UnauthorizedOperation")) return `: allow ${action} to the account's user or role`;
  return code === "NetworkError" ? ": see the network, HTTPS_PROXY and TENCENTCLOUD_DOMAIN" : "";
}
