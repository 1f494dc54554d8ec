import { expect, test } from "vitest";
import { type KeepalivedConf, renderKeepalivedConf } from "../../constructs/render/keepalived-conf";

const CONF: KeepalivedConf = {
  routerId: "web-primary",
  interface: "eth0",
  virtualRouterId: 51,
  priority: 100,
  advertInt: 1,
  authPass: "s3cret",
  unicastSrcIp: "10.0.1.11",
  unicastPeer: "10.0.1.12",
  virtualIpAddresses: ["10.0.1.100"],
  notifyScript: "/usr/libexec/keepalived/notify",
  trackScripts: [],
};

test("renders what both of the vendor's documents ask for", () => {
  expect(renderKeepalivedConf(CONF)).toBe(`global_defs {
    router_id web-primary
    script_user root
    enable_script_security
    vrrp_skip_check_adv_addr
}
vrrp_instance VIP {
    state BACKUP
    nopreempt
    interface eth0
    virtual_router_id 51
    priority 100
    advert_int 1
    garp_master_delay 1
    garp_master_refresh 5
    authentication {
        auth_type PASS
        auth_pass s3cret
    }
    unicast_src_ip 10.0.1.11
    unicast_peer {
        10.0.1.12
    }
    virtual_ipaddress {
        10.0.1.100
    }
    notify_master "/usr/libexec/keepalived/notify MASTER"
    notify_backup "/usr/libexec/keepalived/notify BACKUP"
    notify_fault "/usr/libexec/keepalived/notify FAULT"
    notify_stop "/usr/libexec/keepalived/notify STOP"
    notify_master_rx_lower_pri "/usr/libexec/keepalived/notify MASTER_RX_LOWER_PRI"
}
`);
});

test("tracks each service check with weight 0, so that a failed one is FAULT even under nopreempt", () => {
  const conf = renderKeepalivedConf({
    ...CONF,
    trackScripts: [
      {
        name: "check_service",
        script: "/usr/libexec/keepalived/check_service",
        intervalSeconds: 5,
        timeoutSeconds: 3,
        rise: 1,
        fall: 4,
      },
    ],
  });
  expect(conf).toContain(`vrrp_script check_service {
    script "/usr/libexec/keepalived/check_service"
    interval 5
    timeout 3
    rise 1
    fall 4
    weight 0
}
`);
  expect(conf).toContain(`    track_script {
        check_service
    }
`);
});

test("uses no block that keepalived 1.2.8 does not know: it would close the instance", () => {
  const known = ["global_defs", "vrrp_script", "vrrp_instance", "authentication"];
  known.push("unicast_peer", "virtual_ipaddress", "track_script");
  const conf = renderKeepalivedConf({
    ...CONF,
    trackScripts: [{ name: "c", script: "/c", intervalSeconds: 1, timeoutSeconds: 1, rise: 1, fall: 1 }],
  });
  const blocks = [...conf.matchAll(/^ *(\w+).*\{$/gm)].map((match) => match[1]);
  expect(blocks).not.toHaveLength(0);
  expect(known).toEqual(expect.arrayContaining(blocks));
  expect(conf).not.toContain("vrrp_strict");
});

test("has its notifications in the vrrp_instance: several versions delete a sync group of one with all of its own", () => {
  const conf = renderKeepalivedConf(CONF);
  expect(conf).not.toContain("vrrp_sync_group");
  const instance = conf.slice(conf.indexOf("vrrp_instance VIP {"));
  for (const state of ["master", "backup", "fault", "stop", "master_rx_lower_pri"])
    expect(instance).toContain(`\n    notify_${state} "/usr/libexec/keepalived/notify ${state.toUpperCase()}"\n`);
});

test("does not track the interface that it runs on, with which 'keepalived -t' finds fault", () => {
  expect(renderKeepalivedConf(CONF)).not.toContain("track_interface");
});
