import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Fault, Scene } from "../../src/faults/fault.ts";
import { parseSequence } from "../../src/random/sequence.ts";
import { sequenceFault } from "../../src/random/sequence-fault.ts";

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

/** What was done, with the time in ms. */
let done: string[] = [];
beforeEach(() => {
  done = [];
});

function fault(name: string, change: Partial<Fault> = {}): Fault {
  const record = (what: string) => (scene: Scene) => {
    done.push(`${Date.now()} ${what} ${name} on the ${scene.serving.role}, beside the ${scene.standby.role}`);
    return Promise.resolve();
  };
  return {
    ...{ name, group: "node", does: "", heals: "", expects: "moves", source: "" },
    outageMs: () => 1_000,
    convergesMs: () => 2_000,
    levers: ["API"],
    inject: record("injects"),
    heal: record("heals"),
    ...change,
  };
}

const nodes = {
  primary: { role: "primary", isUp: true, processes: () => [1, 2] },
  secondary: { role: "secondary", isUp: true, processes: () => [1, 2] },
};
const notes: string[] = [];
const scene = {
  lab: {
    node: (role: keyof typeof nodes) => nodes[role],
    peerOf: ({ role }: { role: string }) => (role === "primary" ? nodes.secondary : nodes.primary),
    stack: { advertIntMs: 1_000, downTimerAdverts: 3 },
    cloud: { taskMs: 200 },
  },
  note: (what: string) => notes.push(what),
} as unknown as Scene;

function make(text: string, faults: readonly Fault[]): Fault {
  return sequenceFault({ name: "random-2-1", sequence: parseSequence(text), mechanism: "havip", faults });
}

async function played(text: string, faults: readonly Fault[]): Promise<string> {
  const outcome = make(text, faults)
    .inject(scene)
    .then(
      () => "all was done",
      (error: Error) => error.message,
    );
  await vi.runAllTimersAsync();
  return outcome;
}

test("faults are injected and healed in their time, each on its node, one upon another", async () => {
  const outcome = await played("a@primary:0-3000 b@secondary:1000-2000", [
    fault("a"),
    fault("b", { levers: ["packets"] }),
  ]);
  expect(outcome).toBe("all was done");
  expect(done).toEqual([
    "0 injects a on the primary, beside the secondary",
    "1000 injects b on the secondary, beside the primary",
    "2000 heals b on the secondary, beside the primary",
    "3000 heals a on the primary, beside the secondary",
  ]);
  expect(notes).toContain("FAULT: b on the secondary");
});

const slow = fault("a", {
  inject: async (scene) => {
    done.push(`${Date.now()} injects a on the ${scene.serving.role}`);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  },
});

test("a fault that takes its time to be injected keeps those waiting that take hold of the same", async () => {
  await played("a@primary:0-1000 b@primary:1000-2000", [slow, fault("b")]);
  expect(done.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
    "0 injects a",
    "5000 heals a",
    "5000 injects b",
    "6000 heals b",
  ]);
});

test("a fault that takes its time to be injected does not keep others waiting", async () => {
  await played("a@primary:0-1000 b@primary:1000-2000", [slow, fault("b", { levers: ["packets"] })]);
  expect(done.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
    "0 injects a",
    "1000 injects b",
    "2000 heals b",
    "5000 heals a",
  ]);
});

test("what cannot be injected is not healed, everything else is, and it is said", async () => {
  const broken = fault("b", { levers: ["packets"], inject: () => Promise.reject(new Error("no way")) });
  const outcome = await played("a@primary:0-3000 b@secondary:1000-2000", [fault("a"), broken]);
  expect(outcome).toBe("b on the secondary, inject: no way");
  expect(done.map((line) => line.split(" ").slice(1, 3).join(" "))).toEqual(["injects a", "heals a"]);
});

test("a fault waits for a node that an earlier one has let down to be up again", async () => {
  nodes.primary.isUp = false;
  setTimeout(() => (nodes.primary.isUp = true), 5_000);
  await played("a@primary:0-9000", [fault("a", { levers: ["disk of serving"] })]);
  expect(done[0]).toMatch(/^50\d\d injects a/);
});

test("the pair may take as long as after the slowest of its faults, and for what is remembered of them", () => {
  const timing = { advertIntMs: 1_000, downTimerAdverts: 3, taskMs: 200 };
  const whole = make("a@primary:0-1 b@primary:2-3", [fault("a"), fault("b", { convergesMs: () => 500_000 })]);
  expect(whole.convergesMs(timing)).toBe(580_000);
  expect(whole.outageMs(timing)).toBe(580_000);
});

test("every sequence is for a pair that has what any fault needs, so that one pair goes through all", () => {
  const settings = { healthCheck: { command: "true" } };
  expect(make("a@primary:0-1", [fault("a"), fault("b", { settings })]).settings).toBe(settings);
});

test.each([
  ["a fault that there is not", "c@primary:0-1", /must be one of a, got 'c'/],
  ["a fault that takes hold of everything", "b@primary:0-1", /must be one of a, got 'b'/],
])("refuses %s", (_, text, message) => {
  const { levers: _levers, ...all } = fault("b");
  expect(() => make(text, [fault("a"), all])).toThrow(message);
});

test("refuses a fault for the other mechanism only, and says what to do", () => {
  const other = fault("a", { mechanisms: ["secondary-private-ip"] });
  expect(() => make("a@primary:0-1", [other])).toThrow(/is for secondary-private-ip: name another --mechanism/);
});
