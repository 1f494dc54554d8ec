import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { hasProvider } from "./helpers/provider";
import { synthSettings, type Synthesized } from "./helpers/synth";
import { hasTerraform, validate } from "./helpers/terraform";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "validate-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const existingSubnet = {
  vpcId: "vpc-12345678",
  subnetId: "subnet-12345678",
  subnetCidrBlock: "10.0.1.0/24",
  availabilityZone: "ap-singapore-1",
};
const bucket = { type: "cos", region: "ap-singapore", bucket: "state-1250000000" };

/** Settings that take each branch of the settings file at least once; what is not said is as shipped. */
const SETTINGS: Record<string, Record<string, unknown>> = {
  "a HAVIP in a new network, with an HTTP check": {
    mechanism: "havip",
    healthCheck: { http: "http://127.0.0.1/healthz", intervalSeconds: 2, timeoutSeconds: 2, fall: 2, rise: 2 },
    keyIds: ["skey-12345678"],
  },
  "a private IP in an existing subnet, with everything that is tuned": {
    mechanism: "secondary-private-ip",
    network: existingSubnet,
    eip: {},
    backend: { ...bucket, prefix: "keepalived/web" },
    healthCheck: { command: "test -e /run/healthy" },
    keepalived: { virtualRouterId: 7, advertInt: 2, authPass: { terraformVariable: "vrrp_password" } },
    pairctl: { settleMs: 25, deadlineMs: 10_000, allowForeign: true },
    ingress: [{ protocol: "ICMP", cidrBlock: "10.0.0.0/8" }],
  },
  "a HAVIP without a public address, with a check of a port": {
    mechanism: "havip",
    network: existingSubnet,
    eip: undefined,
    backend: bucket,
    healthCheck: { tcp: 80 },
    ingress: [{ protocol: "ALL", cidrBlock: "10.0.0.0/8", description: "100 %{of it}" }],
  },
  "a private IP without a public address, with as little as can be": {
    mechanism: "secondary-private-ip",
    eip: undefined,
    healthCheck: { process: "nginx" },
    instanceType: undefined,
    keyIds: undefined,
    ingress: undefined,
    keepalived: undefined,
    tags: undefined,
  },
};

/** The stack of `main.ts`, with settings of `pair.yaml` replaced. */
function synthesize(settings: Record<string, unknown>): Synthesized {
  const document = parseDocument(readFileSync(join(__dirname, "..", "pair.yaml"), "utf8"));
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined) document.delete(key);
    else document.set(key, value);
  }
  const file = join(folder, "pair.yaml");
  writeFileSync(file, document.toString());
  return synthSettings(file);
}

/** The part of a stack that Terraform understands by itself: all but the provider's resources, and what refers to them. */
function core(stack: Synthesized): object {
  const { terraform, locals, check, resource } = stack as unknown as {
    terraform: object;
    locals?: object;
    check?: object;
    resource: { terraform_data: Record<string, { input: Record<string, string> }> };
  };
  // In an expression of its own, or within one.
  const text = JSON.stringify(resource.terraform_data)
    .replace(/\$\{tencentcloud_[^}]*\}/g, "known after apply")
    .replace(/\bdata\.tencentcloud_\w+\.\w+\.\w+/g, "[{status=path.root}]")
    .replace(/\btencentcloud_\w+\.\w+\.\w+/g, "path.root");
  const own = { terraform_data: JSON.parse(text) as object };
  return { terraform: { ...terraform, required_providers: undefined }, locals, check, resource: own };
}

test.runIf(hasTerraform).each(Object.entries(SETTINGS))("Terraform takes %s, but for the resources", (_, settings) => {
  expect(validate(core(synthesize(settings)))).toEqual([]);
});

test.runIf(hasProvider).each(Object.entries(SETTINGS))("Terraform and the provider take %s", (_, settings) => {
  expect(validate(synthesize(settings))).toEqual([]);
});

test.runIf(hasProvider)(
  "the provider refuses an argument that it does not have, which is how these tests would fail",
  () => {
    const stack = synthesize({});
    for (const eip of Object.values(stack.resource["tencentcloud_eip"] ?? {})) eip["bandwidth"] = 5;
    expect(validate(stack)).toMatchObject([{ summary: "Extraneous JSON object property" }]);
  },
);
