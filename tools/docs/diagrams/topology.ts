import { DEFAULT_PRIORITY } from "../../../packages/pairctl/src/contract/index.ts";
import { arrow, box, drawing, frame, text } from "./svg.ts";

const primary = [`keepalived: MASTER, priority ${DEFAULT_PRIORITY.primary}`, "pairctl agent"];
const secondary = [`keepalived: BACKUP, priority ${DEFAULT_PRIORITY.secondary}`, "pairctl agent"];

/** A deployed pair, its address and what is around it; addresses as in the shipped pair.yaml. */
export function topology(): string {
  return drawing(
    [960, 510],
    "A keepalived pair on Tencent Cloud",
    "Clients reach the virtual address by its public address. The node that is MASTER has the virtual address; the other one hears its adverts and takes the address over when they stop.",
    [
      frame([190, 20], [590, 470], "VPC, subnet 10.0.1.0/24"),
      frame([410, 60], [352, 330], "placement group: two hosts"),
      box([15, 90], [150, 60], "Clients", ["on the internet"]),
      box([15, 250], [150, 60], "Clients", ["in the VPC"]),
      box([215, 150], [155, 92], "VIP 10.0.1.100", ["EIP 203.0.113.10", "moves as one"], { tone: "good" }),
      box([440, 96], [292, 92], "primary 10.0.1.11", primary, { tone: "good" }),
      box([440, 280], [292, 92], "secondary 10.0.1.12", secondary, { tone: "ready" }),
      box(
        [215, 410],
        [530, 60],
        "Parking network interface 10.0.1.101",
        ["secondary-private-ip: the VIP waits here until a node is MASTER"],
        { tone: "quiet", dashed: true },
      ),
      box([800, 180], [145, 110], "Tencent Cloud", ["VPC API", "CAM role", "metadata"]),
      arrow(polyline([165, 120], [190, 120], [215, 165])),
      arrow(polyline([165, 280], [190, 280], [215, 228])),
      arrow(polyline([370, 180], [440, 142]), { tone: "good" }),
      arrow(polyline([370, 215], [440, 326]), { dashed: true, tone: "ready" }),
      text([365, 300], "after a", { small: true }),
      text([365, 318], "failover", { small: true }),
      arrow(polyline([560, 188], [560, 280]), { both: true }),
      text([572, 230], "unicast VRRP", { anchor: "start", small: true }),
      text([572, 248], "IP protocol 112", { anchor: "start", small: true }),
      arrow(polyline([732, 142], [872, 142], [872, 180])),
      arrow(polyline([732, 326], [872, 326], [872, 290])),
      text([872, 116], "who has it?", { small: true }),
      text([872, 133], "move it", { small: true }),
    ],
  );
}

type Points = Parameters<typeof arrow>[0];
const polyline = (...points: Points): Points => points;
