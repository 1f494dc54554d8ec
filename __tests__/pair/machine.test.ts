import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type KeepalivedPairProps } from "../../constructs/index";
import { node, privateIp, PROPS, synthPair } from "../helpers/pair";

test("asks for nothing that is not given", () => {
  const instance = node(synthPair(), "Primary");
  const optional = ["system_disk_type", "system_disk_size", "data_disks", "key_ids", "project_id"];
  optional.push("disable_monitor_service", "disable_security_service");
  for (const argument of optional) expect(instance).not.toHaveProperty(argument);
});

test("a plan never formats, stops, replaces or breaks a running node because of what cannot change on it", () => {
  const agents = ["disable_monitor_service", "disable_security_service", "disable_automation_service"];
  const size = ["instance_type", "system_disk_size", "system_disk_type", "data_disks"];
  const always = ["image_id", "key_ids", ...agents, "hostname", ...size, "allocate_public_ip"];
  expect(node(synthPair(), "Secondary")).toMatchObject({ lifecycle: { ignore_changes: always } });
  // The VIP on its interface may be read back as the node's address.
  expect(node(synthPair({}, privateIp), "Secondary")).toMatchObject({
    lifecycle: { ignore_changes: [...always, "private_ip"] },
  });
});

test.each<[string, Partial<KeepalivedPairProps>, object]>([
  ["the instance type", { instanceType: "SA5.LARGE8" }, { instance_type: "SA5.LARGE8" }],
  [
    "the system disk",
    { systemDisk: { type: "CLOUD_BSSD", sizeGb: 50 } },
    { system_disk_type: "CLOUD_BSSD", system_disk_size: 50 },
  ],
  [
    "data disks",
    { dataDisks: [{ type: "CLOUD_SSD", sizeGb: 100, encrypt: true, deleteWithInstance: false }] },
    {
      data_disks: [{ data_disk_type: "CLOUD_SSD", data_disk_size: 100, encrypt: true, delete_with_instance: false }],
    },
  ],
  [
    "a data disk's defaults",
    { dataDisks: [{ type: "CLOUD_PREMIUM", sizeGb: 10 }] },
    { data_disks: [{ encrypt: false, delete_with_instance: true }] },
  ],
  ["payment by the hour, to which a prepaid node goes back", {}, { instance_charge_type: "POSTPAID_BY_HOUR" }],
  [
    "payment in advance",
    { prepaid: { periodMonths: 12, renewFlag: "NOTIFY_AND_AUTO_RENEW", forceDelete: true } },
    {
      instance_charge_type: "PREPAID",
      instance_charge_type_prepaid_period: 12,
      instance_charge_type_prepaid_renew_flag: "NOTIFY_AND_AUTO_RENEW",
      force_delete: true,
    },
  ],
  [
    "payment in advance by default without renewal, and not given up",
    { prepaid: { periodMonths: 1 } },
    { instance_charge_type_prepaid_renew_flag: "NOTIFY_AND_MANUAL_RENEW", force_delete: false },
  ],
  ["protection from the API", { terminationProtection: true }, { disable_api_termination: true }],
  ["none, where it is left out or taken away", {}, { disable_api_termination: false }],
  [
    "agents",
    { monitoringAgent: false, securityAgent: true, automationAgent: false },
    { disable_monitor_service: true, disable_security_service: false, disable_automation_service: true },
  ],
  ["the project", { projectId: 7 }, { project_id: 7 }],
  ["host names", { primary: { privateIp: "10.0.1.11", hostname: "db-1" } }, { hostname: "db-1" }],
])("sets %s", (_, props, expected) => {
  expect(node(synthPair(props), "Primary")).toMatchObject(expected);
});

test("a plan never begins to destroy what the cloud would keep", () => {
  const prevented = (props: Partial<KeepalivedPairProps>) => {
    const { lifecycle } = node(synthPair(props), "Primary") as { lifecycle: { prevent_destroy?: boolean } };
    return lifecycle.prevent_destroy ?? false;
  };
  expect(prevented({})).toBe(false);
  expect(prevented({ terminationProtection: false })).toBe(false);
  expect(prevented({ terminationProtection: true })).toBe(true);
  expect(prevented({ prepaid: { periodMonths: 1 } })).toBe(true);
  expect(prevented({ prepaid: { periodMonths: 1, forceDelete: true } })).toBe(false);
});

test("of every argument that a node has it is known what the provider calls to change it", () => {
  const file = "../../packages/local-cloud/test/provider-updates/tencentcloud_instance.json";
  const updates = JSON.parse(readFileSync(join(__dirname, file), "utf8"));
  const known = [...Object.keys(updates.calls), ...updates.replaced, ...updates.withoutCall];
  const everything: Partial<KeepalivedPairProps> = {
    systemDisk: { type: "CLOUD_BSSD", sizeGb: 50 },
    dataDisks: [{ type: "CLOUD_SSD", sizeGb: 100, encrypt: true, deleteWithInstance: false }],
    prepaid: { periodMonths: 12, renewFlag: "NOTIFY_AND_AUTO_RENEW", forceDelete: true },
    terminationProtection: true,
    monitoringAgent: false,
    securityAgent: true,
    automationAgent: false,
    projectId: 7,
    tags: { team: "net" },
  };
  const ofTerraform = ["depends_on", "lifecycle", "//"];
  const given = Object.keys(node(synthPair(everything, privateIp), "Primary"));
  expect(given.filter((argument) => !known.includes(argument) && !ofTerraform.includes(argument))).toEqual([]);
  expect(known.filter((argument) => !given.includes(argument) && argument !== "key_ids")).toEqual([]);
});

test.each<[string, Partial<KeepalivedPairProps>, RegExp]>([
  ["a system disk that is too small", { systemDisk: { sizeGb: 10 } }, /'systemDisk\.sizeGb' .* 20 and 2048, got 10/],
  ["a data disk of half a gigabyte", { dataDisks: [{ type: "CLOUD_SSD", sizeGb: 0.5 }] }, /'dataDisks\[0\]\.sizeGb'/],
  [
    "a period that is not sold",
    { prepaid: { periodMonths: 13 } },
    /'prepaid\.periodMonths' must be one of 1, .*got 13/,
  ],
])("refuses %s", (_, props, message) => {
  expect(() => synthPair({ ...PROPS, ...props })).toThrow(message);
});
