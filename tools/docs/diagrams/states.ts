import { VRRP_STATES, type VrrpState } from "../../../packages/pairctl/src/contract/index.ts";
import { arrow, box, drawing, frame, type Point, text, type Tone } from "./svg.ts";

/** Where a state of the contract is drawn, and what it means for the pair: one without a place does not compile. */
const STATES: Readonly<Record<VrrpState, { at: Point; tone: Tone; lines: readonly [string, string] }>> = {
  BACKUP: { at: [70, 80], tone: "ready", lines: ["ready to take over", "hands over what it has"] },
  MASTER: { at: [610, 80], tone: "good", lines: ["serves", "takes the address"] },
  FAULT: { at: [340, 260], tone: "bad", lines: ["serves nobody", "cannot take over"] },
  STOP: { at: [70, 440], tone: "bad", lines: ["serves nobody", "cannot take over"] },
  DEAD: { at: [610, 440], tone: "bad", lines: ["serves nobody", "cannot take over"] },
};
const SIZE: Point = [200, 76];

/** From a state, or from any in which keepalived runs, to another, with what makes it change. */
interface Transition {
  readonly from: VrrpState | "running";
  readonly to: VrrpState;
  readonly because: readonly string[];
  readonly path: readonly Point[];
  readonly label: Point;
  readonly anchor?: "start" | "middle" | "end";
}

export const TRANSITIONS: readonly Transition[] = [
  {
    from: "BACKUP",
    to: "MASTER",
    because: ["no advert for 3 × advertInt + skew,", "or the peer says that it stops"],
    path: [
      [270, 100],
      [610, 100],
    ],
    label: [440, 74],
  },
  {
    from: "MASTER",
    to: "BACKUP",
    because: ["hears a higher priority"],
    path: [
      [610, 140],
      [270, 140],
    ],
    label: [440, 158],
  },
  {
    from: "MASTER",
    to: "FAULT",
    because: ["a health check fails,", "the interface is down"],
    path: [
      [680, 156],
      [540, 280],
    ],
    label: [640, 230],
    anchor: "start",
  },
  {
    from: "BACKUP",
    to: "FAULT",
    because: ["the same"],
    path: [
      [170, 156],
      [340, 300],
    ],
    label: [225, 250],
    anchor: "end",
  },
  {
    from: "FAULT",
    to: "BACKUP",
    because: ["all is well again"],
    path: [
      [400, 260],
      [250, 156],
    ],
    label: [345, 212],
    anchor: "start",
  },
  {
    from: "running",
    to: "STOP",
    because: ["keepalived is stopped:", "pairctl drain, shutdown"],
    path: [
      [200, 350],
      [200, 440],
    ],
    label: [212, 388],
    anchor: "start",
  },
  {
    from: "STOP",
    to: "BACKUP",
    because: ["pairctl undrain,", "boot"],
    path: [
      [140, 440],
      [140, 350],
    ],
    label: [128, 388],
    anchor: "end",
  },
  {
    from: "running",
    to: "DEAD",
    because: ["it is killed,", "or crashes"],
    path: [
      [740, 350],
      [740, 440],
    ],
    label: [752, 388],
    anchor: "start",
  },
  {
    from: "DEAD",
    to: "BACKUP",
    because: ["systemd starts", "it again"],
    path: [
      [680, 440],
      [680, 350],
    ],
    label: [668, 388],
    anchor: "end",
  },
];

/** What keepalived is on a node, and what makes it change: the states are those of the contract. */
export function stateMachine(): string {
  return drawing(
    [880, 550],
    "The states of keepalived on a node",
    `${VRRP_STATES.join(", ")}. Only MASTER serves, and only BACKUP is ready to take over.`,
    [
      frame([20, 30], [840, 320], "keepalived runs; it starts as BACKUP"),
      ...TRANSITIONS.flatMap(({ because, path, label: [x, y], anchor = "middle" }) => [
        arrow(path),
        ...because.map((words, index) => text([x, y + index * 16], words, { small: true, anchor })),
      ]),
      ...VRRP_STATES.map((state) => {
        const { at, tone, lines } = STATES[state];
        return box(at, SIZE, state, lines, { tone });
      }),
    ],
  );
}
