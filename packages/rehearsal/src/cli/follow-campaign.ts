import type { Display } from "../live/display.ts";
import { renderRun } from "../report/render-run.ts";
import type { CampaignFile } from "../run/campaign-file.ts";
import type { CampaignOptions, LabOfCampaign } from "../run/campaign.ts";
import { enteringCommands } from "../run/kept-pair.ts";

/** What becomes of what a campaign tells. */
export interface Following {
  /** Where it is written down. */
  readonly file: Pick<CampaignFile, "addRun" | "addProblem">;
  /** Where it is shown. */
  readonly display: Display;
  /** How many labs there are side by side. */
  readonly labs: number;
  /** What is booted, and on what. */
  readonly source: string;
}

/** What a campaign tells. */
type Callbacks = Pick<
  CampaignOptions,
  "onLab" | "onLabEnd" | "onMessage" | "onOutput" | "onRun" | "onProblem" | "onKept"
>;

/** Writes down and shows what a campaign tells, as it comes. */
export function followCampaign({ file, display, labs, source }: Following): Callbacks {
  const say = (lab: LabOfCampaign, text: string) => display.say(labs === 1 ? text : prefixed(lab, text));
  return {
    onLab: (lab, runsLeft) => {
      const { mechanism } = lab.pair;
      display.tell({ kind: "start", lab: lab.number, mechanism });
      say(lab, `\n${mechanism}: ${source}; ${runsLeft} ${runsLeft === 1 ? "run" : "runs"} to make`);
    },
    onLabEnd: (lab) => display.tell({ kind: "end", lab: lab.number }),
    onMessage: (lab, message) => {
      display.tell({ kind: "message", lab: lab.number, message });
      if (message.kind === "says") say(lab, message.line);
    },
    onOutput: say,
    onRun: (lab, record) => {
      file.addRun(record);
      display.tell({ kind: "run", lab: lab.number, record });
      say(lab, renderRun(record).join("\n  "));
    },
    onProblem: (lab, text) => {
      file.addProblem(text);
      say(lab, `  FAILED: ${text}`);
    },
    onKept: (process) => {
      display.say(`\nThe pair stays up until Ctrl-C. To enter a node, as root in another terminal:`);
      for (const command of enteringCommands(process)) display.say(`  ${command}`);
    },
  };
}

/** With several labs, each line says which one it is from. */
function prefixed({ number, pair }: LabOfCampaign, text: string): string {
  return text.replaceAll(/^/gm, `lab ${number} ${pair.mechanism} | `);
}
