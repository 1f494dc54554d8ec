import { expect, test } from "vitest";
import type { Settings } from "../../src/contract/index.ts";
import { nodeHost } from "../../src/node/real-host.ts";
import { noMemory } from "../../src/protocol/memory.ts";
import { beginSession, look } from "../../src/protocol/session.ts";

test("knows since when each address is in its present state, as far as it has looked", () => {
  let ms = 1000;
  const here = new Set(["10.0.1.100"]);
  const host = {
    ...nodeHost(),
    clock: () => ms,
    isRunning: () => true,
    readFile: () => undefined,
    hasAddress: (address: string) => here.has(address),
  };
  const session = beginSession(host, { apiEndpoints: ["https://api"] } as Partial<Settings> as Settings, noMemory());
  expect(look(session, "10.0.1.100")).toMatchObject({ state: "MASTER", since: 1000 });
  ms = 5000;
  expect(look(session, "10.0.1.100")).toMatchObject({ state: "MASTER", since: 1000 });
  expect(look(session, "10.0.1.200")).toMatchObject({ state: "BACKUP", since: 5000 });
  here.clear();
  ms = 6000;
  expect(look(session, "10.0.1.100")).toMatchObject({ state: "BACKUP", since: 6000 });
  expect(look(session, "10.0.1.200")).toMatchObject({ state: "BACKUP", since: 5000 });
});
