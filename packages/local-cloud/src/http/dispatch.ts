import type { IncomingMessage } from "node:http";
import { CloudError, missingParameter, NotImplemented } from "../api/errors.ts";
import type { Faults } from "../engine/faults.ts";
import { camOperation, isAllowed, resourcesIn, unauthorizedOperation } from "../services/cam/index.ts";
import type { Core, State } from "../services/state.ts";
import type { ActionTable } from "./action-table.ts";
import type { Credentials, Principal } from "./credentials.ts";
import { parseAuthorization, signatureFailure, verifySignature, verifyTimestamp } from "./signature.ts";

/** What calls are checked against and carried out on. */
export interface DispatchOptions {
  readonly core: Core;
  readonly credentials: Credentials;
  readonly actions: ActionTable;
  readonly region: string;
  readonly faults: Faults<State>;
  /** Gets a line for every call that is refused because nothing here implements it, or a parameter of it. */
  readonly log: (line: string) => void;
}

/** A call on its way, filled in as far as it is understood. */
export interface Call {
  readonly requestId: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  service: string;
  action: string;
  /** The instance whose credentials signed it. */
  instanceId: string | undefined;
}

/**
 * Checks a call and carries it out: first the common parameters, then who calls, what is called, where, whether the
 * caller may, and last the action's own parameters.
 *
 * @returns the members of the response beside its RequestId
 * @throws CloudError what the API answers
 */
export function dispatch(options: DispatchOptions, call: Call, request: IncomingMessage, body: Buffer): object {
  try {
    return carryOut(options, call, request, body);
  } catch (error) {
    if (error instanceof NotImplemented) {
      const { service, action, headers } = call;
      options.log(`refused ${service}:${action} ${headers["x-tc-version"]}: ${error.code}: ${error.message}`);
    }
    throw error;
  }
}

function carryOut(options: DispatchOptions, call: Call, request: IncomingMessage, body: Buffer): object {
  const { core, region } = options;
  const { headers, requestId } = call;
  if (request.method !== "POST") {
    throw new CloudError("UnsupportedProtocol", `The HTTP method \`${request.method}\` is not supported, use POST.`);
  }
  const contentType = headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new CloudError(
      "InvalidParameter",
      `The content type \`${contentType}\` is not supported, use application/json.`,
    );
  }
  if (!call.action) throw missingParameter("Action");
  const version = headers["x-tc-version"];
  if (!version) throw missingParameter("Version");
  const principal = authenticate(options, call, request, body);
  call.instanceId = principal.kind === "role" ? principal.instanceId : undefined;

  const action = options.actions.find(call.service, version, call.action);
  const givenRegion = headers["x-tc-region"];
  if (!givenRegion) throw missingParameter("Region");
  if (givenRegion !== region) {
    throw new CloudError(
      "InvalidParameterValue",
      `A value specified in \`X-TC-Region\` is not valid, is unsupported, or cannot be used: \`${givenRegion}\`.`,
    );
  }
  if (principal.kind === "role") {
    const { service } = action;
    const resources = resourcesIn(body.toString(), region);
    if (!isAllowed(core, principal.roleName, { service, action: action.action, resources })) {
      throw unauthorizedOperation(camOperation(service, action.action), requestId);
    }
  }
  const state = options.faults.staleState(action.action) ?? core.state;
  return action.handle({ ...core, state }, parseBody(body), requestId);
}

function authenticate(
  { core, credentials }: DispatchOptions,
  call: Call,
  request: IncomingMessage,
  body: Buffer,
): Principal {
  const { headers } = call;
  if (!headers["x-tc-timestamp"]) throw missingParameter("Timestamp");
  if (!/^\d{1,11}$/.test(headers["x-tc-timestamp"])) {
    throw new CloudError(
      "InvalidParameterValue",
      `The value \`${headers["x-tc-timestamp"]}\` of \`X-TC-Timestamp\` is not a Unix time in seconds.`,
    );
  }
  const timestamp = Number(headers["x-tc-timestamp"]);
  const authorization = parseAuthorization(headers["authorization"]);
  if (call.service && call.service !== authorization.service) {
    throw signatureFailure(
      `The credential's service \`${authorization.service}\` is not the host's, \`${call.service}\`.`,
    );
  }
  call.service = authorization.service;
  verifyTimestamp(timestamp, core.now() / 1000);
  const credential = credentials.find(authorization.secretId);
  const [path = "/", query = ""] = originForm(request.url ?? "/").split("?", 2);
  verifySignature({ method: "POST", path, query, headers, body }, authorization, timestamp, credential.secretKey);
  credentials.verifyToken(credential, headers["x-tc-token"]);
  return credential.principal;
}

/** A client that takes the server for its HTTP proxy sends whole URLs, but signs the path. */
const originForm = (url: string) => url.replace(/^https?:\/\/[^/?]*/i, "").replace(/^(?!\/)/, "/");

/** An empty body is an object without members. */
function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Answered below, as what is JSON but no object is.
  }
  throw new CloudError("InvalidParameter", "The request body is not a valid JSON object.");
}

/** `vpc` of vpc.tencentcloudapi.com; a host that names no service, like 127.0.0.1, leaves it to the credential. */
export function serviceOfHost(host: string | undefined, actions: ActionTable): string | undefined {
  const label = /^([a-z]+)\./.exec(host ?? "")?.[1];
  return label !== undefined && actions.has(label) ? label : undefined;
}
