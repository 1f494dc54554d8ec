import { expect, test } from "vitest";
import type { Settings } from "../../src/contract/index.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { noMemory } from "../../src/protocol/memory.ts";
import { beginSession, look } from "../../src/protocol/session.ts";

const VIP = "10.0.1.100";
const settings = { apiEndpoints: ["https://api"] } as Partial<Settings> as Settings;

test("knows since when each address is in its present state, as far as it has looked", () => {
  let ms = 1000;
  const here = new Set([VIP]);
  const host = {
    ...nodeHost(),
    clock: () => ms,
    isRunning: () => true,
    readFile: () => undefined,
    hasAddress: (address: string) => here.has(address),
  };
  const session = beginSession(host, settings, noMemory());
  expect(look(session, VIP)).toMatchObject({ state: "MASTER", since: 1000 });
  ms = 5000;
  expect(look(session, VIP)).toMatchObject({ state: "MASTER", since: 1000 });
  expect(look(session, "10.0.1.200")).toMatchObject({ state: "BACKUP", since: 5000 });
  here.clear();
  ms = 6000;
  expect(look(session, VIP)).toMatchObject({ state: "BACKUP", since: 6000 });
  expect(look(session, "10.0.1.200")).toMatchObject({ state: "BACKUP", since: 5000 });
});

test("raises its signal where keepalived has changed, or has notified the same again, and not otherwise", () => {
  let notification = "BACKUP 2026-01-31T03:00:00,5+00:00 1\n";
  let hasVip = false;
  const host = {
    ...nodeHost(),
    isRunning: () => true,
    readFile: (path: string) => (path.endsWith("notification") ? notification : undefined),
    hasAddress: () => hasVip,
  };
  const session = beginSession(host, settings, noMemory());
  const raisedBy = (change: () => void): number => {
    const { raised } = session.signal;
    change();
    look(session, VIP);
    return session.signal.raised - raised;
  };
  look(session, VIP);
  expect(raisedBy(() => undefined)).toBe(0);
  expect(raisedBy(() => (hasVip = true))).toBe(1);
  expect(raisedBy(() => (notification = "MASTER 2026-01-31T03:00:01,5+00:00 2\n"))).toBe(1);
  expect(raisedBy(() => (notification = "MASTER 2026-01-31T03:00:02,5+00:00 3\n"))).toBe(1);
  expect(raisedBy(() => undefined)).toBe(0);
});
