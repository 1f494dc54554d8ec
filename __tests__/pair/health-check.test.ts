import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { HealthCheck } from "../../constructs/index";
import { confOf, configOf, synthPair } from "../helpers/pair";

const scriptOf = (check: HealthCheck) =>
  configOf(synthPair({ healthChecks: [check] }), "Primary").files["/usr/libexec/keepalived/check_service_1"]?.content;

test.each([
  ["a command", HealthCheck.command("pgrep -x haproxy\n"), "pgrep -x haproxy"],
  [
    "a web page",
    HealthCheck.http("http://127.0.0.1/healthz?a='b'", { timeoutSeconds: 3 }),
    String.raw`curl -gfsS -o /dev/null --max-time 3 'http://127.0.0.1/healthz?a='\''b'\'''`,
  ],
  ["a TCP port", HealthCheck.tcp(3306), "timeout 2 bash -c '</dev/tcp/127.0.0.1/3306'"],
  ["a process", HealthCheck.process("nginx"), "pgrep -x nginx >/dev/null"],
])("checks %s by a script", (_, check, line) => {
  expect(scriptOf(check)).toBe(`#!/bin/sh\n${line}\n`);
});

test("brings curl along where a page is fetched", () => {
  const { packages } = configOf(synthPair({ healthChecks: [HealthCheck.http("http://127.0.0.1/")] }), "Primary");
  expect(packages).toEqual(["keepalived", "nodejs", "curl"]);
});

test("runs as often as is said", () => {
  const timing = { intervalSeconds: 5, timeoutSeconds: 4, rise: 1, fall: 3 };
  const conf = confOf(synthPair({ healthChecks: [HealthCheck.tcp(80, timing)] }), "Secondary");
  expect(conf).toMatch(/interval 5\n {4}timeout 4\n {4}rise 1\n {4}fall 3\n {4}weight 0\n/);
});

test.each([
  ["no URL", () => HealthCheck.http("healthz"), /'healthCheck\.http' must be a URL, got "healthz"/],
  ["another scheme", () => HealthCheck.http("ftp://127.0.0.1/"), /'healthCheck\.http' must be a URL/],
  [
    "a URL with a line's end",
    () => HealthCheck.http("http://127.0.0.1/\nhealthz"),
    /'healthCheck\.http' must be a URL/,
  ],
  ["a URL with a blank", () => HealthCheck.http("http://127.0.0.1/a b"), /'healthCheck\.http' must be a URL/],
  ["a URL with blanks around it", () => HealthCheck.http(" http://127.0.0.1/ "), /'healthCheck\.http' must be a URL/],
  ["a URL without its //", () => HealthCheck.http("http:127.0.0.1"), /'healthCheck\.http' must be a URL/],
  ["a URL with a backslash", () => HealthCheck.http("http:\\\\127.0.0.1"), /'healthCheck\.http' must be a URL/],
  ["half of a character", () => HealthCheck.http("http://127.0.0.1/\ud800"), /'healthCheck\.http' must not hold half/],
  ["port 0", () => HealthCheck.tcp(0), /'healthCheck\.tcp' must be an integer between 1 and 65535, got 0/],
  ["a process that is a command", () => HealthCheck.process("nginx -g x"), /'healthCheck\.process' must be 1 to 15/],
])("refuses %s", (_, make, message) => expect(make).toThrow(message));

test.each([
  ["an empty command", () => HealthCheck.command(" "), /'healthCheck\.command' must not be empty/],
  ["an interval of 0", () => HealthCheck.command("true", { intervalSeconds: 0 }), /'healthCheck\.intervalSeconds'/],
  ["a timeout of half a second", () => HealthCheck.command("true", { timeoutSeconds: 0.5 }), /timeoutSeconds/],
  ["a fall of 0", () => HealthCheck.command("true", { fall: 0 }), /'healthCheck\.fall'/],
  ["a rise of 0", () => HealthCheck.command("true", { rise: 0 }), /'healthCheck\.rise'/],
])("refuses a health check with %s", (_, make, message) => expect(make).toThrow(message));

test.each<[string, unknown[], RegExp]>([
  ["nothing", [], /'healthCheck\.command' must be a text, got nothing/],
  ["a command alone", ["curl localhost"], /'healthCheck' must be an object with props, got nothing/],
  ["what is no script", ["true\r\n", {}], /'healthCheck\.command' must have the line ends of Unix/],
  ["a text for a number", ["true", { fall: "2" }], /'healthCheck\.fall' must be a number, got "2"/],
  ["a text for a list", ["true", {}, "curl"], /'healthCheck\.packages' must be a list, got "curl"/],
])("refuses %s in plain JavaScript, which can call the constructor itself", (_, args, message) => {
  expect(() => Reflect.construct(HealthCheck, args) as unknown).toThrow(message);
});

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) console.log("not run: curl is not installed, so what it says of URLs is not asked");

/** Nobody listens there, which curl says by its own exit status. */
const NOBODY_LISTENS = 7;

test
  .runIf(hasCurl)
  .each([
    "http://127.0.0.1:1/healthz?a='b'",
    "http://127.0.0.1:1/a[1]{b,c}",
    "http://127.0.0.1:1/ä%20b#c",
    "HTTP://[::1]:1/",
  ])("curl itself takes the URL %s, and asks for one page", (url) => {
  const { shellCommand } = HealthCheck.http(url);
  const { status, stderr } = spawnSync("sh", ["-c", shellCommand], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  expect({ status, lines: stderr.trim().split("\n").length }).toEqual({ status: NOBODY_LISTENS, lines: 1 });
});
