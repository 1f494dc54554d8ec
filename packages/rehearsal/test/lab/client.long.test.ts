import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { inNamespaces, missingForNamespaces, moduleOf } from "../support/in-namespaces.ts";

const RESPONDER = fileURLToPath(new URL("../../assets/responder.py", import.meta.url));
const isMissing = missingForNamespaces("the client", ["python3", "-c", ""]);

/** Runs a script with a client in a network namespace in which the service runs, and returns what it has found. */
async function withClient<T>(script: string): Promise<T> {
  const { stdout, stderr } = await inNamespaces(`
    import { execFileSync, spawn } from "node:child_process";
    import { Client } from ${moduleOf("lab/client.ts")};
    execFileSync("ip", ["netns", "add", "client"]);
    execFileSync("ip", ["-n", "client", "link", "set", "lo", "up"]);
    const serve = () => spawn("ip", ["netns", "exec", "client", "python3", ${JSON.stringify(RESPONDER)}, "primary"]);
    const until = async (isSo) => { while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20)); };
    const of = (via) => client.answers.filter((answer) => answer.via === via);
    const client = new Client("client", new Map([["VIP", "127.0.0.1"]]));
    ${script}
    client.stop();
    process.exit(0);`);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as T;
}

test.skipIf(isMissing)("questions without an answer show in the numbers of those with one", async () => {
  const found = await withClient<{ first: number; gap: number }>(`
    let service = serve();
    await until(() => of("VIP").length > 20);
    service.kill("SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = of("VIP").length;
    service = serve();
    await until(() => of("VIP").length > before + 20);
    service.kill("SIGKILL");
    const [last, next] = of("VIP").slice(before - 1);
    console.log(JSON.stringify({ inOrder: of("VIP").every(({ number }) => Number.isInteger(number)), gap: next.number - last.number }));
  `);
  expect(found).toMatchObject({ inOrder: true });
  expect(found.gap).toBeGreaterThan(5);
});

test.skipIf(isMissing)(
  "asks through an address that comes later, from then on, and no more through one that has gone",
  async () => {
    const found = await withClient<Record<string, unknown>>(`
    const service = serve();
    await until(() => of("VIP").length > 5);
    const since = Date.now();
    client.begin("VIP 127.0.0.2", "127.0.0.2");
    const unserved = client.servedSince("VIP 127.0.0.2");
    await until(() => of("VIP 127.0.0.2").length > 5);
    const isLater = client.servedSince("VIP 127.0.0.2") >= since;
    // Another one under the same name begins anew.
    client.begin("VIP 127.0.0.2", "127.0.0.3");
    const addresses = [...client.addresses];
    const again = client.servedSince("VIP 127.0.0.2") ?? null;
    await until(() => client.servedSince("VIP 127.0.0.2") !== undefined);
    client.end("VIP 127.0.0.2");
    const count = of("VIP 127.0.0.2").length;
    const asked = of("VIP").length;
    await until(() => of("VIP").length > asked + 20);
    service.kill("SIGKILL");
    const more = of("VIP 127.0.0.2").length - count;
    console.log(JSON.stringify({ unserved: unserved ?? null, isLater, addresses, again, more, left: [...client.addresses.keys()] }));
  `);
    expect(found).toEqual({
      ...{ unserved: null, isLater: true, again: null, more: 0, left: ["VIP"] },
      addresses: [
        ["VIP", "127.0.0.1"],
        ["VIP 127.0.0.2", "127.0.0.3"],
      ],
    });
  },
);
