export { deployerPolicy, type DeployerPolicy, type PolicyDocument } from "./deployer/deployer-policy";
export { Eip, type EipChargeType, type EipProps, type IEip } from "./virtual-ip/eip";
export { HaVip, type HaVipAttributes, type HaVipProps } from "./virtual-ip/ha-vip";
export { HealthCheck, type HealthCheckCommandProps, type HealthCheckTiming } from "./pair/health-check";
export type { PairctlProps } from "./pair/pairctl-props";
export {
  PairctlRole,
  type PairctlAction,
  type PairctlRoleProps,
  type PairctlWay,
  type IPairctlRole,
} from "./security/pairctl-role";
export { KeepalivedPair, type PairNode } from "./pair/keepalived-pair";
export type { KeepalivedPairProps, PairNodeProps } from "./pair/keepalived-pair-props";
export type { KeepalivedProps } from "./pair/keepalived-props";
export { IMAGES, type ImageAlias } from "./pair/images";
export { type IKeyPair, KeyPair, type KeyPairProps } from "./pair/key-pair";
export type { DataDisk, DiskType, SystemDisk } from "./pair/disks";
export type { MachineProps, PrepaidProps } from "./pair/machine-props";
export { type ISubnet, type IVpc, Network, type NetworkProps } from "./network/network";
export {
  type ISecurityGroup,
  PeerSecurityGroup,
  type PeerSecurityGroupProps,
  type TrafficRule,
} from "./security/peer-security-group";
export { PairOutputs, type PairOutputsProps } from "./pair/pair-outputs";
export { type IPlacementGroup, PlacementGroup, type PlacementGroupProps } from "./pair/placement-group";
export { SecondaryPrivateIp, type SecondaryPrivateIpProps } from "./virtual-ip/secondary-private-ip";
export { PropError } from "./props/validation";
export { TencentcloudProvider } from "./provider";
export type { IVirtualIp, Mechanism, NodeInstances, NodeRole, VirtualIps } from "./virtual-ip/virtual-ip";
export { withoutTokenTraces } from "./terraform/token-traces";
