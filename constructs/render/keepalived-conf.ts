import { type KeepalivedOptions, renderOptions } from "./keepalived-options";

/** A service check that keepalived runs: a failed check puts the node into FAULT and its peer takes over. */
export interface TrackScript {
  /** The name in keepalived.conf, such as `check_service`. */
  readonly name: string;
  /** The absolute path of an executable; exit status 0 means healthy. */
  readonly script: string;
  /** Seconds between two runs. */
  readonly intervalSeconds: number;
  /** Seconds after which a run counts as failed. */
  readonly timeoutSeconds: number;
  /** Successes in a row that make a failed service healthy again. */
  readonly rise: number;
  /** Failures in a row that make a healthy service failed. */
  readonly fall: number;
}

/** What one node's keepalived.conf says. Names are keepalived's own. */
export interface KeepalivedConf extends KeepalivedOptions {
  /** `router_id`: how this node calls itself in logs. */
  readonly routerId: string;
  /** The interface that carries VRRP and the VIP. */
  readonly interface: string;
  /** `virtual_router_id`, 1–255. */
  readonly virtualRouterId: number;
  /** `priority`, 1–254. */
  readonly priority: number;
  /** `advert_int` in seconds; with VRRP version 3 also fractions of one. */
  readonly advertInt: number;
  /** `auth_pass`, at most 8 characters; undefined makes it VRRP version 3, which has no authentication. */
  readonly authPass: string | undefined;
  /** This node's private address. */
  readonly unicastSrcIp: string;
  /** The peer's private address. */
  readonly unicastPeer: string;
  /** The addresses that move. Adverts name the first one only, so that the two nodes may differ in the others for a while. */
  readonly virtualIpAddresses: readonly [string, ...string[]];
  /**
   * Whether a node of higher priority takes over from a MASTER of lower priority, and after how many seconds
   * (`preempt_delay`).
   *
   * @default - it does not (`nopreempt`)
   */
  readonly preemptDelay?: number;
  /** The script that notifications run, by absolute path; it gets the new state as its argument. */
  readonly notifyScript: string;
  /** The service checks. */
  readonly trackScripts: readonly TrackScript[];
  /**
   * Blocks of the user's own, put at the end.
   *
   * @default - none
   */
  readonly extraBlocks?: string;
}

/**
 * Renders keepalived.conf for keepalived 1.2.8 and every later version, unless it has options that came later.
 *
 * Only flat keywords are used beyond what 1.2.8 knows: it skips an unknown keyword, but an unknown block would close
 * the enclosing vrrp_instance (seen in runs of 1.2.8 and 1.3.5). `vrrp_strict` is never written, since it firewalls
 * the VIP. Commands are quoted and name no user, the only form that all versions run.
 *
 * Notifications stand in the vrrp_instance: a sync group of one instance is deleted together with its notifications by
 * 1.2.20 to 1.3.9 and by 2.1.0 to 2.2.2. No `track_interface`: an instance follows its own interface anyway, and from
 * 2.0.10 on `keepalived -t` finds fault with one that is told to.
 */
export function renderKeepalivedConf(conf: KeepalivedConf): string {
  const notify = (keyword: string, state: string) => `    ${keyword} "${conf.notifyScript} ${state}"`;
  const lines = [
    "global_defs {",
    `    router_id ${conf.routerId}`,
    "    script_user root",
    "    enable_script_security",
    "    vrrp_skip_check_adv_addr",
    // Without a password, at least the address of the sender has to be the peer's.
    ...(conf.authPass === undefined ? ["    vrrp_check_unicast_src"] : []),
    ...renderOptions(conf, "global_defs"),
    "}",
    ...conf.trackScripts.flatMap(renderTrackScript),
    "vrrp_instance VIP {",
    "    state BACKUP",
    // preempt_delay needs state BACKUP, and nopreempt excludes it.
    conf.preemptDelay === undefined ? "    nopreempt" : `    preempt_delay ${conf.preemptDelay}`,
    `    interface ${conf.interface}`,
    `    virtual_router_id ${conf.virtualRouterId}`,
    `    priority ${conf.priority}`,
    `    advert_int ${conf.advertInt}`,
    "    garp_master_delay 1",
    "    garp_master_refresh 5",
    ...renderOptions(conf, "vrrp_instance"),
    ...(conf.authPass === undefined
      ? ["    version 3"]
      : block("authentication", ["auth_type PASS", `auth_pass ${conf.authPass}`])),
    `    unicast_src_ip ${conf.unicastSrcIp}`,
    "    unicast_peer {",
    `        ${conf.unicastPeer}`,
    "    }",
    "    virtual_ipaddress {",
    `        ${conf.virtualIpAddresses[0]}`,
    "    }",
    ...block("virtual_ipaddress_excluded", conf.virtualIpAddresses.slice(1)),
    ...block(
      "track_script",
      conf.trackScripts.map((check) => check.name),
    ),
    notify("notify_master", "MASTER"),
    notify("notify_backup", "BACKUP"),
    notify("notify_fault", "FAULT"),
    notify("notify_stop", "STOP"),
    // After a split brain the higher priority stays MASTER without a notify_master: keepalived 2.0.6 tells it so.
    notify("notify_master_rx_lower_pri", "MASTER_RX_LOWER_PRI"),
    "}",
    ...(conf.extraBlocks === undefined ? [] : [conf.extraBlocks.trimEnd()]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A block of the instance, left out where it would be empty. */
function block(keyword: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`    ${keyword} {`, ...entries.map((entry) => `        ${entry}`), "    }"];
}

/** `weight 0`: a weighted check never fails over under nopreempt, since a BACKUP then ignores priorities. */
function renderTrackScript(check: TrackScript): string[] {
  return [
    `vrrp_script ${check.name} {`,
    `    script "${check.script}"`,
    `    interval ${check.intervalSeconds}`,
    `    timeout ${check.timeoutSeconds}`,
    `    rise ${check.rise}`,
    `    fall ${check.fall}`,
    "    weight 0",
    "}",
  ];
}
