import { createHash, createHmac } from "crypto";

/**
 * TC3-HMAC-SHA256, the signature of the cloud's API, as a ladder: canonical request, string to sign, signing key,
 * signature, header. The vendor publishes what each rung comes to for an example; the test checks them all.
 */
const ALGORITHM = "TC3-HMAC-SHA256";

/** A request to the cloud's API, as far as the signature sees it: always a POST of `/`, without a query. */
export interface Tc3Request {
  /** The service, such as `vpc`. */
  readonly service: string;
  /** The headers to sign, by their names in lower case and in that order: at least content-type and host. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, byte for byte as it is sent. */
  readonly body: string;
  /** Seconds since the epoch. */
  readonly timestamp: number;
}

/** An identity to sign with, in the words of the metadata service. */
export interface Keys {
  readonly TmpSecretId: string;
  readonly TmpSecretKey: string;
}

/** The request in the one form that both sides can make of it. */
export function canonicalRequest({ headers, body }: Tc3Request): string {
  const lines = Object.keys(headers).map((name) => `${name}:${headers[name]}\n`);
  return ["POST", "/", "", lines.join(""), signedHeaders(headers), sha256(body)].join("\n");
}

/** What the signature is made for: algorithm, time, scope, and the hash of the canonical request. */
export function stringToSign(request: Tc3Request): string {
  return [ALGORITHM, request.timestamp, credentialScope(request), sha256(canonicalRequest(request))].join("\n");
}

/** The key of a day and a service, derived from the secret one. */
export function signingKey(secretKey: string, { service, timestamp }: Tc3Request): Buffer {
  const ofDay = hmac(`TC3${secretKey}`, utcDate(timestamp));
  return hmac(hmac(ofDay, service), "tc3_request");
}

/** The signature, in hex. */
export function signature(request: Tc3Request, secretKey: string): string {
  return hmac(signingKey(secretKey, request), stringToSign(request)).toString("hex");
}

/** The Authorization header. */
export function authorization(request: Tc3Request, { TmpSecretId, TmpSecretKey }: Keys): string {
  const credential = `${TmpSecretId}/${credentialScope(request)}`;
  const signed = signature(request, TmpSecretKey);
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders(request.headers)}, Signature=${signed}`;
}

/** What the signing key is good for. */
function credentialScope({ service, timestamp }: Tc3Request): string {
  return `${utcDate(timestamp)}/${service}/tc3_request`;
}

function utcDate(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10);
}

function signedHeaders(headers: Tc3Request["headers"]): string {
  return Object.keys(headers).join(";");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
