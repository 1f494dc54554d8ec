import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ASSUMPTIONS } from "local-cloud";
import { expect, test } from "vitest";
import { CLAIMS, judgeAll } from "../../src/assumptions/index.ts";
import { SWITCHED } from "../../src/assumptions/switched.ts";
import { type NodeFacts, nothingSeen, type Observations } from "../../src/measure/observations.ts";

const docs = readFileSync(join(import.meta.dirname, "../../../../docs/assumptions.md"), "utf8");

/** What docs/assumptions.md believes, in its order. */
function believed(heading: string, column: number): string[] {
  const section = (docs.split(`## ${heading}\n`)[1] ?? "").split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) => row.split("|")[column]?.trim() ?? "");
}

const node: NodeFacts = { isSetUp: true, calls: {}, moves: [], internalEndpoint: "404", userDataBegins: "1f8b0800" };

/** What a run saw in which all is as it is believed. */
const allWell: Observations = {
  ...nothingSeen("secondary-private-ip"),
  deployed: true,
  wasWell: true,
  metadata: [{ uptimeS: 9, hasCredentials: true }],
  nodes: [
    {
      ...node,
      calls: { "MigratePrivateIpAddress OK": 2, "DescribeVpcTaskResult OK": 2, "DescribeAddresses OK": 3 },
      moves: [{ time: "2026-11-26T18:00:00Z", from: "parked", calls: ["MigratePrivateIpAddress OK"] }],
    },
    node,
  ],
  samples: [{ at: 0, holder: "eni-1", state: "MIGRATING", eipOn: "eni-1", eipStatus: "BIND" }],
  filterFinds: { suffix: ["10.0.1.100"], exact: ["10.0.1.100"], vip: "10.0.1.100" },
  primaryFirst: [true, true],
};

/** What else is contradicted by the same sign: a refusal for want of a permission may be one that passes, too. */
const SAME_SIGN: Readonly<Record<string, readonly string[]>> = { "same-rights-on-both-nodes": ["cam-propagation"] };

const verdicts = (seen: Observations) => Object.fromEntries(judgeAll(seen).map(({ name, verdict }) => [name, verdict]));
const withNode = (changes: Partial<NodeFacts>): Observations => ({ ...allWell, nodes: [{ ...node, ...changes }] });

test("the report has every assumption of docs/assumptions.md, in its words and order", () => {
  const expected = [...believed("With a switch", 3), ...believed("Without a switch", 1)];
  expect(CLAIMS.map((claim) => claim.believed)).toEqual(expected);
  expect(SWITCHED.map(({ name }) => name)).toEqual(Object.keys(ASSUMPTIONS));
  expect(new Set(CLAIMS.map(({ name }) => name)).size).toBe(CLAIMS.length);
});

test("a run that has seen nothing says of no assumption that it is confirmed or contradicted", () => {
  for (const mechanism of ["havip", "secondary-private-ip"] as const) {
    expect(new Set(Object.values(verdicts(nothingSeen(mechanism))))).toEqual(new Set(["not seen"]));
  }
});

test("a run in which all is as it is believed contradicts nothing", () => {
  const found = Object.entries(verdicts(allWell));
  expect(found.filter(([, verdict]) => verdict === "contradicted")).toEqual([]);
  expect(found.filter(([, verdict]) => verdict === "confirmed").length).toBeGreaterThan(15);
});

test.each<[string, Observations]>([
  [
    "migration-from-free-eni",
    withNode({ calls: { "MigratePrivateIpAddress UnauthorizedOperation.AttachmentNotFound": 1 } }),
  ],
  [
    "eip-of-migrated-address",
    withNode({ moves: [{ time: "t", from: "peer", calls: ["MigratePrivateIpAddress OK", "AssociateAddress OK"] }] }),
  ],
  ["address-ip-filter", { ...allWell, filterFinds: { suffix: [], exact: ["10.0.1.100"], vip: "10.0.1.100" } }],
  ["interface-address-order", { ...allWell, primaryFirst: [true, false] }],
  ["describe-vpc-task-result", withNode({ calls: { "DescribeVpcTaskResult UnauthorizedOperation": 1 } })],
  ["task-result", withNode({ calls: { "DescribeVpcTaskResult ResourceNotFound": 1, "DescribeVpcTaskResult OK": 1 } })],
  ["cam-propagation", withNode({ calls: { "DescribeNetworkInterfaces UnauthorizedOperation": 1 } })],
  ["internal-endpoint", withNode({ internalEndpoint: "ENOTFOUND" })],
  ["user-data", withNode({ isSetUp: false, userDataBegins: "1fefbfbd" })],
  ["role-in-metadata", { ...allWell, metadata: [{ uptimeS: 12, hasCredentials: false }] }],
  [
    "same-rights-on-both-nodes",
    {
      ...allWell,
      nodes: [node, node].map((each, index) => {
        const code = index === 0 ? "OK" : "UnauthorizedOperation.CamNoAuth";
        return { ...each, calls: { [`MigratePrivateIpAddress ${code}`]: 1 } };
      }),
    },
  ],
  ["eip-actions-of-cvm", { ...nothingSeen("havip"), deployError: "InvalidParameter.ActionNotExist" }],
  ["free-eni-with-eip", { ...nothingSeen("secondary-private-ip"), deployError: "in Vip/EipAssociation: refused" }],
])(
  "%s is contradicted by what contradicts it, and nothing else is, and the report says what was seen",
  (name, seen) => {
    const judged = judgeAll(seen).filter(({ verdict }) => verdict === "contradicted");
    expect(judged.map((each) => each.name).sort()).toEqual([name, ...(SAME_SIGN[name] ?? [])].sort());
    for (const each of judged) expect(each.seen).toMatch(/\S/);
  },
);

test("that both nodes may move the address is confirmed once each has, whatever was refused before", () => {
  const calls = { "MigratePrivateIpAddress OK": 1, "MigratePrivateIpAddress UnauthorizedOperation": 3 };
  const seen = {
    ...allWell,
    nodes: [
      { ...node, calls },
      { ...node, calls },
    ],
  };
  expect(verdicts(seen)["same-rights-on-both-nodes"]).toBe("confirmed");
  const free = { "MigratePrivateIpAddress UnauthorizedOperation.AttachmentNotFound": 1 };
  expect(
    verdicts({
      ...seen,
      nodes: [
        { ...node, calls },
        { ...node, calls: free },
      ],
    }),
  ).toMatchObject({
    "same-rights-on-both-nodes": "not seen",
  });
});
