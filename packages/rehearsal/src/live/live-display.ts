import type { WriteStream } from "node:tty";
import ansiEscapes from "ansi-escapes";
import { createLogUpdate } from "log-update";
import { campaignAfter, type CampaignNews, type CampaignState } from "./campaign-state.ts";
import type { Display } from "./display.ts";
import { renderCampaign } from "./render-campaign.ts";

const INTERVAL_MS = 200;
/** More lines than these are on no screen. */
const KEPT_LINES = 200;

/** The live view at the bottom of a terminal; what is printed scrolls above it. */
export class LiveDisplay implements Display {
  readonly #update: ReturnType<typeof createLogUpdate>;
  readonly #timer: NodeJS.Timeout;
  /** The last lines that were printed. */
  #printed: string[] = [];
  /** How many columns and lines the view had when it was drawn last, and how many rows the terminal. */
  #drawn = { columns: 0, rows: 0, lines: 0 };
  #hasEnded = false;

  constructor(
    private readonly terminal: WriteStream,
    private campaign: CampaignState,
  ) {
    this.#update = createLogUpdate(terminal);
    this.#timer = setInterval(this.#draw, INTERVAL_MS);
    terminal.on("resize", this.#fit);
    // A terminal that is closed takes no more; its SIGHUP ends the campaign.
    for (const stream of [terminal, process.stderr]) stream.on("error", ignore);
    // Before Node.js prints the error.
    process.on("uncaughtExceptionMonitor", this.#end);
    process.on("SIGTSTP", this.#suspend);
    this.#draw();
  }

  readonly say = (text: string): void => {
    this.#printed = [...this.#printed, ...text.split("\n")].slice(-KEPT_LINES);
    this.#update.clear();
    this.terminal.write(`${text}\n`);
    this.#draw();
  };

  readonly tell = (news: CampaignNews): void => {
    this.campaign = campaignAfter(this.campaign, news, Date.now());
  };

  [Symbol.dispose](): void {
    this.#end();
  }

  readonly #draw = (): void => {
    if (this.#hasEnded) return;
    const lines = renderCampaign(this.campaign, this.terminal, Date.now());
    // log-update 7.2.0 draws only the lines that differ, and takes those below for unmoved where there are more or fewer.
    if (lines.length !== this.#drawn.lines) this.#update.clear();
    const columns = Math.max(...lines.map((line) => line.length));
    this.#drawn = { columns, rows: this.terminal.rows, lines: lines.length };
    this.#update(lines.join("\n"));
  };

  /**
   * Terminals differ in what they do with lines for which they have become too narrow (break or cut them) or too low, so
   * that the view need not be where it was drawn: the screen is made anew then.
   */
  readonly #fit = (): void => {
    const { columns, rows } = this.terminal;
    if (columns <= this.#drawn.columns || rows < this.#drawn.rows) {
      this.#update.clear();
      this.terminal.write(`${ansiEscapes.cursorTo(0, 0)}${ansiEscapes.eraseDown}`);
      const room = rows - renderCampaign(this.campaign, this.terminal, Date.now()).length - 1;
      const printed = room > 0 ? this.#printed.slice(-room) : [];
      if (printed.length > 0) this.terminal.write(`${printed.join("\n")}\n`);
    }
    this.#draw();
  };

  /** Ctrl-Z: the shell gets its terminal as it was. What is drawn after SIGCONT is drawn anew. */
  readonly #suspend = (): void => {
    this.#remove();
    process.kill(process.pid, "SIGSTOP");
  };

  readonly #end = (): void => {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearInterval(this.#timer);
    this.terminal.off("resize", this.#fit);
    process.off("uncaughtExceptionMonitor", this.#end);
    process.off("SIGTSTP", this.#suspend);
    this.#remove();
  };

  /** Takes the view off the terminal, and shows the cursor. */
  #remove(): void {
    this.#update.clear();
    this.#update.done();
  }
}

const ignore = () => {};
