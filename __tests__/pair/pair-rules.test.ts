import { expect, test } from "vitest";
import { HealthCheck, type KeepalivedPairProps } from "../../constructs/index";
import { privateIp, synthPair } from "../helpers/pair";

const primary = (privateIp: string) => ({ primary: { privateIp } });

test.each<[string, Partial<KeepalivedPairProps>, RegExp]>([
  ["a node with the VIP", primary("10.0.1.100"), /'primary\.privateIp' must differ from 'vip'.*10\.0\.1\.100/],
  ["two nodes with one address", primary("10.0.1.12"), /'secondary\.privateIp' must differ from 'primary\.privateIp'/],
  ["a node outside the subnet", primary("10.0.2.11"), /'primary\.privateIp'.*outside the subnet/],
  [
    "the other node outside it",
    { secondary: { privateIp: "10.0.2.12" } },
    /'secondary\.privateIp'.*outside the subnet/,
  ],
  ["a node on the gateway", primary("10.0.1.1"), /'primary\.privateIp'.*gateway/],
  ["a node address that is a token", primary("${TfToken[TOKEN.0]}"), /'primary\.privateIp' must be known at synth/],
  ["virtual_router_id 0", { virtualRouterId: 0 }, /'virtualRouterId' must be an integer between 1 and 255, got 0/],
  ["virtual_router_id 256", { virtualRouterId: 256 }, /'virtualRouterId'.*got 256/],
  ["a priority of 0", { secondary: { privateIp: "10.0.1.12", priority: 0 } }, /'secondary\.priority'.*1 and 254/],
  ["a priority of 255", { primary: { privateIp: "10.0.1.11", priority: 255 } }, /'primary\.priority'.*1 and 254/],
  ["equal priorities", { secondary: { privateIp: "10.0.1.12", priority: 100 } }, /'secondary\.priority' must be lower/],
  ["advert_int below 1", { advertInt: 0.2 }, /'advertInt' must be an integer between 1 and 255, got 0\.2/],
  ["an empty password", { authPass: "" }, /'authPass' must be 1 to 8/],
  ["a password of 9 characters", { authPass: "123456789" }, /'authPass' must be 1 to 8.* got a text of 9 characters/],
  ["a password that keepalived would misread", { authPass: "a b#" }, /'authPass'/],
  ["a name that is too long", { name: "n".repeat(51) }, /'name' must have 1 to 50 characters/],
  [
    "a host name that is not valid",
    { primary: { privateIp: "10.0.1.11", hostname: "a b" } },
    /'primary\.hostname'.*"a b"/,
  ],
  ["a region that is not the subnet's", { region: "ap-guangzhou" }, /'region' must be that of .* ap-singapore-1, got/],
  ["an endpoint without scheme", { apiEndpoints: ["vpc.example.com"] }, /'apiEndpoints\[0\]'.*"vpc\.example\.com"/],
  ["an endpoint with a path", { apiEndpoints: ["http://a/latest"] }, /'apiEndpoints\[0\]' must be written like https:/],
  ["a settle time that is too long", { settleMs: 5001 }, /'settleMs' .* 0 and 5000, got 5001/],
  ["a fraction of a millisecond", { settleMs: 0.5 }, /'settleMs' .* 0 and 5000, got 0\.5/],
  ["a deadline that is too short", { deadlineMs: 999 }, /'deadlineMs' .* 1000 and 60000, got 999/],
  [
    "a settle time that no run lives to see",
    { settleMs: 2000, deadlineMs: 2000 },
    /'settleMs' must be below deadlineMs, 2000, got 2000/,
  ],
  ["no endpoint at all", { apiEndpoints: [] }, /'apiEndpoints' must be a list with at least one item, got \[\]/],
  ["a name that is no hostname", { name: "web_pair" }, /'name' must be a host name.*"web_pair"/],
  ["a name with a double hyphen", { name: "web--pair" }, /'name' must be a host name.*"web--pair"/],
  ["a name with an outer hyphen", { name: "-web" }, /'name' must be a host name.*"-web"/],
  [
    "a host name of one character",
    { primary: { privateIp: "10.0.1.11", hostname: "a" } },
    /'primary\.hostname' must be a host name: 2 characters at least.*"a"/,
  ],
])("%s", (_, props, message) => {
  expect(() => synthPair(props)).toThrow(message);
});

test.each([
  ["the virtual address", "http://10.0.1.100/", "asks a virtual address"],
  ["the primary", "https://10.0.1.11:8443/healthz", "asks the primary on both nodes"],
  ["the secondary", "http://user@10.0.1.12/", "asks the secondary on both nodes"],
])("refuses a health check over HTTP of %s, which is not its own node", (_, url, why) => {
  const healthChecks = [HealthCheck.tcp(80), HealthCheck.http(url)];
  expect(() => synthPair({ healthChecks })).toThrow(
    new RegExp(`'healthChecks\\[1\\]' must ask the node that it runs on, and ${why}.*: write 127\\.0\\.0\\.1 instead`),
  );
});

test("takes a health check over HTTP of the node itself, and of somebody who is not of the pair", () => {
  for (const url of ["http://127.0.0.1/", "http://localhost:8080/", "http://10.0.1.102/", "http://web.example.com/"]) {
    expect(() => synthPair({ healthChecks: [HealthCheck.http(url)] })).not.toThrow();
  }
});

test("refuses a node on the parking address", () => {
  expect(() => synthPair(primary("10.0.1.101"), privateIp)).toThrow(
    /'primary\.privateIp' must differ from 'parkingIp'/,
  );
});
