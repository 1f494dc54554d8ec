import { PropError, requireLiteralInteger, requireOrigin } from "./validation";

/** How the hook goes about its job. The defaults are the hook's own (packages/migration-hook/src/settings.ts). */
export interface HookProps {
  /**
   * Where the hook calls the VPC API, in order of preference: scheme, host and, where it is not the scheme's, port.
   *
   * @default - the endpoint inside a VPC, then the public one
   */
  readonly apiEndpoints?: readonly string[];
  /**
   * Where the hook asks for its identity and credentials.
   *
   * @default "http://metadata.tencentyun.com"
   */
  readonly metadataEndpoint?: string;
  /**
   * Whether the hook takes the address from a network interface that is not the pair's as well.
   *
   * @default false
   */
  readonly allowForeign?: boolean;
  /**
   * For how many milliseconds a node has to be MASTER before the hook moves the address, 0–5000. With a HAVIP the fabric
   * moves it, and this has no effect.
   *
   * @default 25
   */
  readonly settleMs?: number;
  /**
   * After how many milliseconds a run of the hook gives up, 1000–60000: the next one, within 10 s, goes on from there.
   *
   * @default 10000
   */
  readonly deadlineMs?: number;
  /**
   * For how many milliseconds a BACKUP has to have the address before the hook hands it to the peer, 1000–600000: more
   * than an election takes. With a HAVIP this has no effect.
   *
   * @default 5000
   */
  readonly handOverMs?: number;
}

/** What of them stands in the hook's settings: `undefined` is left out, so that the hook's own default holds. */
export function hookPropSettings(props: HookProps): HookProps {
  const { apiEndpoints, metadataEndpoint, allowForeign, settleMs, deadlineMs, handOverMs } = props;
  return { apiEndpoints, metadataEndpoint, allowForeign, settleMs, deadlineMs, handOverMs } as HookProps;
}

/** Refuses what the hook could not work with. */
export function requireHookProps({
  apiEndpoints,
  metadataEndpoint,
  settleMs,
  deadlineMs,
  handOverMs,
}: HookProps): void {
  if (apiEndpoints?.length === 0) {
    throw new PropError("apiEndpoints", apiEndpoints, "must name one endpoint at least", "or leave it out");
  }
  apiEndpoints?.forEach((endpoint, index) => requireOrigin(`apiEndpoints[${index}]`, endpoint));
  if (metadataEndpoint !== undefined) requireOrigin("metadataEndpoint", metadataEndpoint);
  requireMs("settleMs", settleMs, 0, 5000);
  requireMs("deadlineMs", deadlineMs, 1000, 60_000);
  requireMs("handOverMs", handOverMs, 1000, 600_000);
  if (settleMs !== undefined && deadlineMs !== undefined && settleMs >= deadlineMs) {
    throw new PropError("settleMs", settleMs, `must be below deadlineMs, ${deadlineMs}`, "no run would live to see it");
  }
}

function requireMs(prop: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined) return;
  requireLiteralInteger(prop, value, min, max, "give whole milliseconds, or leave it out");
}
