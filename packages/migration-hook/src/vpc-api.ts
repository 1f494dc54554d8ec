import { ACTIONS, type Action } from "./actions.ts";
import type { Host } from "./host.ts";
import type { Credentials } from "./metadata.ts";
import type { Settings } from "./settings.ts";
import { authorization } from "./tc3.ts";

/** A call that was made, for the receipt. */
export interface CallRecord {
  readonly action: Action;
  readonly attempts: number;
  readonly ms: number;
  /** `OK`, the cloud's error code, or `NetworkError`. */
  readonly code: string;
  readonly requestId?: string;
}

/** What the API answers: its fields and the RequestId. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire's own shape; what is read from it is checked where it is read
export type Answer = Record<string, any>;

/** Calls an action of the VPC API. */
export type Call = (action: Action, payload: object) => Promise<Answer>;

const SERVICE = "vpc";
const CALL_MS = 2000;
/** Even at the deadline a call gets as long as an answer takes. */
const MIN_MS = 200;
/** Errors that pass by themselves, or that say that the world has changed since it was looked at. */
export const PASSING =
  /^(Network|RequestLimit|Internal|ResourceInUse|ResourceUnav)|(Mutex\w*TaskRunning|AttachmentNotFound)$/;

/** What the cloud answered, or `NetworkError`. */
export interface ApiError extends Error {
  readonly code: string;
}

/**
 * The VPC API, version 2017-03-12, as far as the hook may call it. What only looks is tried again until the deadline,
 * after network errors at the next endpoint; what changes something is not, since it may have done so.
 *
 * @param deadline ms since the epoch, after which nothing is tried any more
 * @param calls where each call is noted
 * @returns a function that throws an {@link ApiError}
 */
export function vpcApi(
  host: Host,
  settings: Settings,
  credentials: Credentials,
  deadline: number,
  calls: CallRecord[],
): Call {
  const { apiEndpoints, mechanism, region } = settings;
  let endpoint = 0;

  async function attempt(action: Action, body: string): Promise<Answer> {
    const url = `${apiEndpoints[endpoint % apiEndpoints.length]}/`;
    const timestamp = Math.floor(host.now() / 1000);
    const signed = { "content-type": "application/json", host: url.split("/")[2] as string };
    const headers = {
      ...signed,
      authorization: authorization({ service: SERVICE, headers: signed, body, timestamp }, credentials),
      "x-tc-action": action,
      "x-tc-version": "2017-03-12",
      "x-tc-region": region,
      "x-tc-timestamp": `${timestamp}`,
      "x-tc-token": credentials.token,
    };
    try {
      const timeoutMs = Math.max(MIN_MS, Math.min(CALL_MS, deadline - host.now()));
      return JSON.parse((await host.request(url, { method: "POST", headers, body, timeoutMs })).body).Response;
    } catch (error) {
      endpoint += 1;
      return { Error: { Code: "NetworkError", Message: `${url}: ${(error as Error).message}` } };
    }
  }

  return async (action, payload) => {
    if (!ACTIONS[mechanism].includes(action)) throw new Error(`${action} is not in ACTIONS`);
    const started = host.now();
    for (let attempts = 1; ; attempts += 1) {
      const answer = await attempt(action, JSON.stringify(payload));
      const { Code = "OK", Message } = answer["Error"] || {};
      const pause = 50 * 2 ** Math.min(attempts, 5) * (0.5 + host.random() / 2);
      if (/^Desc/.test(action) && PASSING.test(Code) && host.now() + pause < deadline) {
        await host.sleep(pause);
        continue;
      }
      calls.push({ action, attempts, ms: host.now() - started, code: Code, requestId: answer["RequestId"] });
      if (Message) throw Object.assign(new Error(`${action}: ${Code}: ${Message}`), { code: Code });
      return answer;
    }
  };
}
