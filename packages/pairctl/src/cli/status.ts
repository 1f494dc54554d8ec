import type { Receipt } from "../passes/receipt.ts";

/** A receipt in one line for people. */
export function statusLine({ vip, vrrp, holderAfter, eip, agree, message }: Receipt): string {
  return [vip, vrrp, "holder:", holderAfter, "EIP:", eip, "agree:", agree, message].join(" ").trimEnd();
}
