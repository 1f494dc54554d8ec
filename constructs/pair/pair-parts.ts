// What a pair takes as it was brought along, or makes.
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { type IPairctlRole, PairctlRole, type PairctlWay } from "../security/pairctl-role";
import { type ISecurityGroup, PeerSecurityGroup } from "../security/peer-security-group";
import { PropError } from "../props/validation";
import type { VirtualIps } from "../virtual-ip/virtual-ip";
import type { KeepalivedPairProps } from "./keepalived-pair-props";
import { requirePeers } from "./pair-rules";

/** The security group of both nodes: the brought one, or a new one, child `SecurityGroup`. */
export function securityGroupOf(pair: Construct, name: string, props: KeepalivedPairProps): ISecurityGroup {
  const { securityGroup, ingress, egress, tags } = props;
  const nodeAddresses = [props.primary.privateIp, props.secondary.privateIp];
  if (securityGroup !== undefined) {
    if (securityGroup instanceof PeerSecurityGroup) requirePeers(securityGroup.nodeAddresses, nodeAddresses);
    if (ingress !== undefined || egress !== undefined) {
      const given = ingress === undefined ? "egress" : "ingress";
      throw new PropError(
        given,
        props[given],
        "goes with a new security group only",
        "add the rules to the brought one",
      );
    }
    Annotations.of(pair).addInfo(
      `the brought security group must let everything pass between ${nodeAddresses.join(" and ")}, both ways: VRRP`,
    );
    return securityGroup;
  }
  if (egress !== undefined) {
    Annotations.of(pair).addInfo(
      "egress is not open to everything: the nodes must reach the package repositories of their image, DNS, the " +
        "metadata service (169.254.0.23:80) and the VPC API (port 443)",
    );
  }
  return new PeerSecurityGroup(pair, "SecurityGroup", { name, tags, nodeAddresses, ingress, egress });
}

/**
 * The role of pairctl: the brought one, none, or a new one, child `HookRole`.
 *
 * @returns the role, and its name, which is known at synth where it is new: a node's settings need not wait for the role
 */
export function roleOf(
  pair: Construct,
  name: string,
  props: KeepalivedPairProps,
  virtualIps: VirtualIps,
): { readonly role: IPairctlRole; readonly name: string } | undefined {
  const { mechanism } = props.virtualIp;
  const { role } = props;
  if (role === undefined) {
    const roleName = `${name}-hook`;
    return {
      role: new PairctlRole(pair, "HookRole", {
        name: roleName,
        tags: props.tags,
        mechanism,
        ways: waysOf(virtualIps),
      }),
      name: roleName,
    };
  }
  if (role === "none") {
    if (mechanism === "havip") return undefined;
    throw new PropError(
      "role",
      role,
      `must be a role with mechanism ${mechanism}, since pairctl moves the address with its credentials`,
      "leave it out for a role of the pair's own, or give a PairctlRole",
    );
  }
  if (role.mechanism === undefined) {
    const actions = PairctlRole.actions(mechanism).join(", ");
    Annotations.of(pair).addInfo(`the brought role must allow ${actions}, and be assumable by cvm.qcloud.com`);
  } else if (role.mechanism !== mechanism) {
    throw new PropError(
      "role",
      role.mechanism,
      `must allow what mechanism ${mechanism} needs`,
      "give the role that mechanism",
    );
  }
  return { role, name: role.roleName };
}

/** The ways that a pair needs: without an EIP none that binds or unbinds one. */
function waysOf(virtualIps: VirtualIps): readonly PairctlWay[] | undefined {
  const hasEip = virtualIps.some(({ pairctlSettings }) => pairctlSettings.eipId !== undefined);
  return hasEip || virtualIps[0].mechanism === "havip" ? undefined : ["move", "unassign"];
}
