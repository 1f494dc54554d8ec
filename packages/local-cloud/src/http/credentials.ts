import { randomBytes } from "node:crypto";
import { CloudError } from "../api/errors.ts";

/** Who signs with a key: the account itself, or a role on behalf of an instance. */
export type Principal =
  { readonly kind: "account" } | { readonly kind: "role"; readonly roleName: string; readonly instanceId: string };

/** A key pair; temporary ones have a token and an end. */
export interface Credential {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
  /** Unix time in s. */
  readonly expiredTime?: number;
  readonly principal: Principal;
}

/** Of the temporary credentials that the metadata service gives. */
export interface CredentialOptions {
  /** How long temporary credentials are good for, in s. @default 7200 */
  readonly lifetimeSeconds?: number;
  /** How long before their end the metadata service hands out new ones, in s. @default 600 */
  readonly rotateBeforeSeconds?: number;
}

/** The keys that the API accepts. */
export class Credentials {
  readonly #bySecretId = new Map<string, Credential>();
  readonly #current = new Map<string, Credential>();
  readonly #lifetime: number;
  readonly #rotateBefore: number;
  readonly #now: () => number;

  constructor({ lifetimeSeconds = 7200, rotateBeforeSeconds = 600 }: CredentialOptions, now: () => number) {
    this.#lifetime = lifetimeSeconds;
    this.#rotateBefore = rotateBeforeSeconds;
    this.#now = now;
  }

  /** A permanent key of the account. */
  addSecret(secretId: string, secretKey: string): void {
    this.#bySecretId.set(secretId, { secretId, secretKey, principal: { kind: "account" } });
  }

  /** The instance's temporary credentials: the same as before until they near their end. */
  ofInstance(instanceId: string, roleName: string): Credential & Required<Pick<Credential, "token" | "expiredTime">> {
    const seconds = Math.floor(this.#now() / 1000);
    const current = this.#current.get(instanceId);
    const { token, expiredTime, principal } = current ?? {};
    if (current && token !== undefined && expiredTime !== undefined && principal?.kind === "role") {
      if (principal.roleName === roleName && expiredTime - seconds > this.#rotateBefore)
        return { ...current, token, expiredTime };
    }
    const issued = {
      secretId: `AKID${randomBytes(24).toString("hex")}`,
      secretKey: randomBytes(24).toString("base64url"),
      token: randomBytes(96).toString("base64url"),
      expiredTime: seconds + this.#lifetime,
      principal: { kind: "role", roleName, instanceId },
    } as const;
    this.#bySecretId.set(issued.secretId, issued);
    this.#current.set(instanceId, issued);
    return issued;
  }

  /** Ends every temporary credential of the instance. */
  expire(instanceId: string): void {
    const ended = Math.floor(this.#now() / 1000) - 1;
    for (const [secretId, credential] of this.#bySecretId) {
      if (credential.principal.kind === "role" && credential.principal.instanceId === instanceId) {
        this.#bySecretId.set(secretId, { ...credential, expiredTime: ended });
      }
    }
    this.#current.delete(instanceId);
  }

  /** @throws CloudError `AuthFailure.SecretIdNotFound` */
  find(secretId: string): Credential {
    const credential = this.#bySecretId.get(secretId);
    if (credential) return credential;
    throw new CloudError(
      "AuthFailure.SecretIdNotFound",
      "The SecretId is not found, please ensure that your SecretId is correct.",
    );
  }

  /**
   * Checks the `X-TC-Token` header against the key it came with.
   *
   * @throws CloudError `AuthFailure.TokenFailure` if it is wrong, absent, superfluous or past its end
   */
  verifyToken(credential: Credential, token: string | undefined): void {
    const problem =
      credential.token === undefined
        ? token && "the key is permanent and has no token"
        : token === undefined
          ? "the token is missing"
          : token !== credential.token
            ? "the token is not the key's"
            : (credential.expiredTime ?? 0) * 1000 <= this.#now() && "the token has expired";
    if (problem) throw new CloudError("AuthFailure.TokenFailure", `The token is invalid: ${problem}.`);
  }
}
