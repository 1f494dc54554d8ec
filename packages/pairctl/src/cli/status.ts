import { hasPeerWord } from "../contract/index.ts";
import type { Receipt } from "../passes/receipt.ts";

/** A receipt in one line for people. */
export function statusLine({ vip, vrrp, peer, holderAfter, eip, agree, message }: Receipt): string {
  const ofPeer = hasPeerWord() && peer ? ["peer:", peer] : [];
  return [vip, vrrp, "holder:", holderAfter, "EIP:", eip, "agree:", agree, ...ofPeer, message].join(" ").trimEnd();
}
