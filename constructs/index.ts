export { Eip, type EipChargeType, type EipProps, type IEip } from "./eip";
export { HaVip, type HaVipAttributes, type HaVipProps } from "./ha-vip";
export { HealthCheck, type HealthCheckTiming } from "./health-check";
export type { HookProps } from "./hook-props";
export { HookRole, type HookRoleProps, type IHookRole } from "./hook-role";
export { KeepalivedPair, type KeepalivedPairProps, type PairNode, type PairNodeProps } from "./keepalived-pair";
export type { KeepalivedProps } from "./keepalived-props";
export { type IKeyPair, KeyPair, type KeyPairProps } from "./key-pair";
export type { DataDisk, DiskType, MachineProps, PrepaidProps, SystemDisk } from "./machine";
export { type ISubnet, type IVpc, Network, type NetworkProps } from "./network";
export {
  type ISecurityGroup,
  PeerSecurityGroup,
  type PeerSecurityGroupProps,
  type TrafficRule,
} from "./peer-security-group";
export { PairOutputs, type PairOutputsProps } from "./pair-outputs";
export { type IPlacementGroup, PlacementGroup, type PlacementGroupProps } from "./placement-group";
export { SecondaryPrivateIp, type SecondaryPrivateIpProps } from "./secondary-private-ip";
export { PropError } from "./validation";
export { TencentcloudProvider } from "./tencentcloud";
export type { IVirtualIp, Mechanism, NodeInstances, NodeRole, VirtualIps } from "./virtual-ip";
