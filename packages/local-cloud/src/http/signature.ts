import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { CloudError } from "../api/errors.ts";

/** An Authorization header, taken apart. */
export interface Authorization {
  readonly secretId: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly date: string;
  readonly service: string;
  /** In the order in which the client signed them. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

/** The parts of a request that its signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** How far the client's clock may be off, in s. Source: the API's documentation of `AuthFailure.SignatureExpire`. */
export const timestampWindow = 300;

const algorithm = "TC3-HMAC-SHA256";

/** @throws CloudError `AuthFailure.InvalidAuthorization` if the header is absent or not written as TC3 wants it */
export function parseAuthorization(header: string | undefined): Authorization {
  const match =
    /^TC3-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{4}-\d{2}-\d{2})\/([a-z0-9]+)\/tc3_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/.exec(
      header ?? "",
    );
  const [, secretId, date, service, signedHeaders, signature] = match ?? [];
  if (!secretId || !date || !service || !signedHeaders || !signature) {
    throw new CloudError(
      "AuthFailure.InvalidAuthorization",
      `The \`Authorization\` in the request header is not a valid ${algorithm} authorization.`,
    );
  }
  return { secretId, date, service, signedHeaders: signedHeaders.split(";"), signature };
}

/**
 * The text that the client says it has signed; header values trimmed and in lower case.
 *
 * @throws CloudError `AuthFailure.SignatureFailure` if a signed header is not in the request
 */
export function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const headers = signedHeaders.map((name) => {
    const value = request.headers[name];
    if (value === undefined) throw signatureFailure(`The signed header \`${name}\` is not in the request.`);
    return `${name}:${value.trim().toLowerCase()}\n`;
  });
  return [
    request.method,
    request.path,
    request.query,
    headers.join(""),
    signedHeaders.join(";"),
    sha256(request.body),
  ].join("\n");
}

/** @param timestamp - Unix time in s */
export function stringToSign(
  timestamp: number,
  { date, service }: Pick<Authorization, "date" | "service">,
  canonical: string,
): string {
  return [algorithm, timestamp, `${date}/${service}/tc3_request`, sha256(canonical)].join("\n");
}

/** The signature in hexadecimal digits. */
export function signatureOf(
  secretKey: string,
  { date, service }: Pick<Authorization, "date" | "service">,
  text: string,
): string {
  return hmac(signingKey(secretKey, date, service), text).toString("hex");
}

/** Signing keys that were derived before: a client signs a day's calls to a service with the same one. */
const signingKeys = new Map<string, Buffer>();

/** How many of them are kept. */
const maxSigningKeys = 100;

function signingKey(secretKey: string, date: string, service: string): Buffer {
  const name = `${date} ${service} ${secretKey}`;
  const known = signingKeys.get(name);
  if (known) return known;
  const key = hmac(hmac(hmac(`TC3${secretKey}`, date), service), "tc3_request");
  if (signingKeys.size >= maxSigningKeys) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

/**
 * Checks the signature of a request whose key is known.
 *
 * @param timestamp - the `X-TC-Timestamp` header, Unix time in s
 * @throws CloudError `AuthFailure.SignatureFailure`
 */
export function verifySignature(
  request: SignedRequest,
  authorization: Authorization,
  timestamp: number,
  secretKey: string,
): void {
  const { signedHeaders } = authorization;
  for (const name of ["content-type", "host"]) {
    if (!signedHeaders.includes(name)) throw signatureFailure(`The header \`${name}\` must be signed.`);
  }
  if (signedHeaders.some((name, index) => index > 0 && name <= (signedHeaders[index - 1] ?? ""))) {
    throw signatureFailure("The signed headers must be in alphabetical order, each once.");
  }
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  if (authorization.date !== date) {
    throw signatureFailure(`The credential's date \`${authorization.date}\` is not the timestamp's, \`${date}\`.`);
  }
  const text = stringToSign(timestamp, authorization, canonicalRequest(request, signedHeaders));
  const expected = signatureOf(secretKey, authorization, text);
  if (!timingSafeEqual(Buffer.from(expected, "hex"), Buffer.from(authorization.signature, "hex")))
    throw signatureFailure();
}

/** @throws CloudError `AuthFailure.SignatureExpire` */
export function verifyTimestamp(timestamp: number, nowSeconds: number): void {
  if (Math.abs(nowSeconds - timestamp) > timestampWindow) {
    throw new CloudError(
      "AuthFailure.SignatureExpire",
      `Signature expired. The timestamp \`${timestamp}\` and the server time differ by more than five minutes, please check your local time.`,
    );
  }
}

/** The wording of the first sentences is the API's own; what exactly is wrong, it does not say, but a newcomer wants to know. */
export const signatureFailure = (detail = "") =>
  new CloudError(
    "AuthFailure.SignatureFailure",
    ["The provided credentials could not be validated. Please check your signature is correct.", detail]
      .filter(Boolean)
      .join(" "),
  );

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
