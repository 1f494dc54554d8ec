import { execFileSync } from "node:child_process";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LocalCloud } from "../../src/index.ts";
import { type CallOptions, send, sign } from "../support/client.ts";
import { asRoot, rootKey, startPair } from "../support/pair.ts";

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startPair();
});
afterAll(() => cloud.stop());

const describeEnis: CallOptions = { key: rootKey, action: "DescribeNetworkInterfaces" };

describe("listening", () => {
  test("several listeners serve the same state", async () => {
    const here = { host: "127.0.0.1", port: 0 };
    await using other = await LocalCloud.start({ region: "ap-singapore", api: [here, here] });
    other.seed.secret({ secretId: rootKey.secretId, secretKey: rootKey.secretKey });
    expect(other.apiUrls).toHaveLength(2);
    for (const url of other.apiUrls) {
      const { text } = await send(url, sign(url, describeEnis));
      expect(JSON.parse(text).Response).toMatchObject({ TotalCount: 0 });
    }
  });

  test("keeps a connection for the minute for which the cloud does", async () => {
    const { headers } = await fetch(cloud.apiUrls[0] ?? "");
    expect(headers.get("keep-alive")).toBe("timeout=60");
  });

  test("refuses to start on an address that is taken, and lets go of the ones it has", async () => {
    const { hostname: host, port } = new URL(cloud.apiUrls[0] ?? "");
    const first = await LocalCloud.start({ region: "ap-singapore" });
    const free = { host, port: Number(new URL(first.apiUrls[0] ?? "").port) };
    await first.stop();
    const api = [free, { host, port: Number(port) }];
    await expect(LocalCloud.start({ region: "ap-singapore", api })).rejects.toThrow("EADDRINUSE");
    await using again = await LocalCloud.start({ region: "ap-singapore", api: [free] });
    expect(again.apiUrls).toEqual([`http://${host}:${free.port}`]);
  });

  /** Connects, sends half a request, and tells when and with what it was sent away. */
  const beSlow = async (url: string, sentAway: (answer: string) => void): Promise<void> => {
    const { hostname, port } = new URL(url);
    let answer = "";
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Le", () => resolve());
      });
      socket.on("data", (chunk: Buffer) => (answer += String(chunk)));
      socket.on("error", () => undefined);
      socket.on("close", () => sentAway(answer));
    });
  };

  test("a client that is too slow is sent away when its listener's time is over, and holds up nobody", async () => {
    const here = { host: "127.0.0.1", port: 0 };
    const api = [60_000, 50].map((requestTimeoutMs) => ({ ...here, requestTimeoutMs }));
    await using cloud = await startPair({ api });
    const [patient = "", strict = ""] = cloud.apiUrls;
    let isLeft = true;
    await beSlow(patient, () => (isLeft = false));
    expect(await asRoot(cloud, "DescribeHaVips")).toMatchObject({ TotalCount: 1 });
    // Twice: had both listeners the same time, whatever it is, the first client would be gone before the last.
    for (const _ of [1, 2]) {
      const answer = await new Promise<string>((resolve) => void beSlow(strict, resolve));
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    }
    expect(isLeft).toBe(true);
  });

  test("stop ends open connections and frees the port", async () => {
    const other = await LocalCloud.start({ region: "ap-singapore" });
    const { hostname: host, port } = new URL(other.apiUrls[0] ?? "");
    const socket = connect(Number(port), host);
    await new Promise((resolve) => socket.once("connect", resolve));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    await other.stop();
    await closed;
    await using again = await LocalCloud.start({ region: "ap-singapore", api: [{ host, port: Number(port) }] });
    expect(again.apiUrls).toEqual([`http://${host}:${port}`]);
  });

  test.skipIf(!hasOpenssl())("serves HTTPS with a key and a certificate", async () => {
    const pem = execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "-",
        "-out",
        "-",
      ].concat(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]),
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
    await using other = await LocalCloud.start({
      region: "ap-singapore",
      api: [{ host: "127.0.0.1", port: 0, tls: { key: pem, cert: pem } }],
    });
    other.seed.secret({ secretId: rootKey.secretId, secretKey: rootKey.secretKey });
    const url = other.apiUrls[0] ?? "";
    expect(url).toMatch(/^https:/);
    const { text } = await send(url, { ...sign(url, describeEnis), ca: pem });
    expect(JSON.parse(text).Response).toMatchObject({ TotalCount: 0 });
    other.faults.add({ action: "*", dropConnection: true });
    await expect(send(url, { ...sign(url, describeEnis), ca: pem })).rejects.toThrow();
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
