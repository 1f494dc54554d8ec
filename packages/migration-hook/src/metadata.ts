import type { Host } from "./host.ts";

/** Short-lived credentials of the instance's role. */
export interface Credentials {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token: string;
}

/** Until the deadline of a run, about: where the service is away for a moment, the address must not wait for the timer. */
const ATTEMPTS = 9;
const TIMEOUT_MS = 1000;

/** @throws where the instance does not have the role, or the metadata service does not answer */
export async function credentialsOf(host: Host, endpoint: string, roleName: string): Promise<Credentials> {
  const answer = await metadata(host, endpoint, `cam/security-credentials/${roleName}`);
  const { Code, TmpSecretId, TmpSecretKey, Token } = JSON.parse(answer);
  if (Code !== "Success") throw new Error(`role ${roleName} has no credentials: ${Code}`);
  return { secretId: TmpSecretId, secretKey: TmpSecretKey, token: Token };
}

/**
 * Asks the metadata service, such as for `instance-id`.
 *
 * @throws where it does not answer
 */
export async function metadata(host: Host, endpoint: string, path: string): Promise<string> {
  let problem: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      const { status, body } = await host.request(`${endpoint}/latest/meta-data/${path}`, {
        method: "GET",
        timeoutMs: TIMEOUT_MS,
      });
      if (status === 200 && body !== "") return body.trim();
      problem = `status ${status}`;
    } catch (error) {
      problem = error;
    }
    await host.sleep(100 * attempt);
  }
  throw new Error(`metadata ${path}: ${problem}`);
}
