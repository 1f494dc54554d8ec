import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { METRICS_ADDRESS, METRICS_PORT, NODE_PATHS } from "../src/contract/index.ts";
import { canIsolate, NodeOfItsOwn } from "./support/node-of-its-own.ts";

const ENDPOINT = `http://${METRICS_ADDRESS}:${METRICS_PORT}/metrics`;
const PATIENT = { timeout: 60_000, interval: 200 };

/** A client that is not ours. */
const curl = (node: NodeOfItsOwn, ...args: readonly string[]) => node.exec("curl", "-sS", "--max-time", "5", ...args);

describe.runIf(canIsolate("the metrics of the built pairctl by HTTP"))("the metrics of the built pairctl", () => {
  test.each([
    ["secondary-private-ip", []],
    ["havip", ["peerWord"]],
  ] as const)(
    "with %s and %j are at loopback what they are in the textfile, until the agent is dead",
    async (mechanism, features) => {
      await using node = await NodeOfItsOwn.start(mechanism, features);
      const agent = node.runAgent();
      const file = () => readFileSync(join(node.root, NODE_PATHS.metrics), "utf8");
      await vi.waitFor(() => {
        expect(curl(node, ENDPOINT)).toMatch(/^pairctl_holder_changes_total\{vip="10\.0\.1\.100"\} 0$/m);
        expect(curl(node, ENDPOINT)).toBe(file());
      }, PATIENT);
      expect(curl(node, "-D", "-", "-o", "/dev/null", ENDPOINT)).toMatch(
        /^content-type: text\/plain; version=0\.0\.4\r$/im,
      );
      // Nobody else gets them: at the node's own address there is the peer's word at most, which is told to the peer alone.
      expect(() => curl(node, ENDPOINT.replace(METRICS_ADDRESS, "10.0.1.11"))).toThrow(/curl: \(\d+\)/);
      expect(() => curl(node, "--interface", "10.0.1.11", ENDPOINT)).toThrow(/curl: \(\d+\)/);
      const listening = node.exec("ss", "-Hltn").match(/\S+:3112(?= )/g);
      expect(listening?.sort()).toEqual(
        features.length === 0 ? ["127.0.0.1:3112"] : ["10.0.1.11:3112", "127.0.0.1:3112"],
      );
      // What the unit's end of the agent leaves of the textfile, nobody tells at the port.
      agent.kill("SIGKILL");
      await vi.waitFor(
        () => expect(() => curl(node, ENDPOINT)).toThrow(/Connection refused|Failed to connect/),
        PATIENT,
      );
    },
  );

  test("are at loopback also where they cannot be written", async () => {
    await using node = await NodeOfItsOwn.start("secondary-private-ip");
    let said = "";
    rmSync(join(node.root, "run"), { recursive: true });
    node.runAgent((text) => (said += text));
    await vi.waitFor(() => expect(curl(node, ENDPOINT)).toContain('agree="unknown"'), PATIENT);
    await vi.waitFor(() => expect(said).toContain("receipt not kept: ENOENT"), PATIENT);
  });

  test("a port that another program has is said once, the runs go on, and the port is taken once it is free", async () => {
    await using node = await NodeOfItsOwn.start("secondary-private-ip");
    const other = "require('net').createServer().listen(3112, () => console.log('here'))";
    const heard: string[] = [];
    const holder = node.run([process.execPath, "-e", other], (text) => heard.push(text));
    await vi.waitFor(() => expect(heard).toEqual(["here\n"]), PATIENT);
    let said = "";
    node.runAgent((text) => (said += text));
    const line = "tried again: listen EADDRINUSE: address already in use 127.0.0.1:3112\n";
    await vi.waitFor(() => expect(said).toContain(line), PATIENT);
    const receipts = () => readFileSync(join(node.root, NODE_PATHS.receiptLog), "utf8").split("\n").length;
    await vi.waitFor(() => expect(receipts()).toBeGreaterThan(3), PATIENT);
    holder.kill("SIGKILL");
    await vi.waitFor(() => expect(curl(node, ENDPOINT)).toContain("pairctl_state"), PATIENT);
    expect(said.split(line)).toHaveLength(2);
  });
});
