import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import { METRICS_ADDRESS, METRICS_PORT, NODE_PATHS } from "../src/contract/index.ts";
import { canIsolate, NodeOfItsOwn } from "./support/node-of-its-own.ts";

const PAGE = readFileSync(new URL("../../../docs/monitoring.md", import.meta.url), "utf8");
const PROMETHEUS = "http://127.0.0.1:9090";
const PATIENT = { timeout: 100_000, interval: 500 };

const WHO = "what Prometheus itself gets of the agent";
const isThere = ["prometheus", "promtool"].every((name) => spawnSync(name, ["--version"]).status === 0);
if (!isThere) console.log(`not run: ${WHO}: prometheus or promtool not available (Debian package prometheus)`);

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

test.runIf(isThere && canIsolate(WHO))(
  "Prometheus gets of the agent what the textfile says, and notices its end",
  async () => {
    await using node = await NodeOfItsOwn.start("secondary-private-ip");
    const agent = node.runAgent();
    // The configuration that the page shows; a test may not wait as long, and has nowhere to send it.
    const [, text] = [...PAGE.matchAll(/```yaml\n([^]*?)```/g)].map(([, each]) => each);
    const { scrape_configs } = parse(text ?? "") as { scrape_configs: object[] };
    const config = join(node.root, "prometheus.yml");
    writeFileSync(
      config,
      stringify({ scrape_configs: scrape_configs.map((each) => ({ ...each, scrape_interval: "1s" })) }),
    );
    const own = ["--web.listen-address=127.0.0.1:9090", `--storage.tsdb.path=${join(node.root, "data")}`];
    node.run(["prometheus", `--config.file=${config}`, ...own]);
    const query = (expression: string) =>
      JSON.parse(node.exec("promtool", "query", "instant", "--format=json", PROMETHEUS, expression)) as Sample[];
    const file = () => readFileSync(join(node.root, NODE_PATHS.metrics), "utf8");

    await vi.waitFor(() => {
      const samples = query('{__name__=~"pairctl_.+"}').map(({ metric, value: [, value] }) => {
        const { __name__, job, instance, pair, ...labels } = metric;
        expect({ job, instance, pair }).toEqual({ job: "pairctl", instance: "primary", pair: "web-pair" });
        return [__name__, Object.entries(labels).sort().join(" "), value].join(" ");
      });
      const written = [...file().matchAll(/^(\w+)\{(.*)\} (\S+)$/gm)].map(([, name, labels = "", value]) => {
        const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, of]) => `${label},${of}`);
        return [name, pairs.sort().join(" "), value].join(" ");
      });
      expect(written.length).toBeGreaterThan(5);
      expect(samples.sort()).toEqual(written.sort());
    }, PATIENT);
    expect(query("up")).toMatchObject([{ value: [expect.anything(), "1"] }]);
    const endpoint = `http://${METRICS_ADDRESS}:${METRICS_PORT}/metrics`;
    const input = node.exec("curl", "-sS", endpoint);
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    // Its only objection, and the status of one: node_exporter and the dashboard know what they are.
    expect(status).toBe(3);
    expect(
      (stdout + stderr)
        .trim()
        .split("\n")
        .filter((line) => !line.endsWith(" no help text")),
    ).toEqual([]);

    agent.kill("SIGKILL");
    await vi.waitFor(() => {
      expect(query("up")).toMatchObject([{ value: [expect.anything(), "0"] }]);
      expect(query('{__name__=~"pairctl_.+"}')).toEqual([]);
    }, PATIENT);
  },
);
