import type { Action } from "./contract/index.ts";
import { credentialsOf } from "./credentials.ts";
import type { Host } from "./host.ts";
import { problem } from "./problem.ts";
import type { Outcome } from "./receipt.ts";
import type { Settings } from "./settings.ts";
import { authorization } from "./tc3.ts";

/** A call that was made, for the receipt. */
export interface CallRecord {
  readonly action: Action;
  readonly ms: number;
  /** `OK`, the cloud's error code, or `NetworkError`: no answer, or none that can be read. */
  readonly code: string;
  readonly requestId?: string;
}

/** What came over the wire. What is read from it is checked where it is read, or an error says that it is not there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire's own shape
export type Answer = Record<string, any>;

/** Calls an action of the VPC API. */
export type Call = (action: Action, payload: object) => Promise<Answer>;

/**
 * The VPC API, version 2017-03-12, as far as the hook may call it. Nothing is called twice here: the caller looks again,
 * since a call may have been carried out although it failed. What an error teaches is kept for the next call: another
 * endpoint, the cloud's time, the need of fresh credentials.
 *
 * @param settings where the API is, and the role
 * @param deadline by the host's clock, after which an answer is hardly waited for
 * @param outcome where each call is noted, and what its answer says of the time
 * @returns a function that throws a Problem
 */
export function vpcApi(host: Host, settings: Settings, deadline: number, outcome: Outcome): Call {
  const calls: CallRecord[] = [];
  outcome.calls = calls;
  const { apiEndpoints, region } = settings;
  let endpoint = 0;
  let refused = "";

  return async (action, payload) => {
    const used = endpoint;
    const url = `${apiEndpoints[used % apiEndpoints.length]}/`;
    const keys = await credentialsOf(host, settings, refused);
    const body = JSON.stringify(payload);
    const timestamp = Math.floor((host.now() + (outcome.skewMs || 0)) / 1000);
    const signed = { "content-type": "application/json", host: url.split("/")[2] as string };
    const headers = {
      ...signed,
      authorization: authorization({ service: "vpc", headers: signed, body, timestamp }, keys),
      "x-tc-action": action,
      "x-tc-version": "2017-03-12",
      "x-tc-region": region,
      "x-tc-timestamp": `${timestamp}`,
      "x-tc-token": keys.Token,
    };
    const started = host.clock();
    const timeoutMs = Math.min(2000, deadline - started);
    let answer: Answer;
    try {
      const { body: text, date } = await host.request(url, { method: "POST", headers, body, timeoutMs });
      answer = JSON.parse(text).Response;
      outcome.skewMs = Date.parse(`${date}`) - host.now() || 0;
    } catch (error) {
      // Calls run side by side: only the first to fail goes on to the next endpoint.
      endpoint = used + 1;
      answer = { Error: { Code: "NetworkError", Message: `${url}: ${(error as Error).message}` } };
    }
    const { Code: code = "OK", Message } = answer["Error"] || "";
    calls.push({ action, ms: Math.round(host.clock() - started), code, requestId: answer["RequestId"] });
    if (code === "OK") return answer;
    if (/TokenFailure|SecretIdNotFound/.test(code)) refused = keys.Token;
    // What is long enough for a secret is not said.
    throw problem(code, `${action}: ${code}: ${Message}`.replace(/[\w-]{32,}/g, "***"));
  };
}
