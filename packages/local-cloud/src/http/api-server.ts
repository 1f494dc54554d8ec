import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { CloudError } from "../api/errors.ts";
import type { Fault } from "../engine/faults.ts";
import { type Call, dispatch, type DispatchOptions, serviceOfHost } from "./dispatch.ts";
import { applyFault, BodyTooLarge, readBody } from "./listener.ts";

/** The largest body of a POST signed with TC3, in bytes. Source: the API's documentation of common parameters. */
const maxBody = 10 * 1024 * 1024;

/** The API: POST with JSON, signed with TC3-HMAC-SHA256; errors have HTTP status 200, as the cloud's have. */
export function apiListener(options: DispatchOptions): RequestListener {
  const { now, events } = options.core;
  return async (request, response) => {
    if (isAbsent(options, request.headers.host)) return void request.socket.destroy();
    const started = performance.now();
    const at = now();
    const headers = singleHeaders(request);
    const call: Call = {
      requestId: randomUUID(),
      headers,
      service: serviceOfHost(headers["host"], options.actions) ?? "",
      action: headers["x-tc-action"] ?? "",
      instanceId: undefined,
    };
    const code = await serve(options, call, request, response).catch((error: unknown) => {
      // Only a client that hangs up lands here: everything else is answered.
      response.destroy();
      return `connection lost: ${describe(error)}`;
    });
    const { service, action, instanceId, requestId } = call;
    events.emit("call", { at, service, action, instanceId, code, requestId, ms: performance.now() - started });
  };
}

/** A name that does not exist cannot be refused here: its connections end at once instead. */
const isAbsent = ({ core }: DispatchOptions, host = "") =>
  core.assumptions["internal-endpoint"] === "absent" && /\.internal\.tencentcloudapi\.com(:\d+)?$/i.test(host);

/** @returns what the call's event has as its code */
async function serve(
  options: DispatchOptions,
  call: Call,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string> {
  const fault = options.faults.take(call.action, "*");
  if (fault && !fault.after) {
    const broken = await breakAnswer(fault, options, call, response);
    if (broken !== undefined) return broken;
  }
  const result = await carryOut(options, call, request);
  if (fault?.after) {
    const broken = await breakAnswer(fault, options, call, response);
    if (broken !== undefined) return broken;
  }
  return send(options, call, response, result);
}

async function breakAnswer(
  fault: Fault,
  options: DispatchOptions,
  call: Call,
  response: ServerResponse,
): Promise<string | undefined> {
  const broken = await applyFault(fault, response);
  if (broken !== undefined || fault.code === undefined) return broken;
  return send(options, call, response, new CloudError(fault.code, fault.message ?? "This error was asked for."));
}

/** The members of the response, or the error; a bug of ours is the cloud's InternalError, with its trace on stderr. */
async function carryOut(options: DispatchOptions, call: Call, request: IncomingMessage): Promise<object> {
  try {
    const body = await readBody(request, maxBody);
    return dispatch(options, call, request, body);
  } catch (error) {
    if (error instanceof CloudError) return error;
    if (error instanceof BodyTooLarge) {
      return new CloudError("RequestSizeLimitExceeded", `The request body exceeds the limit of ${maxBody} bytes.`);
    }
    if (request.errored) throw error;
    process.stderr.write(`local cloud: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
    return new CloudError("InternalError", "An internal error has occurred.");
  }
}

function send({ core }: DispatchOptions, { requestId }: Call, response: ServerResponse, result: object): string {
  const error = result instanceof CloudError ? result : undefined;
  const members = error ? { Error: { Code: error.code, Message: error.message } } : result;
  // Clients with a wrong clock correct it by the Date.
  response.writeHead(200, { "Content-Type": "application/json", Date: new Date(core.now()).toUTCString() });
  response.end(JSON.stringify({ Response: { ...members, RequestId: requestId } }));
  return error?.code ?? "OK";
}

const singleHeaders = ({ headers }: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );

const describe = (error: unknown) => (error instanceof Error ? error.message : String(error));
