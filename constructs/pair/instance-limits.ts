/**
 * What an instance takes, by its size. Those of 1 and 2 cores are the vendor's figures; the larger ones are not confirmed
 * (documents 576/18527 and 1199/41648 have them), and err on the side of taking what the cloud may refuse.
 */
export interface InstanceLimits {
  /** Addresses on one network interface, the primary one included. */
  readonly privateIpsPerEni: number;
  /** Public addresses on all its interfaces together. */
  readonly publicIps: number;
}

/** HAVIPs on one network interface, by the vendor's advice (guide "HAVIP + keepalived", 215/20186). */
export const HA_VIPS_PER_ENI = 5;

/**
 * What an instance of a type takes, as far as its name tells its size: `S5.MEDIUM2` has 2 cores and 2 GB.
 *
 * @returns undefined where the name tells no size: nothing is checked then
 */
export function instanceLimits(instanceType: string): InstanceLimits | undefined {
  const [, size = "", memory] = /\.(SMALL|MEDIUM|LARGE|\d*XLARGE)(\d+)$/.exec(instanceType) ?? [];
  const cores = { SMALL: 1, MEDIUM: 2, LARGE: 4 }[size] ?? 4 * Number(/^(\d*)XLARGE$/.exec(size)?.[1] || NaN);
  if (Number.isNaN(cores)) return undefined;
  return { privateIpsPerEni: privateIpsPerEni(cores, Number(memory)), publicIps: publicIps(cores) };
}

function privateIpsPerEni(cores: number, memoryGb: number): number {
  if (cores === 1) return memoryGb === 1 ? 2 : 6;
  if (cores < 8) return 10;
  return cores <= 16 ? 20 : 30;
}

/** One more for every 6 cores. */
function publicIps(cores: number): number {
  return Math.min(10, 2 + Math.floor(cores / 6));
}
