import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { KeepalivedPair } from "./keepalived-pair";

/** What {@link PairOutputs} shows. */
export interface PairOutputsProps {
  /** The pair. */
  readonly pair: KeepalivedPair;
  /**
   * What the outputs' names begin with, where a stack has several pairs.
   *
   * @default - nothing
   */
  readonly prefix?: string;
}

/** What an operator wants to know after a deploy: addresses, ids, and the commands to look and to drill. */
export class PairOutputs extends Construct {
  constructor(scope: Construct, id: string, { pair, prefix = "" }: PairOutputsProps) {
    super(scope, id);
    const [first] = pair.virtualIps;
    const outputs: Record<string, [value: unknown, description: string]> = {
      vip: [first.vip, "The address that clients use"],
      public_ip: [first.publicIp, "The public address that reaches it"],
      additional_vips: [pair.virtualIps.slice(1).map(({ vip }) => vip), "Addresses that move together with it"],
      primary: [pair.primary, "The primary: instance id and private address"],
      secondary: [pair.secondary, "The secondary: instance id and private address"],
      mechanism: [{ name: first.mechanism, ...first.facts }, "What moves the address, and the cloud's ids of it"],
      role_name: [pair.role?.roleName, "The role under which the hook calls the API"],
      status_command: [
        "systemctl status keepalived; tail /var/log/keepalived.log; journalctl -u migration-hook -n 1 -o cat",
        "On a node: its VRRP state, and the hook's last receipt",
      ],
      drill_command: [
        "systemctl stop keepalived",
        "On the node that serves: gives the address up; 'systemctl start keepalived' brings it back as the standby",
      ],
    };
    for (const [name, [value, description]] of Object.entries(outputs)) {
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      new TerraformOutput(this, name, { value, description }).overrideLogicalId(`${prefix}${name}`);
    }
  }
}
