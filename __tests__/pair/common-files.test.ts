import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { configOf, haVip, privateIp, synthPair } from "../helpers/pair";
import { MECHANISMS, NODE_PATHS, OPTIONAL_FEATURES, SETUP_PATHS, unpackedProgram } from "../../constructs/contract";
import { commonFiles } from "../../constructs/pair/common-files";
import { isOurs } from "../../packages/operator/src/node/report";
import { HealthCheck, type KeepalivedPairProps } from "../../constructs/index";

/** What a node of a pair with these props gets, by path; pairctl as it was before it was packed. */
function contentsOf(props: Partial<KeepalivedPairProps>, virtualIp = haVip): (path: string) => string {
  const { files } = configOf(synthPair(props, virtualIp), "Primary");
  return (path) => {
    const content = files[path]?.content ?? "";
    return unpackedProgram(content) ?? content;
  };
}

describe("a pair without health checks", () => {
  const content = contentsOf({});

  test.each([SETUP_PATHS.preflight, SETUP_PATHS.watch])(
    "gets %s without a loop over them, and a shell can read it",
    (path) => {
      expect(content(path)).not.toContain("$CHECKS");
      expect(content(path)).not.toBe("");
      expect(spawnSync("sh", ["-n"], { input: content(path), encoding: "utf8" })).toMatchObject({
        status: 0,
        stderr: "",
      });
    },
  );

  test("gets a pairctl whose doctor does not look for them", () => {
    expect(content(NODE_PATHS.command)).not.toContain('"health checks"');
  });
});

describe.each<[string, Partial<KeepalivedPairProps>]>([
  ["with a health check", { healthChecks: [HealthCheck.tcp(80)] }],
  [
    "with blocks of the user's own, which may be checks",
    { extraKeepalivedConf: "vrrp_script own {\n  script /bin/true\n}" },
  ],
])("a pair %s", (_, props) => {
  const content = contentsOf(props);

  test.each([SETUP_PATHS.preflight, SETUP_PATHS.watch])("gets %s with its loop", (path) => {
    expect(content(path)).toContain("for check in $CHECKS; do\n");
  });

  test("gets a pairctl whose doctor looks at them", () => {
    expect(content(NODE_PATHS.command)).toContain('"health checks"');
  });
});

test("only a pair with a proxy gets a pairctl that can open a tunnel", () => {
  const httpsProxy = "http://10.0.1.5:3128";
  expect(contentsOf({ httpsProxy })(NODE_PATHS.command)).toContain('"CONNECT"');
  expect(contentsOf({ httpsProxy })(NODE_PATHS.settings)).toContain(`"httpsProxy":"${httpsProxy}"`);
  expect(contentsOf({})(NODE_PATHS.command)).not.toContain('"CONNECT"');
});

test.each(MECHANISMS)("pair push delivers each of them: %s", (mechanism) => {
  for (const features of [[], OPTIONAL_FEATURES]) {
    const { paths } = commonFiles(mechanism, features);
    expect(paths.filter((path) => !isOurs({ path, content: "", permissions: "0644" }))).toEqual([]);
  }
});

describe("the peer's word", () => {
  test.each([haVip, privateIp])("leaves room for a health check, but not for many, which is said", (virtualIp) => {
    const healthChecks = [HealthCheck.http("http://127.0.0.1:8080/healthz")];
    expect(contentsOf({ peerWord: true, healthChecks }, virtualIp)(NODE_PATHS.settings)).not.toBe("");
    const many = ["nginx", "mariadbd", "haproxy", "postgres", "redis-server"].map((name) => HealthCheck.process(name));
    expect(() => contentsOf({ peerWord: true, healthChecks: [...healthChecks, ...many] }, virtualIp)).toThrow(
      /must fit into the 16384 characters .* or leave peerWord out/,
    );
  });

  /** How the agent asks its peer, whose port it answers on as well. */
  const ASKS_PEER = ".peerIp}:3112";

  test.each<[string, Partial<KeepalivedPairProps>]>([
    ["does not ask for it", {}],
    ["turns it off", { peerWord: false }],
  ])("a pair that %s gets a pairctl that does not talk to the peer, and whose doctor pings the peer", (_, props) => {
    const content = contentsOf(props);
    expect(content(NODE_PATHS.command)).not.toContain(ASKS_PEER);
    expect(content(NODE_PATHS.command)).toContain("ping -c1");
  });

  test("a pair that asks for it gets a pairctl that does, which needs no setting on the node", () => {
    const content = contentsOf({ peerWord: true });
    expect(content(NODE_PATHS.command)).toContain(ASKS_PEER);
    expect(content(NODE_PATHS.command)).not.toContain("ping -c1");
    expect(content(NODE_PATHS.settings)).toBe(contentsOf({})(NODE_PATHS.settings));
  });

  test("with a HAVIP the nodes yield: they get the script that keepalived asks, a check that runs it, and Python", () => {
    const content = contentsOf({ peerWord: true });
    expect(content(NODE_PATHS.yield)).toMatch(/^#!\/bin\/sh\n/);
    expect(content(SETUP_PATHS.watch)).toContain(NODE_PATHS.yield);
    expect(content(NODE_PATHS.keepalivedConf)).toContain(`vrrp_script yield {
    script "${NODE_PATHS.yield}"
    interval 1
    timeout 10
    rise 1
    fall 1
    weight 0
}`);
    expect(content(NODE_PATHS.keepalivedConf)).toContain("    track_script {\n        yield\n    }\n");
    expect(content(SETUP_PATHS.nodeConf)).toContain('PACKAGES="keepalived nodejs python3"');
    expect(content(NODE_PATHS.command)).toContain("python3");
  });

  test.each([
    ["without it", contentsOf({})],
    ["with it, but with a private IP, which stays with the stronger node", contentsOf({ peerWord: true }, privateIp)],
  ])("no node of a pair yields %s", (_, content) => {
    expect(content(NODE_PATHS.yield)).toBe("");
    expect(content(SETUP_PATHS.watch)).not.toContain("yield");
    expect(content(SETUP_PATHS.watch)).toContain("/proc/net/raw");
    expect(content(NODE_PATHS.keepalivedConf)).not.toContain("yield");
    expect(content(SETUP_PATHS.nodeConf)).toContain('PACKAGES="keepalived nodejs"');
    expect(content(NODE_PATHS.command)).not.toContain("python3");
  });
});
