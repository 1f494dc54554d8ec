/**
 * What keepalived can be told against false failovers, and about its gratuitous ARP. Nothing of it is written unless it
 * is given, and only where `minKeepalivedVersion` has it: an older keepalived would ignore it.
 */
export interface KeepalivedOptions {
  /**
   * keepalived's `down_timer_adverts`: how many adverts have to be missing until a BACKUP becomes MASTER, 3–39. With
   * sub-second adverts more of them bridge a stall of the machine. keepalived 2.2.3 or later.
   *
   * @default - keepalived's own: 3
   */
  readonly downTimerAdverts?: number;
  /**
   * keepalived's `vrrp_startup_delay` in seconds, 1–10: VRRP begins so long after keepalived, on images whose network
   * receives nothing at first. keepalived 2.0.14 or later.
   *
   * @default - none
   */
  readonly vrrpStartupDelaySeconds?: number;
  /**
   * keepalived's `vrrp_priority`, the nice value of the process that sends and hears adverts, -20–19; the lower, the more
   * often it runs beside other programs. keepalived 1.2.20 or later.
   *
   * @default - that of keepalived itself, 0
   */
  readonly vrrpPriority?: number;
  /**
   * keepalived's `vrrp_rt_priority`, 1–99: the same process runs before everything that has no real-time priority.
   * keepalived 2.0.0 or later.
   *
   * @default - as without it, no real-time priority
   */
  readonly vrrpRtPriority?: number;
  /**
   * keepalived's `vrrp_rlimit_rttime` in microseconds, 10000–1000000: the kernel ends a real-time process that runs for so
   * long without waiting. Only with `vrrpRtPriority`. keepalived 2.1.0 or later.
   *
   * @default - keepalived's own: 10000
   */
  readonly vrrpRlimitRttimeMicroseconds?: number;
  /**
   * keepalived's `vrrp_no_swap`: keeps that process in memory. keepalived 1.2.20 or later.
   *
   * @default false
   */
  readonly vrrpNoSwap?: boolean;
  /**
   * keepalived's `garp_master_repeat`, 1–100: how many gratuitous ARPs a new MASTER sends for each address at once. The
   * cloud's fabric limits their rate: 1 with several HAVIPs. keepalived 1.2.14 or later.
   *
   * @default - keepalived's own: 5
   */
  readonly garpMasterRepeat?: number;
  /**
   * keepalived's `garp_master_refresh_repeat`, 1–100: how many it sends for each address every 5 seconds after that.
   * keepalived 1.2.14 or later.
   *
   * @default - keepalived's own: 1
   */
  readonly garpMasterRefreshRepeat?: number;
}

/** How an option is written, and what keepalived takes. */
export interface OptionRow {
  readonly keyword: string;
  readonly block: "global_defs" | "vrrp_instance";
  /** The first version that knows the keyword. */
  readonly since: string;
  /** The least and the most of a number; a flag has none. */
  readonly limits?: readonly [min: number, max: number];
}

/**
 * The options in the order in which they are written.
 *
 * `since` is the first of keepalived's release tags whose parser has the keyword, and agrees with what builds of 1.2.8,
 * 1.2.13, 1.2.20, 1.3.5, 1.3.9, 2.0.10, 2.0.19, 2.1.5, 2.2.2, 2.2.7, 2.2.8 and 2.4.3 say of it: those before it log
 * "Unknown keyword", or ignore it silently before 1.2.20. Limits are keepalived's own, but for: fewer than 3 adverts and a
 * run time below the default, which cause false failovers; a start that is delayed for longer than pairctl waits until it
 * restarts a keepalived that knows of no MASTER.
 */
export const KEEPALIVED_OPTIONS: Readonly<Record<keyof KeepalivedOptions, OptionRow>> = {
  vrrpStartupDelaySeconds: {
    keyword: "vrrp_startup_delay",
    block: "global_defs",
    since: "2.0.14",
    limits: [1, 10],
  },
  vrrpPriority: { keyword: "vrrp_priority", block: "global_defs", since: "1.2.20", limits: [-20, 19] },
  vrrpRtPriority: { keyword: "vrrp_rt_priority", block: "global_defs", since: "2.0.0", limits: [1, 99] },
  // 2.0.0 to 2.0.20 call it vrrp_rlimit_rtime.
  vrrpRlimitRttimeMicroseconds: {
    keyword: "vrrp_rlimit_rttime",
    block: "global_defs",
    since: "2.1.0",
    limits: [10_000, 1_000_000],
  },
  vrrpNoSwap: { keyword: "vrrp_no_swap", block: "global_defs", since: "1.2.20" },
  downTimerAdverts: { keyword: "down_timer_adverts", block: "vrrp_instance", since: "2.2.3", limits: [3, 39] },
  garpMasterRepeat: { keyword: "garp_master_repeat", block: "vrrp_instance", since: "1.2.14", limits: [1, 100] },
  garpMasterRefreshRepeat: {
    keyword: "garp_master_refresh_repeat",
    block: "vrrp_instance",
    since: "1.2.14",
    limits: [1, 100],
  },
};

/** The lines of the options that are given, for one of the two blocks. */
export function renderOptions(options: KeepalivedOptions, wanted: OptionRow["block"]): string[] {
  return Object.entries(KEEPALIVED_OPTIONS).flatMap(([option, { block, keyword }]) => {
    const value = options[option as keyof KeepalivedOptions];
    if (block !== wanted || value === undefined || value === false) return [];
    return [`    ${keyword}${value === true ? "" : ` ${value}`}`];
  });
}
