import { BlockList } from "node:net";
import { describe, expect, test } from "vitest";
import {
  contains,
  formatIpv4,
  hasAddress,
  overlaps,
  parseCidr,
  parseIpv4,
  reservedAddresses,
} from "../../src/engine/ipv4.ts";

/** Node's own judgement of an address in a network. */
function nodeSays(cidr: string, address: string): boolean {
  const list = new BlockList();
  const [network = "", prefix] = cidr.split("/");
  list.addSubnet(network, Number(prefix));
  return list.check(address);
}

const NETWORKS = [
  "10.0.0.0/8",
  "10.0.1.0/24",
  "192.168.255.128/25",
  "203.0.113.7/32",
  "0.0.0.0/0",
  "255.255.255.254/31",
];
const ADDRESSES = [
  "0.0.0.0",
  "9.255.255.255",
  "10.0.0.255",
  "10.0.1.0",
  "10.0.1.255",
  "10.0.2.0",
  "192.168.255.127",
].concat(["192.168.255.128", "203.0.113.7", "203.0.113.8", "255.255.255.253", "255.255.255.255"]);

const range = (cidr: string) => {
  const found = parseCidr(cidr);
  if (found === undefined) throw new Error(`${cidr} is none`);
  return found;
};

test.each(NETWORKS)("%s has the addresses that Node.js says", (cidr) => {
  for (const address of ADDRESSES) {
    const alone = range(`${address}/32`);
    expect([address, contains(range(cidr), alone)]).toEqual([address, nodeSays(cidr, address)]);
    expect([address, hasAddress(range(cidr), address)]).toEqual([address, nodeSays(cidr, address)]);
    expect(overlaps(range(cidr), alone)).toBe(overlaps(alone, range(cidr)));
  }
});

test("an address is written as it was read, and none is taken that is not written so", () => {
  for (const address of ADDRESSES) expect(formatIpv4(parseIpv4(address) ?? -1)).toBe(address);
  for (const text of ["", "10.0.1", "10.0.1.256", "10.0.1.01", "10.0.1.1 ", "10.0.1.-1", "10.0.1.1.1", "a.b.c.d"]) {
    expect([text, parseIpv4(text)]).toEqual([text, undefined]);
  }
});

describe("refuses as a network", () => {
  test.each([
    "10.0.1.0",
    "10.0.1.1/24",
    "10.0.1.0/33",
    "10.0.1.0/",
    "10.0.1.0/-1",
    "10.0.01.0/24",
    "10.0.1.300/24",
    "here",
    "here/8",
  ])("%s", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

test("what is no address is in no network", () => {
  expect(hasAddress({ first: 0, last: 2 ** 32 - 1, prefixLength: 0 }, "here")).toBe(false);
});

test("two subnets overlap where one has an address of the other, and touch where they are neighbours", () => {
  expect(overlaps(range("10.0.1.0/24"), range("10.0.1.128/25"))).toBe(true);
  expect(overlaps(range("10.0.1.0/24"), range("10.0.2.0/24"))).toBe(false);
  expect(contains(range("10.0.1.128/25"), range("10.0.1.0/24"))).toBe(false);
});

test("the cloud keeps a subnet's own address, its gateway's and the broadcast address", () => {
  expect(reservedAddresses(range("10.0.1.0/24")).map(formatIpv4)).toEqual(["10.0.1.0", "10.0.1.1", "10.0.1.255"]);
});
