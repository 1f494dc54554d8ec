import { NODE_PATHS } from "pairctl/contract";
import { replacing } from "../change.ts";
import { inPairctl } from "../pairctl-source.ts";
import { inNodeFile } from "../user-data.ts";
import type { Variant } from "../variant.ts";

const part = "pairctl";
const wrongSignature = inPairctl("cloud/tc3.ts", replacing('service), "tc3_request")', 'service), "tc3_requesd")'));

/** What moves the address, or sees whether it has moved. */
export const pairctlVariants: readonly Variant[] = [
  {
    name: "wrong-signature",
    part,
    breaks: "requests are signed wrongly",
    mechanism: "secondary-private-ip",
    changes: [wrongSignature],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /AuthFailure\.SignatureFailure/ },
  },
  {
    name: "wrong-signature-havip",
    part,
    breaks: "requests are signed wrongly, with a HAVIP",
    mechanism: "havip",
    changes: [wrongSignature],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /AuthFailure\.SignatureFailure/ },
  },
  {
    name: "wrong-region",
    part,
    breaks: "requests name another region",
    mechanism: "secondary-private-ip",
    changes: [inNodeFile(NODE_PATHS.settings, replacing(/"region":"[^"]*"/, '"region":"ap-guangzhou"'))],
    fault: "keepalived-stopped",
    shows: { check: "the pair comes up", text: /X-TC-Region/ },
  },
  {
    name: "wrong-interface",
    part,
    breaks: "a MASTER moves the address to its peer's network interface",
    mechanism: "secondary-private-ip",
    changes: [
      inPairctl(
        "mechanisms/secondary-private-ip/act.ts",
        replacing(
          "move(run, seen, seen.ownId)",
          "move(run, seen, (await interfaceWith(run, run.settings.peerIp))!.NetworkInterfaceId)",
        ),
      ),
    ],
    fault: "keepalived-stopped",
    shows: { check: "while the fault lasts, service moves", text: /nobody answers/ },
  },
  {
    name: "eip-never-bound",
    part,
    breaks: "pairctl does not bind the EIP",
    mechanism: "secondary-private-ip",
    changes: [
      inPairctl(
        "mechanisms/secondary-private-ip/act.ts",
        replacing("return bindEip(run, seen);", 'return bindEip ? "holds" : undefined;'),
      ),
    ],
    fault: "eip-unbound",
    shows: { check: "the pair is well again", text: /the EIP must be bound to/ },
  },
  {
    name: "hesitating",
    part,
    breaks: "pairctl waits for 5 s before it moves the address",
    mechanism: "secondary-private-ip",
    changes: [inNodeFile(NODE_PATHS.settings, replacing(/"advertInt"/, '"settleMs":5000,"advertInt"'))],
    fault: "keepalived-stopped",
    shows: { check: "the outage is within its bound", text: /through the VIP it lasted [5-9]\d{3} ms/ },
    isFast: true,
  },
  {
    name: "robbing",
    part,
    breaks: "pairctl takes the address from an interface that is not the pair's",
    mechanism: "secondary-private-ip",
    changes: [inNodeFile(NODE_PATHS.settings, replacing(/"advertInt"/, '"allowForeign":true,"advertInt"'))],
    fault: "address-taken-by-foreign",
    shows: { check: "the fault heals", text: /UnassignPrivateIpAddresses/ },
  },
  {
    name: "receipts-always-serve",
    part,
    breaks: "every receipt says that this node serves",
    mechanism: "havip",
    changes: [inPairctl("passes/receipt.ts", replacing("    ...told,\n", '    ...told,\n    vrrp: "MASTER",\n'))],
    fault: "keepalived-stopped",
    shows: { check: "receipts tell the truth", text: /it is BACKUP, and says/ },
  },
  {
    name: "no-receipts",
    part,
    breaks: "pairctl keeps no receipts",
    mechanism: "havip",
    changes: [inPairctl("passes/receipt-book.ts", replacing("host.appendFile(NODE_PATHS.receiptLog,", "String("))],
    fault: "keepalived-stopped",
    shows: { check: "receipts tell the truth", text: /none since/ },
  },
  {
    name: "metrics-always-green",
    part,
    breaks: "the metrics say at any time that all is well",
    mechanism: "havip",
    changes: [inPairctl("passes/metrics.ts", replacing('agree="${agree}"', 'agree="yes"'))],
    fault: "check-fails-on-both",
    shows: { check: "signals tell the truth during the fault", text: /no signal was red/ },
  },
  {
    name: "status-always-well",
    part,
    breaks: "the exit status of a run is 0 and agree is yes, whatever it has found",
    mechanism: "havip",
    changes: [
      inPairctl(
        "passes/receipt.ts",
        replacing("const { verdict, vrrp } = outcome;", "if (outcome) return 0;\n  const { verdict, vrrp } = outcome;"),
      ),
      inPairctl(
        "protocol/outcome.ts",
        replacing(
          "if (holderAfter === undefined ||",
          'if (vrrp !== "STOP") return "yes";\n  if (holderAfter === undefined ||',
        ),
      ),
    ],
    fault: "check-fails-on-both",
    shows: { check: "signals tell the truth during the fault", text: /no signal was red/ },
  },
  {
    name: "no-metrics",
    part,
    breaks: "pairctl writes no metrics",
    mechanism: "secondary-private-ip",
    changes: [
      inPairctl(
        "passes/receipt-book.ts",
        replacing('note(host, "metrics.prom", metrics(), METRICS_MODE) || inLog', "inLog"),
      ),
    ],
    fault: "keepalived-stopped",
    shows: { check: "signals are green while all is well", text: /no metrics/ },
  },
  {
    name: "metrics-not-served",
    part,
    breaks: "the agent answers Prometheus with something else than its metrics",
    mechanism: "secondary-private-ip",
    changes: [
      inPairctl(
        "agent/agent.ts",
        replacing("METRICS_PORT, METRICS_ADDRESS, metrics)", 'METRICS_PORT, METRICS_ADDRESS, () => "")'),
      ),
    ],
    fault: "keepalived-stopped",
    shows: { check: "Prometheus gets the same signals of the agent", text: /another answer than its textfile/ },
  },
];
