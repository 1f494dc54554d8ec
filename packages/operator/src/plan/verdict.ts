/** What a verdict says, and whether a plan with it is refused. */
interface VerdictMeaning {
  /** How it is printed. */
  readonly label: string;
  /** What it means for the traffic. */
  readonly meaning: string;
  /** Whether it takes the service down, for however short a time, so that it has to be allowed by name. */
  readonly refused: boolean;
}

/**
 * What a change does to the traffic of a pair, from harmless to worst. The keys are what `--allow` takes, so none ever
 * changes its meaning.
 */
export const VERDICTS = {
  nothing: { label: "nothing", meaning: "the traffic goes on", refused: false },
  rolling: {
    label: "rolling",
    meaning: "the deploy only records it, and the nodes get it afterwards, one after the other",
    refused: false,
  },
  "node-restarts": {
    label: "this node restarts",
    meaning: "one node is stopped, restarted or replaced, and the other one has to serve meanwhile",
    refused: true,
  },
  "both-nodes": {
    label: "both nodes at once",
    meaning: "both nodes are stopped at about the same time, and nobody serves",
    refused: true,
  },
  "address-moves": {
    label: "address moves",
    meaning: "the virtual address is taken away, and nobody has it until it is brought back",
    refused: true,
  },
  "public-address-changes": {
    label: "public address changes",
    meaning: "clients outside no longer reach the pair by the address that they know",
    refused: true,
  },
  "half-done": {
    label: "half done and stuck",
    meaning: "the deploy fails on the way, or leaves nodes that do not fit together, and does not go on by itself",
    refused: true,
  },
} as const satisfies Readonly<Record<string, VerdictMeaning>>;

/** What a change does, by name: a key of {@link VERDICTS}. */
export type Verdict = keyof typeof VERDICTS;

/** All verdicts, from harmless to worst. */
export const VERDICT_NAMES = Object.keys(VERDICTS) as readonly Verdict[];

/** Whether a text is the name of a verdict. */
export function isVerdict(name: string): name is Verdict {
  return Object.hasOwn(VERDICTS, name);
}

/** The worst of some verdicts; `nothing` where there are none. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return VERDICT_NAMES.findLast((name) => verdicts.includes(name)) ?? "nothing";
}
