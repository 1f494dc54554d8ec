/** The oldest keepalived that a pair can have: unicast_peer came with it. */
export const OLDEST_KEEPALIVED = "1.2.8";

/**
 * The oldest keepalived that VRRP version 3 is written for.
 *
 * Nodes of different versions have to agree on the checksum of version 3, for example while one of them is upgraded. Up
 * to 1.3.5 keepalived counts the multicast address into it also in unicast, and later ones fall back to that only once they
 * hear it; 2.0.0 to 2.0.4 calculate it wrongly (its ChangeLog: "Fix vrrp v3 with unicast and IPv4", 2.0.5). In runs of 1.3.5
 * with 2.2.7, and of 1.3.5 with 2.0.10, the older one says "Invalid VRRPv3 checksum" and ignores adverts. 2.0.10, 2.0.19,
 * 2.1.5, 2.2.2, 2.2.7, 2.2.8 and 2.4.3 understood themselves, and 2.0.10 to 2.4.3 each other in six mixed pairs. At
 * `advert_int 0.2`, 1.2.20 to 1.3.9 also take 0.2 s longer for an election, and 1.2.8 falls back to 1 s.
 */
export const OLDEST_WITH_VRRP_3 = "2.0.10";

/** A version of keepalived, in full. */
export const KEEPALIVED_VERSION = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){2}$/;

/** Whether a text is a version of keepalived, in full. */
export function isKeepalivedVersion(text: string): boolean {
  return KEEPALIVED_VERSION.test(text);
}

/** Whether a version is another one, or later than that. */
export function isAtLeast(version: string, floor: string): boolean {
  const numbers = version.split(".").map(Number);
  const [different = 0] = floor
    .split(".")
    .map((number, index) => (numbers[index] ?? 0) - Number(number))
    .filter((difference) => difference !== 0);
  return different >= 0;
}
