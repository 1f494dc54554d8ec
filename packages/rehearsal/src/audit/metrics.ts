/** What the metrics of a node say of one address. */
export interface AddressState {
  /** Whether the sample is 1. It is 0 once the agent has ended. */
  readonly isCurrent: boolean;
  readonly state: string | undefined;
  readonly agree: string | undefined;
}

/** The part of a node's metrics that tells whether all is well. */
export interface Metrics {
  /** One for each address that has metrics. */
  readonly addresses: readonly AddressState[];
  /** How old they are, in ms. */
  readonly ageMs: number;
}

/** What monitoring shows of a node. */
export interface Signal {
  /** Whether somebody would be woken, by the rules of monitoring/alerts.yml. */
  readonly isRed: boolean;
  /** Whether it says that the node is MASTER. */
  readonly isMaster: boolean;
  /** The reason, in words. */
  readonly shows: string;
}

/** The alerts' own time: what is older says nothing. */
const STALE_AFTER_MS = 60_000;

/** Reads the samples of `pairctl_state`, in the text format of Prometheus: `name{label="value",…} value`. */
export function parseMetrics(text: string, ageMs: number): Metrics {
  const addresses = [...text.matchAll(/^pairctl_state\{(.*)\} (\S+)$/gm)].map(([, labels = "", value]) => {
    const label = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(labels)?.[1];
    return { isCurrent: value === "1", state: label("state"), agree: label("agree") };
  });
  return { addresses, ageMs };
}

/** @param metrics undefined where the node cannot be asked, or has none */
export function judgeSignal(isUp: boolean, metrics: Metrics | undefined): Signal {
  if (!isUp) return { isRed: true, isMaster: false, shows: "the node does not answer" };
  if (metrics === undefined || metrics.addresses.length === 0)
    return { isRed: true, isMaster: false, shows: "no metrics" };
  if (metrics.ageMs > STALE_AFTER_MS) return { isRed: true, isMaster: false, shows: "metrics are stale" };
  const current = metrics.addresses.filter(({ isCurrent }) => isCurrent);
  if (current.length < metrics.addresses.length) return { isRed: true, isMaster: false, shows: "no agent" };
  return {
    isRed: current.some(({ agree }) => agree !== "yes"),
    isMaster: current.some(({ state }) => state === "MASTER"),
    shows: current.map(({ state, agree }) => `${state}, agree ${agree}`).join("; "),
  };
}

/**
 * What is wrong with an agent's answer to Prometheus, of which Prometheus 3 takes none without its type.
 *
 * @param answer all of it, with its headers; empty where there was none
 * @param file the textfile; undefined where there is none
 */
export function scrapeProblem(answer: string, file: string | undefined): string | undefined {
  if (answer === "") return "no answer";
  const [, headers = "", body = ""] = /^(HTTP\/1\.1 200 [^]*?)\r\n\r\n([^]*)$/.exec(answer) ?? [];
  if (headers === "") return `another status: ${answer.slice(0, 100)}`;
  if (!/^content-type: text\/plain; version=0\.0\.4\r?$/im.test(headers)) return "no type that Prometheus takes";
  return body === file ? undefined : `another answer than its textfile: '${body.slice(0, 200)}'`;
}
