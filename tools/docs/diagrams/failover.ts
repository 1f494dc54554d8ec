import type { Action } from "../../../packages/pairctl/src/contract/index.ts";
import { arrow, box, drawing, line, type Point, text, type Tone } from "./svg.ts";

const CLIENT = 100;
const PRIMARY = 320;
const SECONDARY = 560;
const CLOUD = 800;
const FIRST_CALL = 344;

/** What pairctl calls in a takeover, in this order, and what it learns. A test compares it with a takeover's receipt. */
export const TAKEOVER_CALLS: readonly { readonly action: Action; readonly answer: string }[] = [
  { action: "DescribeNetworkInterfaces", answer: "the peer has the VIP" },
  { action: "MigratePrivateIpAddress", answer: "a task" },
  { action: "DescribeNetworkInterfaces", answer: "moving … mine, with its EIP" },
];

/** The node that serves dies: what happens until the other one does, with `secondary-private-ip`. */
export function failover(): string {
  const calls = TAKEOVER_CALLS.flatMap(({ action, answer }, index) => {
    const y = FIRST_CALL + index * 46;
    return [message(SECONDARY, CLOUD, y, action), message(CLOUD, SECONDARY, y + 20, answer, "quiet")];
  });
  const end = FIRST_CALL + TAKEOVER_CALLS.length * 46;
  const height = end + 90;
  return drawing(
    [920, height],
    "A failover",
    "The primary dies; the secondary misses three adverts, becomes MASTER, and pairctl moves the address with calls of the VPC API; then the client is answered again.",
    [
      lifeline(CLIENT, "Client", height),
      lifeline(PRIMARY, "Primary", 172),
      lifeline(SECONDARY, "Secondary", height),
      lifeline(CLOUD, "VPC API", height),
      message(CLIENT, PRIMARY, 92, "request to the VIP", "good"),
      message(PRIMARY, SECONDARY, 120, "advert, every advertInt", "good"),
      box([PRIMARY - 60, 146], [120, 30], "dies", [], { tone: "bad" }),
      message(CLIENT, PRIMARY, 206, "request: no answer", "bad", true),
      box([SECONDARY - 112, 196], [224, 52], "3 adverts are missing", ["3 × advertInt + skew"], { tone: "ready" }),
      box([SECONDARY - 125, 260], [250, 52], "MASTER", ["VIP on it, notify, settleMs"], { tone: "good" }),
      ...calls,
      message(CLIENT, SECONDARY, end + 24, "request to the VIP: answered", "good"),
      text(
        [460, end + 62],
        "With a HAVIP, keepalived's gratuitous ARP moves the address; pairctl asks DescribeHaVips until it is here.",
        {
          small: true,
        },
      ),
    ],
  );
}

function lifeline(x: number, name: string, until: number): string {
  return [line([x, 56], [x, until - 30], "quiet", true), box([x - 65, 20], [130, 36], name)].join("\n");
}

function message(from: number, to: number, y: number, words: string, tone: Tone = "plain", dashed = false): string {
  const middle: Point = [(from + to) / 2, y - 5];
  return [
    arrow(
      [
        [from, y],
        [to, y],
      ],
      { tone, dashed },
    ),
    text(middle, words, { small: true }),
  ].join("\n");
}
