import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../machine/process.ts";

/** A certificate for the API's host names, and the authority that the nodes must trust for it. */
export interface Certificates {
  /** The authority's certificate, PEM. */
  readonly authority: string;
  /** The server's key, PEM. */
  readonly key: string;
  /** The server's certificate, PEM. */
  readonly cert: string;
}

/**
 * Makes an authority and a certificate that live as long as the run: the nodes call the API by its real names, over
 * TLS, as they would in the cloud.
 *
 * @param folder where the files are written
 * @param hostNames the names that the certificate is for
 */
export async function makeCertificates(folder: string, hostNames: readonly string[]): Promise<Certificates> {
  const file = (name: string) => join(folder, name);
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = [
    "-x509",
    "-days",
    "1",
    "-subj",
    "/CN=rehearsal",
    "-keyout",
    file("ca.key"),
    "-out",
    file("ca.pem"),
  ];
  await run("openssl", ["req", ...curve, ...authority]);
  await run("openssl", ["req", ...curve, "-subj", "/CN=api", "-keyout", file("api.key"), "-out", file("api.csr")]);
  writeFileSync(file("api.ext"), `subjectAltName=${hostNames.map((name) => `DNS:${name}`).join(",")}\n`);
  const signing = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "1"];
  await run("openssl", [
    "x509",
    "-req",
    "-in",
    file("api.csr"),
    ...signing,
    "-extfile",
    file("api.ext"),
    "-out",
    file("api.pem"),
  ]);
  const read = (name: string) => readFileSync(file(name), "utf8");
  return { authority: read("ca.pem"), key: read("api.key"), cert: read("api.pem") };
}
