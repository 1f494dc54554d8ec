import type { Tone } from "../run-timeline.ts";

/** How a tone looks: its area, and the text on it. */
export interface Paint {
  readonly fill: string;
  readonly text: string;
}

/** The colours of a chart. */
export interface Palette {
  readonly background: string;
  readonly text: string;
  /** Of lines that only help the eye. */
  readonly faint: string;
  readonly tones: Readonly<Record<Tone, Paint>>;
}

const WHITE = "#ffffff";
const BLACK = "#111111";

// The colours of Okabe and Ito, which people tell apart who see colours differently; no meaning rests on colour alone,
// since every area says in words what it is.
const BLUE = "#0072b2";
const SKY = "#56b4e9";
const ORANGE = "#e69f00";
const VERMILION = "#d55e00";
const GREEN = "#009e73";
const YELLOW = "#f0e442";
const PURPLE = "#cc79a7";
const GREY = "#767676";

const shared = {
  secondary: { fill: ORANGE, text: BLACK },
  other: { fill: PURPLE, text: BLACK },
  outage: { fill: VERMILION, text: BLACK },
  MASTER: { fill: GREEN, text: BLACK },
  FAULT: { fill: VERMILION, text: BLACK },
  INIT: { fill: YELLOW, text: BLACK },
  "keepalived stopped": { fill: GREY, text: WHITE },
  "powered off": { fill: "#4d4d4d", text: WHITE },
  red: { fill: VERMILION, text: BLACK },
  green: { fill: GREEN, text: BLACK },
  failed: { fill: VERMILION, text: BLACK },
} as const;

/** On white. */
export const LIGHT: Palette = {
  background: WHITE,
  text: "#222222",
  faint: "#d9d9d9",
  tones: {
    ...shared,
    primary: { fill: BLUE, text: WHITE },
    BACKUP: { fill: "#d6e4ee", text: BLACK },
    task: { fill: SKY, text: BLACK },
    ok: { fill: BLUE, text: WHITE },
  },
};

/** On a dark page. */
export const DARK: Palette = {
  background: "#16191d",
  text: "#e6e6e6",
  faint: "#3a4047",
  tones: {
    ...shared,
    primary: { fill: SKY, text: BLACK },
    BACKUP: { fill: "#34434f", text: WHITE },
    "powered off": { fill: "#5c5c5c", text: WHITE },
    task: { fill: SKY, text: BLACK },
    ok: { fill: SKY, text: BLACK },
  },
};
