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

/** An identity to sign with, in the words of the metadata service. */
export interface Keys {
  readonly TmpSecretId: string;
  readonly TmpSecretKey: string;
}

const ALGORITHM = "TC3-HMAC-SHA256";

/** The Authorization header: the signature of the request, by a key that is derived for day and service. */
export function authorization(
  { service, headers, body, timestamp }: Tc3Request,
  { TmpSecretId, TmpSecretKey }: Keys,
): string {
  const names = Object.keys(headers);
  const signed = names.join(";");
  const canonical = `POST\n/\n\n${names.map((name) => `${name}:${headers[name]}\n`).join("")}\n${signed}\n${sha256(body)}`;
  const day = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${day}/${service}/tc3_request`;
  const signature = [...scope.split("/"), `${ALGORITHM}\n${timestamp}\n${scope}\n${sha256(canonical)}`]
    .reduce((key: string | Buffer, word) => createHmac("sha256", key).update(word).digest(), `TC3${TmpSecretKey}`)
    .toString("hex");
  return `${ALGORITHM} Credential=${TmpSecretId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
