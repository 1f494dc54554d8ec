import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { CallEvent, Events } from "../engine/events.ts";
import type { Fault, Faults } from "../engine/faults.ts";
import type { State } from "../services/state.ts";
import { page } from "./admin-page.ts";
import { BodyTooLarge, readBody } from "./listener.ts";

/** What the admin interface shows and does. */
export interface AdminOptions {
  readonly region: string;
  readonly state: State;
  readonly events: Events;
  readonly faults: Faults;
  readonly holderOf: (vip: string) => object | undefined;
  readonly learn: (announcement: { vip: string; networkInterfaceId: string }) => boolean;
  readonly expireCredentials: (instanceId: string) => void;
}

/** Under this path, the rest of the port being the cloud's own API. */
export const adminPath = "/_local/";

const keptCalls = 200;

const keptTasks = 50;

const maxBody = 64 * 1024;

/** How long changes are gathered before they are sent, in ms. */
const gatherMs = 100;

/** A page to look at, its events, and an API for faults, announcements and credentials; JSON in and out, no login. */
export function adminListener(options: AdminOptions): RequestListener {
  const calls: CallEvent[] = [];
  const viewers = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;
  const show = () => `data: ${JSON.stringify(overview(options, calls))}\n\n`;
  const changed = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const viewer of viewers) viewer.write(show());
    }, gatherMs).unref();
  };
  options.events.on("call", (event) => {
    calls.push(event);
    if (calls.length > keptCalls) calls.shift();
    changed();
  });
  // Tasks end without a call, and often with these.
  for (const name of ["holder", "eip", "task"] as const) options.events.on(name, changed);

  return async (request, response) => {
    if (!isOwn(request)) return answer(response, 403, { error: "this page is for this machine's own browser" });
    const path = (request.url ?? "").slice(adminPath.length).split("?")[0];
    switch (`${request.method} ${path}`) {
      case "GET ":
        response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page);
        return;
      case "GET events":
        response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
        response.write(show());
        viewers.add(response);
        response.on("close", () => viewers.delete(response));
        return;
      case "GET state":
        return answer(response, 200, overview(options, calls));
      case "GET faults":
        return answer(response, 200, options.faults.pending);
      case "DELETE faults":
        options.faults.clear();
        return answer(response, 200, []);
      case "POST faults":
        return change(request, response, (body) => {
          const fault = body as unknown as Omit<Fault, "count"> & { readonly count?: number | "all" };
          if (typeof fault.action !== "string") throw new Error("'action' must be a string");
          options.faults.add({
            ...fault,
            count: fault.count === "all" ? Number.POSITIVE_INFINITY : (fault.count ?? 1),
          });
          return options.faults.pending;
        });
      case "POST learn":
        return change(request, response, ({ vip, networkInterfaceId }) => ({
          learned: options.learn({ vip: String(vip), networkInterfaceId: String(networkInterfaceId) }),
        }));
      case "POST expire-credentials":
        return change(request, response, ({ instanceId }) => {
          options.expireCredentials(String(instanceId));
          return {};
        });
      default:
        return answer(response, 404, { error: `there is no ${request.method} ${request.url}` });
    }
  };
}

/** Whatever is open in a browser must not reach this page by a name of its own or from its own origin. */
function isOwn({ headers }: IncomingMessage): boolean {
  const { host = "", origin } = headers;
  const isAddress = /^(localhost|\d+\.\d+\.\d+\.\d+|\[[0-9a-f:]+\])(:\d+)?$/i.test(host);
  return isAddress && (origin === undefined || origin === `http://${host}` || origin === `https://${host}`);
}

async function change(
  request: IncomingMessage,
  response: ServerResponse,
  act: (body: Record<string, unknown>) => unknown,
): Promise<void> {
  try {
    const body: unknown = JSON.parse((await readBody(request, maxBody)).toString());
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Error("the body must be an object");
    answer(response, 200, act(body as Record<string, unknown>));
  } catch (error) {
    if (request.errored) return void response.destroy();
    answer(response, error instanceof BodyTooLarge ? 413 : 400, { error: (error as Error).message });
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(`${JSON.stringify(body, (_name, value: unknown) => (value === Infinity ? "all" : value), 2)}\n`);
}

function overview({ region, state, holderOf, faults }: AdminOptions, calls: readonly CallEvent[]) {
  const { tasks, images: _, soldOut: __, tags, ...maps } = { ...state };
  const secondary = [...state.networkInterfaces.values()].flatMap(({ privateIpAddresses }) =>
    privateIpAddresses.filter(({ primary }) => !primary).map(({ privateIp }) => privateIp),
  );
  const vips = [...new Set([...[...state.haVips.values()].map(({ vip }) => vip), ...secondary])];
  return {
    region,
    holders: vips.map((vip) => ({ vip, ...holderOf(vip) })),
    resources: Object.fromEntries(Object.entries(maps).map(([name, map]) => [name, [...map.values()].map(shorten)])),
    tags: Object.fromEntries(tags),
    tasks: [...tasks.values()].slice(-keptTasks).reverse(),
    faults: faults.pending.map((fault) => ({ ...fault, count: fault.count === Infinity ? "all" : fault.count })),
    calls: [...calls].reverse(),
  };
}

/** User data is long, and nobody reads base64. */
const shorten = (resource: object) =>
  "userData" in resource && typeof resource.userData === "string"
    ? { ...resource, userData: `${resource.userData.length} characters` }
    : resource;
