import { describe, expect, test } from "vitest";
import type { Finding, PlanReport } from "../../src/plan/finding.ts";
import type { PlanJson, ResourceChange } from "../../src/plan/plan-json.ts";
import { conclusion } from "../../src/plan/report/text.ts";
import { judged, node, ofType, recordedJson, reportOf, withAttributes, withChange } from "./support/plans.ts";

/** What is said of each change but those that nobody notices: where, what, verdict, and whether it is refused. */
function said({ findings }: Pick<PlanReport, "findings">): string[] {
  const line = ({ role, noun, what, verdict, refused }: Finding) =>
    `${role ?? noun}: ${what.replace(/[ :].*/s, "")}: ${verdict}${refused ? ", refused" : ""}`;
  return findings.filter(({ verdict }) => verdict !== "nothing").map(line);
}

const havip = () => recordedJson("no-change");
const privateIp = () => recordedJson("no-change-private-ip");

describe("a plan that Terraform has made", () => {
  test("changes nothing where there is nothing to change", () => {
    const report = reportOf("no-change");
    expect(report).toMatchObject({ findings: [], refusals: [], refusedFor: [], worst: "nothing", others: 0 });
    expect(report.pairs).toEqual([
      { name: "web-pair", mechanism: "havip", vips: ["10.0.1.100"], servedBy: "secondary" },
    ]);
  });

  test("stops both nodes at once with another instance type, and is refused", () => {
    const report = reportOf("instance-type");
    expect(said(report)).toEqual([
      "primary: instance_type: both-nodes, refused",
      "secondary: instance_type: both-nodes, refused",
    ]);
    expect(report.refusedFor).toEqual(["both-nodes"]);
    expect(report.findings[0]).toMatchObject({ what: "instance_type: S5.MEDIUM2 → S5.LARGE8", remedy: "pair roll" });
  });

  test("passes where the verdict is allowed by name, and by no other", () => {
    expect(reportOf("instance-type", "both-nodes").refusedFor).toEqual([]);
    expect(reportOf("instance-type", "half-done").refusedFor).toEqual(["both-nodes"]);
  });

  test("only records what is in the user data, so that no running node gets it", () => {
    const report = reportOf("priority-and-check");
    expect(said(report)).toEqual(["primary: user_data: rolling", "secondary: user_data: rolling"]);
    expect(report.refusedFor).toEqual([]);
    expect(report.findings[0]?.reason).toContain("no node that runs gets any of it");
  });

  test("takes the public address away with the EIP, and is refused", () => {
    const report = reportOf("eip-taken-away");
    expect(report.refusedFor).toEqual(["public-address-changes"]);
    expect(said(report)).toContain("public address (EIP): destroyed: public-address-changes, refused");
    expect(report.findings.find(({ noun }) => noun === "policy of pairctl's role")).toMatchObject({
      verdict: "rolling",
      reason: expect.stringContaining("may no longer call cvm:AssociateAddress, cvm:DescribeAddresses, cvm:Disass"),
      remedy: "after the deploy, pair push",
    });
  });

  test("is refused with Terraform's own words where the stack's conditions do not hold, whatever is allowed", () => {
    const report = reportOf("another-vip", "address-moves");
    expect(report.refusals).toEqual([
      expect.stringMatching(/'vip' is 10\.0\.1\.100 as deployed and cannot become 10\.0\.1\.200: /),
    ]);
  });

  test("replaces the standby without being refused, since the other node is known to serve", () => {
    const report = reportOf("standby-replaced");
    expect(said(report)).toEqual(["primary: replaced: node-restarts"]);
    expect(report.findings[0]?.reason).toContain("the secondary has 10.0.1.100 now, and serves meanwhile");
    expect(report.refusedFor).toEqual([]);
  });

  test("stops both nodes when everything is destroyed", () => {
    expect(reportOf("destroy").refusedFor).toContain("both-nodes");
  });
});

describe("one node", () => {
  test("refuses to restart the one that serves, and says to drain it first", () => {
    const report = judged(withAttributes(havip(), node("secondary"), { instance_type: "S5.LARGE8" }));
    expect(said(report)).toEqual(["secondary: instance_type: node-restarts, refused"]);
    expect(report.findings[0]?.remedy).toBe("pair drain first, then pair roll");
  });

  test("is refused where the plan does not know which one serves", () => {
    const { prior_state: _, ...json } = havip();
    const report = judged(withAttributes(json, node("primary"), { hostname: "other" }));
    expect(said(report)).toEqual(["primary: hostname: node-restarts, refused"]);
    expect(report.findings[0]?.reason).toContain("which node has 10.0.1.100 now is not known");
  });

  test("is known to serve with a private IP by the network interface that has the address", () => {
    expect(reportOf("no-change-private-ip").pairs[0]?.servedBy).toBe("secondary");
  });

  test("counts as both at once where the other one is stopped by another change", () => {
    const one = withAttributes(havip(), node("primary"), { instance_type: "S5.LARGE8" });
    const both = withAttributes(one, node("secondary"), { hostname: "other" });
    expect(said(judged(both))).toEqual([
      "primary: instance_type: both-nodes, refused",
      "secondary: hostname: both-nodes, refused",
    ]);
  });
});

describe("refuses what would get stuck on the way", () => {
  const destroyed = (attributes: object) =>
    withChange(recordedJson("destroy"), node(), ({ change }) => ({ before: { ...change.before, ...attributes } }));

  test("a destroy of nodes that are protected from termination", () => {
    const report = judged(destroyed({ disable_api_termination: true }));
    expect(said(report).slice(0, 2)).toEqual([
      "primary: destroyed: half-done, refused",
      "secondary: destroyed: half-done, refused",
    ]);
    expect(report.findings[0]?.remedy).toContain("set terminationProtection to false");
  });

  test("a destroy of prepaid nodes, unless they are deleted by force", () => {
    const prepaid = { instance_charge_type: "PREPAID", force_delete: false };
    expect(said(judged(destroyed(prepaid)))[0]).toBe("primary: destroyed: half-done, refused");
    const report = judged(destroyed({ ...prepaid, force_delete: true }));
    expect(said(report)).toContain("primary: destroyed: both-nodes, refused");
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["other key pairs", { key_ids: ["skey-12345678"] }, "half-done"],
    ["another password", { password: "Abcd-1234" }, "half-done"],
    ["another address", { private_ip: "10.0.1.50" }, "half-done"],
    ["another role", { cam_role_name: "other" }, "half-done"],
    ["another placement group", { placement_group_id: "ps-12345678" }, "half-done"],
    ["a larger system disk on a running node", { system_disk_size: 100 }, "half-done"],
  ])("%s", (_what, attributes, verdict) => {
    expect(judged(withAttributes(havip(), node("primary"), attributes)).findings[0]).toMatchObject({ verdict });
  });

  test("but lets the system disk grow where the provider does it online", () => {
    const attributes = { system_disk_size: 100, system_disk_resize_online: true };
    expect(judged(withAttributes(havip(), node(), attributes)).refusedFor).toEqual([]);
  });

  test("a policy without what pairctl calls, and not one with more than that", () => {
    const policy = (...action: readonly string[]) =>
      judged(
        withAttributes(privateIp(), ofType("tencentcloud_cam_policy"), {
          document: JSON.stringify({ version: "2.0", statement: [{ effect: "allow", action, resource: ["*"] }] }),
        }),
      );
    expect(policy("vpc:DescribeHaVips").findings[0]?.reason).toContain("vpc:MigratePrivateIpAddress");
    expect(policy("vpc:*", "cvm:*").refusedFor).toEqual([]);
  });
});

describe("agents that the provider would format the disks for", () => {
  test.each(["image_id", "disable_monitor_service", "disable_security_service", "disable_automation_service"])(
    "are refused on both nodes at once: %s",
    (name) => {
      const report = judged(withAttributes(havip(), node(), { [name]: "other" }));
      expect(report.refusedFor).toEqual(["both-nodes"]);
      expect(report.findings[0]?.reason).toContain("the system disk is formatted");
    },
  );
});

describe("the rules of the security group", () => {
  const rules = (ingress: object) =>
    judged(withAttributes(havip(), ofType("tencentcloud_security_group_rule_set"), { ingress }));
  const peer = (address: string) => ({ action: "ACCEPT", protocol: "ALL", port: "ALL", cidr_block: `${address}/32` });

  test("may change for clients while VRRP passes", () => {
    expect(rules([peer("10.0.1.11"), peer("10.0.1.12")]).refusedFor).toEqual([]);
  });

  test("are refused where VRRP no longer passes from a node", () => {
    const report = rules([peer("10.0.1.11")]);
    expect(report.refusedFor).toEqual(["both-nodes"]);
    expect(report.findings[0]?.reason).toContain("VRRP no longer passes from 10.0.1.12");
  });
});

describe("a renamed stack with a local backend", () => {
  test("is refused, since it would make a second pair and forget the first", () => {
    const message = "There is no state of web-new yet, but there is one of another stack: terraform.web-pair.tfstate.";
    const json = withChange(
      havip(),
      () => true,
      () => ({ actions: ["create"], before: null, after: {} }),
    );
    const report = judged({
      ...json,
      checks: [
        {
          address: { kind: "check", name: "renamed_stack", to_display: "check.renamed_stack" },
          status: "fail",
          instances: [{ problems: [{ message }] }],
        },
      ],
    });
    expect(report.refusedFor).toEqual(["half-done"]);
    expect(report.findings[0]?.reason).toContain("terraform.web-pair.tfstate");
  });

  test("and a first deploy, where no pair runs yet, is not", () => {
    const json = withChange(
      havip(),
      () => true,
      () => ({ actions: ["create"], before: null, after: {} }),
    );
    expect(judged(json)).toMatchObject({ pairs: [], refusedFor: [], refusals: [] });
  });
});

describe("what else is in the stack", () => {
  test("is not judged, and counted", () => {
    const json = havip();
    const eip = json.resource_changes.find(({ type }) => type === "tencentcloud_eip");
    const other = { address: "tencentcloud_eip.Other", mode: "managed" as const, type: "tencentcloud_eip" };
    const change = { actions: ["delete"], before: eip?.change.before ?? {}, after: null };
    const report = judged({ ...json, resource_changes: [...json.resource_changes, { ...other, change }] });
    expect(report).toMatchObject({ findings: [], others: 1, refusedFor: [] });
  });

  test("is refused as something that nobody has tried where a node depends on it, and no rule is known", () => {
    const json = havip();
    const primary = json.resource_changes.find(node("primary"))?.address ?? "";
    const address = "tencentcloud_route_table.Routes";
    const state = json.prior_state?.values?.root_module?.resources ?? [];
    const resources = state.map((each) =>
      each.address === primary ? { ...each, depends_on: [...(each.depends_on ?? []), address] } : each,
    );
    const routes = { address, mode: "managed" as const, type: "tencentcloud_route_table" };
    const change = { actions: ["update"], before: { name: "a" }, after: { name: "b" } };
    const report = judged({
      ...json,
      prior_state: { values: { root_module: { resources } } },
      resource_changes: [...json.resource_changes, { ...routes, change }],
    });
    expect(report.findings).toMatchObject([{ address, verdict: "half-done", refused: true }]);
  });
});

describe("what the stack has of a node that runs, and the plan leaves alone", () => {
  /** What is said where the stack says this of the primary. */
  function leftAlone(expressions: object, before: object = {}) {
    const json = withChange(havip(), node("primary"), ({ change }) => ({ before: { ...change.before, ...before } }));
    const configured = json.configuration?.root_module?.resources ?? [];
    const resources = configured.map((each) =>
      each.address.includes("Pair_Primary") ? { ...each, expressions: { ...each.expressions, ...expressions } } : each,
    );
    return judged({ ...json, configuration: { root_module: { resources } } }).leftAlone.map(({ what }) => what);
  }

  test("is said: of lists, of values and of blocks", () => {
    expect(leftAlone({ key_ids: { constant_value: ["skey-1"] } })).toEqual([
      'key_ids: ["skey-1"] in the stack, [] on the node',
    ]);
    expect(leftAlone({ instance_type: { constant_value: "S5.LARGE8" } })).toEqual([
      'instance_type: "S5.LARGE8" in the stack, "S5.MEDIUM2" on the node',
    ]);
    expect(leftAlone({ data_disks: [{ data_disk_size: { constant_value: 20 } }] })).toEqual([
      'data_disks: [{"data_disk_size":20}] in the stack, [] on the node',
    ]);
  });

  test("is nothing where the node has it, in another order, or with more than the stack says", () => {
    const before = { key_ids: ["skey-2", "skey-1"], data_disks: [{ data_disk_size: 20, data_disk_id: "disk-1" }] };
    const expressions = {
      key_ids: { constant_value: ["skey-1", "skey-2"] },
      data_disks: [{ data_disk_size: { constant_value: 20 } }],
    };
    expect(leftAlone(expressions, before)).toEqual([]);
    expect(leftAlone({})).toEqual([]);
  });

  test("is not compared where it is known only by way of something else", () => {
    expect(leftAlone({ image_id: { references: ["data.tencentcloud_images.Image"] } })).toEqual([]);
    expect(leftAlone({ image_id: { constant_value: "${try(data.x, null)}" } })).toEqual([]);
  });
});

describe("a plan that takes in what is there already", () => {
  const EIP = "tencentcloud_eip.Vip_Eip_FE1C3B0C";
  const importing = (json: PlanJson, isMeant: (resource: ResourceChange) => boolean) =>
    withChange(json, isMeant, ({ change }) => ({ importing: { id: String(change.before?.["id"]) } }));

  test("names it, and counts it as no change", () => {
    const report = judged(importing(havip(), ({ mode }) => mode === "managed"));
    expect(report).toMatchObject({ findings: [], worst: "nothing", others: 0 });
    expect(report.imported).toContainEqual({
      address: EIP,
      noun: "public address (EIP)",
      id: expect.stringMatching(/^eip-/),
    });
  });

  test("is judged by what else it changes of it", () => {
    const report = judged(importing(withAttributes(havip(), node("primary"), { hostname: "other" }), node("primary")));
    expect(said(report)).toEqual(["primary: hostname: node-restarts"]);
    expect(report.imported).toHaveLength(1);
  });

  test("changes nothing that the provider only reads back, and the stack does not say", () => {
    const change = { after_unknown: { disaster_recover_group_ids: true } };
    const updated = withAttributes(havip(), node("primary"), { force_delete: true });
    expect(said(judged(withChange(updated, node("primary"), () => change)))).toEqual([]);
    // What the stack says is not known before the apply.
    const notKnown = { after_unknown: { placement_group_id: true } };
    const another = withChange(updated, node("primary"), () => notKnown);
    expect(said(judged(another))).toEqual(["primary: placement_group_id: half-done, refused"]);
  });

  test("and what is not known of a node since is no difference that a roll would make up for", () => {
    const has = (hostname: string | null) =>
      judged(withChange(havip(), node("primary"), ({ change }) => ({ before: { ...change.before, hostname } })))
        .leftAlone;
    expect(has("other")).toMatchObject([{ role: "primary", what: expect.stringContaining("hostname: ") }]);
    expect(has(null)).toEqual([]);
  });

  test("is refused where the provider would say the months of a prepaid node anew", () => {
    const months = { instance_charge_type_prepaid_period: 1 };
    const report = judged(importing(withAttributes(havip(), node("primary"), months), node("primary")));
    expect(report.findings[0]).toMatchObject({ verdict: "half-done", reason: expect.stringContaining("it imports") });
    const switched = withAttributes(havip(), node("primary"), { ...months, instance_charge_type: "PREPAID" });
    expect(said(judged(switched))).toEqual([]);
  });

  test("knows the parking interface by what is read back of it, as an import brings no addresses of its own", () => {
    const json = withChange(privateIp(), ofType("tencentcloud_eni"), ({ change }) => {
      const before = { ...change.before, ipv4s: [] };
      return { actions: ["update"], before, after: { ...before, name: "other" } };
    });
    const withoutEip = {
      ...json,
      resource_changes: json.resource_changes.filter(({ type }) => !/tencentcloud_eip/.test(type)),
    };
    expect(judged(withoutEip)).toMatchObject({ findings: [{ noun: "parking network interface" }], others: 0 });
  });

  test("is a first deploy where nothing of a pair runs yet", () => {
    const made = withChange(
      havip(),
      ({ mode }) => mode === "managed",
      ({ type, change }) =>
        type === "tencentcloud_vpc"
          ? { importing: { id: "vpc-11111111" } }
          : { actions: ["create"], before: null, after: { ...change.before, user_data: undefined } },
    );
    const report = judged(made);
    expect(report).toMatchObject({ pairs: [], findings: [], imported: [{ id: "vpc-11111111" }] });
    expect(conclusion(report)).toBe(
      "Everything else is made anew, 1 resource that is there already is taken into the state: no pair runs yet, whose traffic could stop.",
    );
  });
});
