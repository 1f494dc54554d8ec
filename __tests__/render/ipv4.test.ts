import { describe, expect, test } from "vitest";
import {
  containsCidr,
  formatIpv4,
  type Ipv4Cidr,
  networkAround,
  parseCidr,
  parseIpv4,
  whyUnusable,
} from "../../constructs/render/ipv4";

const cidr = (text: string) => parseCidr(text) as Ipv4Cidr;

describe("parseIpv4", () => {
  test.each([
    ["0.0.0.0", 0],
    ["10.0.1.100", 167772516],
    ["255.255.255.255", 4294967295],
  ])("reads %s and writes it back", (text, number) => {
    expect(parseIpv4(text)).toBe(number);
    expect(formatIpv4(number)).toBe(text);
  });

  test.each(["", "10.0.1", "10.0.1.256", "10.0.1.1.1", "10.0.01.1", "a.b.c.d", "10.0.1.-1", "::1"])(
    "takes '%s' for no address",
    (text) => expect(parseIpv4(text)).toBeUndefined(),
  );
});

test.each([
  ["10.0.1.5/24", "10.0.1.0/24"],
  ["10.0.1.200/25", "10.0.1.128/25"],
  ["255.255.255.255/0", "0.0.0.0/0"],
  ["10.0.1.5/33", undefined],
  ["10.0.1.5", undefined],
  ["banana", undefined],
])("networkAround finds the network of %s: %s", (text, network) => expect(networkAround(text)).toBe(network));

describe("parseCidr", () => {
  test("reads the bounds of a network", () => {
    expect(parseCidr("10.0.1.0/24")).toEqual({
      text: "10.0.1.0/24",
      first: parseIpv4("10.0.1.0"),
      last: parseIpv4("10.0.1.255"),
      prefixLength: 24,
    });
    expect(parseCidr("0.0.0.0/0")?.last).toBe(4294967295);
  });

  test.each(["10.0.1.0", "10.0.1.0/", "10.0.1.0/33", "10.0.1.1/24", "10.0.1.0/24/1", "x/24", "10.0.1.0/-1"])(
    "takes '%s' for no network",
    (text) => expect(parseCidr(text)).toBeUndefined(),
  );
});

test("containsCidr tells inside from outside, overlapping and above 128.0.0.0", () => {
  expect(containsCidr(cidr("10.0.0.0/16"), cidr("10.0.255.0/24"))).toBe(true);
  expect(containsCidr(cidr("10.0.0.0/16"), cidr("10.1.0.0/24"))).toBe(false);
  expect(containsCidr(cidr("10.0.1.0/24"), cidr("10.0.0.0/16"))).toBe(false);
  expect(containsCidr(cidr("192.168.0.0/16"), cidr("192.168.3.0/24"))).toBe(true);
});

test.each([
  ["10.0.1.0", "is the network address"],
  ["10.0.1.1", "is the gateway"],
  ["10.0.1.255", "is the broadcast address"],
  ["10.0.2.10", "lies outside the subnet"],
  ["10.0.1", "is not an IPv4 address"],
])("whyUnusable says that %s %s", (address, why) => {
  expect(whyUnusable(address, cidr("10.0.1.0/24"))).toContain(why);
});

test("whyUnusable lets a machine have the second and the last but one address", () => {
  expect(whyUnusable("10.0.1.2", cidr("10.0.1.0/24"))).toBeUndefined();
  expect(whyUnusable("10.0.1.254", cidr("10.0.1.0/24"))).toBeUndefined();
});
