import { BlockList } from "node:net";
import { expect, test } from "vitest";
import { addressInCidr, formatAddress, parseAddress, parseCidr } from "../../src/stack/cidr.ts";

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

test.each(NETWORKS)("%s has the addresses that Node.js says", (text) => {
  const cidr = parseCidr(text);
  if (cidr === undefined) throw new Error(`${text} is none`);
  for (const address of ADDRESSES) {
    expect([address, addressInCidr(cidr, address)]).toEqual([address, nodeSays(text, address)]);
  }
});

test("an address is written as it was read", () => {
  for (const address of ADDRESSES) expect(formatAddress(parseAddress(address) ?? -1)).toBe(address);
});

test.each(["10.0.1.1/24", "10.0.1.0/33", "10.0.1.0", "10.0.1.300/24", "here/8"])("refuses %s as a network", (text) => {
  expect(parseCidr(text)).toBeUndefined();
});

test("what is no address is in no network", () => {
  expect(addressInCidr({ first: 0, last: 2 ** 32 - 1, prefixLength: 0 }, "here")).toBe(false);
});
