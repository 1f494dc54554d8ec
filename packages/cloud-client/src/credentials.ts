import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { CredentialsError } from "./errors.ts";

/** A key of an account, or temporary credentials. */
export interface CloudKey {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/**
 * Finds the credentials where Terraform's provider does: in TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and
 * TENCENTCLOUD_SECURITY_TOKEN, else in a profile of the cloud's command line (`~/.tccli/default.credential`; another
 * folder in TENCENTCLOUD_SHARED_CREDENTIALS_DIR, another profile in TENCENTCLOUD_PROFILE). The token may also stand in
 * TENCENTCLOUD_TOKEN or, as the cloud's SDK has it, in TENCENTCLOUD_SESSION_TOKEN.
 *
 * @throws CredentialsError where there are none
 */
export function findCredentials(env: NodeJS.ProcessEnv): CloudKey {
  const { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey } = env;
  const token =
    env["TENCENTCLOUD_SECURITY_TOKEN"] || env["TENCENTCLOUD_TOKEN"] || env["TENCENTCLOUD_SESSION_TOKEN"] || undefined;
  if (secretId && secretKey) return keyOf(secretId, secretKey, token);
  if (secretId || secretKey) {
    throw new CredentialsError(
      `${secretId ? "TENCENTCLOUD_SECRET_KEY" : "TENCENTCLOUD_SECRET_ID"} is not set, but the other half of the key is: set both`,
    );
  }
  return fromProfile(env);
}

function fromProfile(env: NodeJS.ProcessEnv): CloudKey {
  const folder = env["TENCENTCLOUD_SHARED_CREDENTIALS_DIR"] || join(homedir(), ".tccli");
  const file = join(folder, `${env["TENCENTCLOUD_PROFILE"] || "default"}.credential`);
  const text = readIfThere(file);
  if (text === undefined) {
    throw new CredentialsError(
      `there are no credentials of the cloud: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or run 'tccli configure', which writes ${file}`,
    );
  }
  const { secretId, secretKey, token } = parsed(text);
  if (!secretId || !secretKey) {
    throw new CredentialsError(`${file} must be JSON with secretId and secretKey: run 'tccli configure'`);
  }
  return keyOf(secretId, secretKey, token || undefined);
}

function keyOf(secretId: string, secretKey: string, token: string | undefined): CloudKey {
  return { secretId, secretKey, ...(token !== undefined && { token }) };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** What cannot be read is empty: its text is a secret, and no error may show it. */
function parsed(text: string): Partial<CloudKey> {
  try {
    return (JSON.parse(text) as Partial<CloudKey> | null) ?? {};
  } catch {
    return {};
  }
}
