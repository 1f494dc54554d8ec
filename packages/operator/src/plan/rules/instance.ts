import type { AttributeChange } from "../changes.ts";
import { DO_IT, NEW_PAIR } from "../commands.ts";
import { halfDone, type Judgement, LABEL, nothing, RECORD, type ResourceRules, rows, type Situation } from "./rule.ts";
import { userDataRule } from "./user-data-rule.ts";

const BILLING = nothing("only the billing changes, and the node goes on running");

/** The provider asks the cloud to pay in advance from now on, which it refuses for a node that is paid so already. */
function period(_change: AttributeChange, { resource: { attributes, importId } }: Situation): Judgement {
  if (attributes.some(({ name }) => name === "instance_charge_type")) return BILLING;
  const cause = importId === undefined ? "" : ", which it does not read back of what it imports";
  return halfDone(
    `the provider cannot change the months of a node that is prepaid already${cause}: the deploy fails, and so does every later one`,
    "say instance_charge_type_prepaid_period in ignore_changes of the node, and renew it in the console",
  );
}

const REINSTALLED: Judgement = {
  verdict: "node-restarts",
  reason: "the provider calls ResetInstance: the system disk is formatted, and all that is on it is lost",
  remedy: `set it back, and give new nodes the other value: ${DO_IT.roll}`,
};

/** The provider changes it only on a stopped instance, and stops one only where `force_stop` says so. */
function needsStop(what: string) {
  return (_change: AttributeChange, { resource }: Situation): Judgement =>
    resource.after["force_stop"] === true
      ? { verdict: "node-restarts", reason: `the node is stopped to change ${what}`, remedy: DO_IT.roll }
      : halfDone(
          `the cloud changes ${what} on a stopped node only, so the deploy fails, and so does every later one`,
          DO_IT.roll,
        );
}

const NETWORK_MOVES = halfDone(
  "the node is stopped and gets another address, while its peer goes on with the old one: the two no longer hear each other",
  NEW_PAIR,
);

function placement(_change: AttributeChange, { resource }: Situation): Judgement {
  if (resource.after["force_replace_placement_group_id"] === true) {
    return { verdict: "node-restarts", reason: "the node is moved to another host", remedy: DO_IT.roll };
  }
  return halfDone(
    "the cloud takes a running node into another placement group only where its host happens to suit, and lets none out",
    DO_IT.roll,
  );
}

function systemDisk(change: AttributeChange, situation: Situation): Judgement {
  if (situation.resource.after["system_disk_resize_online"] === true && change.name === "system_disk_size") {
    return nothing("the disk grows while the node runs");
  }
  return needsStop("the system disk")(change, situation);
}

function runs({ after }: AttributeChange): Judgement {
  if (after !== false) return nothing("the node is started");
  return {
    verdict: "node-restarts",
    reason: "the node is stopped, and stays so",
    remedy: `${DO_IT.drain} first, if it is the one that serves`,
  };
}

/** Why the cloud would not let the node go, or keep its address, as Terraform's state says. */
function cannotGo({ resource: { before } }: Situation): Judgement | undefined {
  if (before["disable_api_termination"] === true) {
    return halfDone(
      "the node is protected from termination, and what stands before it, such as the virtual and the public address, " +
        "is gone before it refuses",
      `set terminationProtection to false, ${DO_IT.deploy}, and then destroy`,
    );
  }
  if (before["instance_charge_type"] === "PREPAID" && before["force_delete"] !== true) {
    return halfDone(
      "the node is prepaid: it goes to the recycle bin and keeps its address, so that subnet, VPC and security group " +
        "cannot be deleted",
      `set prepaid.forceDelete to true, ${DO_IT.deploy}, and then destroy`,
    );
  }
  return undefined;
}

/** The rules of the nodes. */
export const INSTANCE: ResourceRules = {
  noun: "node",
  created: nothing("a new node is made; it serves once it is set up"),
  deleted: (situation) =>
    cannotGo(situation) ?? {
      verdict: "node-restarts",
      reason: "the node is destroyed with its disks, and the other one has no standby from then on",
      remedy: `${DO_IT.drain} first, if it is the one that serves`,
    },
  replaced: (situation) =>
    cannotGo(situation) ?? {
      verdict: "node-restarts",
      reason: "the node is destroyed with its disks and made anew: there is no standby until the new one is set up",
      remedy: DO_IT.roll,
    },
  attributes: {
    ...rows("computed", "cpu", "create_time", "expired_time", "id", "instance_status", "ipv6_addresses", "memory"),
    ...rows("computed", "os_name", "public_ip", "public_ipv6_addresses", "rack_id", "uuid"),
    ...rows("replaces", "availability_zone", "dedicated_cluster_id", "dedicated_resource_pack_ids"),
    ...rows("replaces", "dedicated_resource_pack_tenancy", "spot_max_price", "cdh_host_id", "allocate_public_ip"),
    ...rows("replaces", "ipv4_address_type", "ipv6_address_type", "ipv6_address_count", "anti_ddos_package_id"),
    ...rows("replaces", "system_disk_encrypt", "system_disk_kms_key_id", "hpc_cluster_id", "cpu_topology"),
    ...rows("replaces", "launch_template_id", "launch_template_version"),
    ...rows(LABEL, "instance_name", "tags", "system_disk_name", "project_id"),
    ...rows(RECORD, "force_delete", "force_stop", "stop_type", "stopped_mode", "release_address", "system_disk_id"),
    ...rows(RECORD, "system_disk_resize_online", "user_data_replace_on_change", "spot_instance_type"),
    ...rows(RECORD, "internet_charge_type", "bandwidth_package_id"),
    ...rows(BILLING, "instance_charge_type", "instance_charge_type_prepaid_renew_flag"),
    instance_charge_type_prepaid_period: period,
    ...rows(REINSTALLED, "image_id", "disable_monitor_service", "disable_security_service"),
    ...rows(REINSTALLED, "disable_automation_service", "keep_image_login"),
    ...rows(needsStop("the key pairs"), "key_ids", "key_name"),
    password: needsStop("the password"),
    ...rows(systemDisk, "system_disk_size", "system_disk_type"),
    // Another disk replaces the node: the plan says so.
    data_disks: nothing(
      "a larger disk grows while the node runs, and the file system on it by hand; another name is a label",
    ),
    ...rows(
      { verdict: "node-restarts", reason: "the cloud shuts the node down to give it another type", remedy: DO_IT.roll },
      "instance_type",
      "cdh_instance_type",
    ),
    hostname: { verdict: "node-restarts", reason: "the cloud restarts a node to rename it", remedy: DO_IT.roll },
    ...rows(NETWORK_MOVES, "private_ip", "subnet_id", "vpc_id"),
    ...rows(placement, "placement_group_id", "disaster_recover_group_ids", "partition_number"),
    force_replace_placement_group_id: placement,
    running_flag: runs,
    ...rows(
      nothing("the rules of the new groups hold at once; they must let VRRP pass between the two nodes"),
      "orderly_security_groups",
      "security_groups",
    ),
    internet_max_bandwidth_out: nothing("the node's own bandwidth to the internet changes at once"),
    disable_api_termination: nothing("the cloud only notes whether the node may be destroyed"),
    cam_role_name: halfDone(
      "the cloud gives the node another role at once, and pairctl on it goes on asking for the credentials of the old one",
      `${DO_IT.push} right after the deploy`,
    ),
    ...rows(userDataRule, "user_data", "user_data_raw"),
  },
};
