import type { Construct } from "constructs";
import {
  HaVip,
  type IVirtualIp,
  KeepalivedPair,
  type KeepalivedPairProps,
  SecondaryPrivateIp,
} from "../../constructs/index";
import { cloudConfigOf, named, type Resource, SUBNET, synth, type Synthesized } from "./synth";

/** What a pair needs at least, beside its virtual IP. */
export const PROPS = {
  region: "ap-singapore",
  primary: { privateIp: "10.0.1.11" },
  secondary: { privateIp: "10.0.1.12" },
  imageId: "img-12345678",
};

/** The two kinds of virtual IP, as short as they can be. */
export const haVip = (scope: Construct): IVirtualIp => new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100" });
export const privateIp = (scope: Construct): IVirtualIp =>
  new SecondaryPrivateIp(scope, "Vip", {
    subnet: SUBNET,
    vip: "10.0.1.100",
    parkingIp: "10.0.1.101",
    eip: { bandwidthMbps: 5 },
  });

/** A stack with one pair in a subnet that exists. */
export function synthPair(props: Partial<KeepalivedPairProps> = {}, virtualIp = haVip): Synthesized {
  return synth((scope) => {
    new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: virtualIp(scope), ...props });
  });
}

type Role = "Primary" | "Secondary";

/** A node's instance, and what is written on the node. */
export const node = (stack: Synthesized, role: Role): Resource =>
  named(stack, "tencentcloud_instance", `Pair_${role}_`);
export const configOf = (stack: Synthesized, role: Role) => cloudConfigOf(node(stack, role));
export const confOf = (stack: Synthesized, role: Role): string =>
  configOf(stack, role).files["/etc/keepalived/keepalived.conf"]?.content ?? "";
export const settingsOf = (stack: Synthesized, role: Role): Record<string, unknown> =>
  JSON.parse(configOf(stack, role).files["/etc/pairctl/settings.json"]?.content ?? "null");
