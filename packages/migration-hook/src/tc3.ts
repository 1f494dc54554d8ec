import { createHash, createHmac } from "crypto";

/** A request to the cloud's API, as far as the signature sees it. */
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

/** An identity to sign with. */
export interface Keys {
  readonly secretId: string;
  readonly secretKey: string;
}

const ALGORITHM = "TC3-HMAC-SHA256";

/** First step: the request in one canonical text. */
export function canonicalRequest({ headers, body }: Tc3Request): string {
  const lines = Object.keys(headers).map((name) => `${name}:${headers[name]}\n`);
  return `POST\n/\n\n${lines.join("")}\n${Object.keys(headers).join(";")}\n${sha256(body)}`;
}

/** Second step: what is signed. */
export function stringToSign(request: Tc3Request): string {
  return `${ALGORITHM}\n${request.timestamp}\n${scope(request)}\n${sha256(canonicalRequest(request))}`;
}

/** Third step: the signature, with a key that is derived for day and service. */
export function signature(request: Tc3Request, secretKey: string): string {
  const words = [...scope(request).split("/"), stringToSign(request)];
  return words
    .reduce((key: string | Buffer, word) => createHmac("sha256", key).update(word).digest(), `TC3${secretKey}`)
    .toString("hex");
}

/** Fourth step: the Authorization header. */
export function authorization(request: Tc3Request, keys: Keys): string {
  const names = Object.keys(request.headers).join(";");
  const credential = `${keys.secretId}/${scope(request)}`;
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signature(request, keys.secretKey)}`;
}

function scope({ timestamp, service }: Tc3Request): string {
  return `${new Date(timestamp * 1000).toISOString().slice(0, 10)}/${service}/tc3_request`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
