import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "fs";
import { Agent as HttpAgent, request as httpRequest } from "http";
import { Agent as HttpsAgent, request as httpsRequest } from "https";
import { networkInterfaces } from "os";
import { dirname } from "path";
import type { Host, HttpAnswer, HttpRequest } from "./host.ts";

/** The real node. Connections are kept, since a run makes several calls to one endpoint. */
export function nodeHost(): Host {
  const keepAlive = { keepAlive: true };
  const http = { ask: httpRequest, agent: new HttpAgent(keepAlive) };
  const https = { ask: httpsRequest, agent: new HttpsAgent(keepAlive) };
  return {
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    request: (url, request) => send(url.startsWith("https") ? https : http, url, request),
    readFile,
    writeFile,
    addresses: () => {
      const interfaces = networkInterfaces();
      const addresses: string[] = [];
      for (const name in interfaces) for (const { address } of interfaces[name] || []) addresses.push(address);
      return addresses;
    },
    isRunning: (name) => readdirSync("/proc").some((pid) => readFile(`/proc/${pid}/comm`) === `${name}\n`),
  };
}

function readFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function writeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

interface Transport {
  readonly ask: typeof httpRequest;
  readonly agent: HttpAgent;
}

function send(transport: Transport, url: string, request: HttpRequest): Promise<HttpAnswer> {
  const { method, headers, body, timeoutMs } = request;
  return new Promise((resolve, reject) => {
    const asking = transport.ask(url, { method, headers, agent: transport.agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("aborted", () => reject(new Error("answer cut off")));
      answer.on("end", () => {
        clearTimeout(timer);
        resolve({ status: answer.statusCode || 0, body: text });
      });
    });
    // The socket's own timeout counts idle time only; this one counts all of it.
    const timer = setTimeout(() => {
      reject(new Error(`no answer in ${timeoutMs} ms`));
      asking.abort();
    }, timeoutMs);
    asking.on("error", reject);
    asking.end(body);
  });
}
