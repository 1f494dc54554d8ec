import { describe, expect, test } from "vitest";
import { objection, observe } from "../../../src/mechanisms/ha-vip/observe.ts";
import { noMemory } from "../../../src/protocol/memory.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { parseNotification } from "../../../src/protocol/vrrp.ts";

const VIP = "10.0.1.100";
const HA_VIP = {
  HaVipId: "havip-00000001",
  InstanceId: "ins-own",
  AddressIp: "203.0.113.10",
  CheckAssociate: true,
  HaVipAssociationSet: [{ InstanceId: "ins-own" }, { InstanceId: "ins-peer" }],
  FlushedTime: "2026-01-31 03:00:00",
};

/** A run of a MASTER on the instance ins-own, in a cloud that answers with these HAVIPs. */
function runWith(list: readonly unknown[], asked: unknown[] = []) {
  return {
    settings: { vpcId: "vpc-00000001", metadataEndpoint: "http://metadata" },
    address: { vip: VIP, eipId: "eip-00000001" },
    host: { readFile: () => "ins-own", clock: () => 100_000 },
    vrrp: "MASTER",
    session: { memory: noMemory() },
    notification: parseNotification(""),
    api: { call: (...call: unknown[]) => Promise.resolve(asked.push(call) && { HaVipSet: list }) },
  } as unknown as Run<"metadataEndpoint" | "vpcId">;
}

const seenWith = (change: object) => observe(runWith([{ ...HA_VIP, ...change }]));

test("asks for the one address in its VPC", async () => {
  const asked: unknown[] = [];
  await observe(runWith([HA_VIP], asked));
  const Filters = [
    { Name: "vpc-id", Values: ["vpc-00000001"] },
    { Name: "vip", Values: [VIP] },
  ];
  expect(asked).toEqual([["DescribeHaVips", { Filters }]]);
});

test.each<[string, string | undefined, string, string | undefined]>([
  ["this node", "ins-own", "mine", "ins-own"],
  ["the other node that is associated", "ins-peer", "peer", "ins-peer"],
  ["an instance that is not associated", "ins-other", "foreign", "ins-other"],
  ["none, which the API says with an empty text", "", "none", undefined],
  ["none, which it says with nothing", undefined, "none", undefined],
])("a HAVIP that the fabric has on %s", async (_, InstanceId, holder, holderId) => {
  expect(await seenWith({ InstanceId })).toEqual({
    holder,
    holderId,
    eip: "203.0.113.10",
    hasEip: true,
    haVipId: "havip-00000001",
    flushedTime: "2026-01-31 03:00:00",
  });
});

describe("refuses", () => {
  test("to guess where there is no such HAVIP", async () => {
    const message = `no HAVIP ${VIP} in vpc-00000001`;
    await expect(observe(runWith([]))).rejects.toMatchObject({ code: "Settings", message });
  });

  test("a HAVIP that this node must not take, even one that it has", async () => {
    const HaVipAssociationSet = [{ InstanceId: "ins-peer" }];
    const message = "havip-00000001 is not associated with ins-own";
    await expect(seenWith({ HaVipAssociationSet })).rejects.toMatchObject({ code: "Settings", message });
    await expect(seenWith({ HaVipAssociationSet: undefined })).rejects.toMatchObject({ message });
  });

  test("no HAVIP for its associations where any instance may take it", async () => {
    expect(await seenWith({ CheckAssociate: false, HaVipAssociationSet: undefined })).toMatchObject({ holder: "mine" });
  });

  test.each([[7], [{}], [{ InstanceId: "ins-own" }]])(
    "an answer of another shape, which tells no holder: %j",
    async (each) => {
      await expect(observe(runWith([each]))).rejects.toThrow();
    },
  );
});

describe("objects", () => {
  const run = runWith([HA_VIP]);

  test("to a HAVIP without an EIP only where the settings name one, and says which to bind", async () => {
    const seen = await seenWith({ AddressIp: "" });
    expect(objection(run, seen)).toBe("havip-00000001 has no EIP: bind eip-00000001");
    expect(objection({ ...run, address: { vip: VIP } }, seen)).toBeUndefined();
    expect(objection(run, await seenWith({}))).toBeUndefined();
  });

  test("as a MASTER to a HAVIP that has moved since its last look, and as a BACKUP not", async () => {
    const remembering = (flushedTime: string) => {
      const contests = new Map([[VIP, { promotion: undefined, flushedTime }]]);
      return { ...run, session: { ...run.session, memory: { ...noMemory(), contests } } };
    };
    const before = remembering("2026-01-31 02:59:00");
    const seen = await seenWith({});
    const contested = "havip-00000001 moves away from this MASTER: another node announces it";
    expect(objection(before, seen)).toBe(contested);
    expect(objection({ ...before, vrrp: "BACKUP" }, seen)).toBeUndefined();
    expect(objection(remembering(seen.flushedTime), seen)).toBeUndefined();
  });
});
