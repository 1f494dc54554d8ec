import type { CampaignNews } from "./campaign-state.ts";

/** Where a campaign is shown to people. Disposed of, it leaves nothing but the lines that were printed. */
export interface Display extends Disposable {
  /** Prints lines that stay. */
  readonly say: (text: string) => void;
  /** Takes in what happens. */
  readonly tell: (news: CampaignNews) => void;
}

/** Prints lines, and nothing else. */
export const plainDisplay: Display = {
  say: (text) => console.log(text),
  tell: () => {},
  [Symbol.dispose]: () => {},
};
