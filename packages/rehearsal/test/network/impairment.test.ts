import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { type Party, type Place, renderTable } from "../../src/network/impairment.ts";

const PLACES: Readonly<Record<Party, Place>> = {
  primary: { ports: ["eni2"] },
  secondary: { ports: ["eni3"] },
  client: { ports: ["eni1", "internet"] },
  API: { address: "169.254.0.24" },
  "metadata service": { address: "169.254.0.23" },
};
const placeOf = (party: Party) => PLACES[party];

describe("an impairment drops", () => {
  test.each<[string, Parameters<typeof renderTable>[1][number], string]>([
    [
      "what one node sends to the other, where it is forwarded",
      { from: ["primary"], to: ["secondary"] },
      'iifname { "eni2" } oifname { "eni3" } drop',
    ],
    ["VRRP only", { from: ["primary"], to: ["secondary"], only: "VRRP" }, "ip protocol 112 drop"],
    ["all but VRRP", { from: ["primary"], to: ["secondary"], only: "all but VRRP" }, "ip protocol != 112 drop"],
    ["some packets of a hundred", { from: ["primary"], to: ["secondary"], lossPercent: 30 }, "mod 100 < 30 drop"],
    [
      "what comes from both sides of the client",
      { from: ["client"], to: ["primary"] },
      '{ "eni1", "internet" } oifname',
    ],
    [
      "what a node asks the API, where it arrives",
      { from: ["primary"], to: ["API"] },
      'iifname { "eni2" } ip daddr 169.254.0.24 drop',
    ],
    [
      "what the API answers a node, where it leaves",
      { from: ["API"], to: ["primary"] },
      'oifname { "eni2" } ip saddr 169.254.0.24 drop',
    ],
  ])("%s", (_, impairment, rule) => {
    expect(renderTable("t", [impairment], placeOf)).toContain(rule);
  });

  test("nothing between a party and itself", () => {
    expect(renderTable("t", [{ from: ["primary"], to: ["primary"] }], placeOf)).not.toContain("drop");
  });
});

const nft = spawnSync("nft", ["--version"], { env: { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` } });
if (nft.error) console.log("not run: there is no 'nft' here to read the table");

test.skipIf(nft.error !== undefined)("nft takes the table", () => {
  const everybody = Object.keys(PLACES) as Party[];
  const table = renderTable("t", [{ from: everybody, to: everybody, only: "all but VRRP", lossPercent: 30 }], placeOf);
  const args = ["--user", "--map-root-user", "--net", "nft", "--check", "-f", "-"];
  const env = { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` };
  const { status, stderr } = spawnSync("unshare", args, { input: table, encoding: "utf8", env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
