import { parseArgs } from "node:util";
import { adminPath } from "../http/admin.ts";

const USAGE = `usage: npm run fault:local -- --port N ACTION [what goes wrong]   puts a fault in place
       npm run fault:local -- --port N [--clear]                   lists the faults, or takes all back
       npm run fault:local -- --port N --expire INSTANCE_ID        ends the instance's temporary credentials
  ACTION          of the API, such as MigratePrivateIpAddress; '*' for all, 'metadata' for the metadata service
  --port N        where the local cloud listens, as it said when it started
  --count N       for how many calls, or 'all' (default: 1)
  --code C        answers with this error code, such as InternalError or RequestLimitExceeded
  --http-status N answers with this status and no JSON
  --delay-ms N    answers this much later
  --drop          closes the connection instead of answering
  --hang          never answers
  --task T        the task that the action starts: 'fails' or 'never ends'
  --stale-ms N    for this long, reads answer what was so before
  --after         carries the call out first, so that only the answer is wrong or lost
exit status: 0 done, 1 refused by the local cloud, 2 wrong usage, or nothing answers`;

/** The options by the members of a fault. */
const MEMBERS = {
  count: "count",
  code: "code",
  "http-status": "httpStatus",
  "delay-ms": "delayMs",
  drop: "dropConnection",
  hang: "hang",
  task: "task",
  "stale-ms": "staleMs",
  after: "after",
} as const;

const string = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** Where a command says what it has to say. */
type Terminal = Pick<Console, "log" | "error">;

/**
 * Puts faults into a local cloud that runs, lists them, or takes them back.
 *
 * @param args the command line, without the program
 * @returns the exit status
 */
export async function fault(args: string[], { log, error }: Terminal): Promise<number> {
  try {
    return await tell(args, { log, error });
  } catch (problem) {
    error(`${(problem as Error).message}\n${USAGE}`);
    return 2;
  }
}

/** Tells the local cloud what the command line asks for. */
async function tell(args: string[], { log, error }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: string,
      count: string,
      code: string,
      "http-status": string,
      "delay-ms": string,
      drop: flag,
      hang: flag,
      task: string,
      "stale-ms": string,
      after: flag,
      clear: flag,
      expire: string,
      help: flag,
    },
  });
  if (values.help) {
    log(USAGE);
    return 0;
  }
  const { port = "", clear = false, expire: instanceId } = values;
  if (!/^\d{1,5}$/.test(port)) throw new Error(`--port must be the local cloud's port, got '${port}'`);
  if (positionals.length > 1) throw new Error(`one action at a time, got '${positionals.join(" ")}'`);
  const [action] = positionals;
  const given = Object.entries(MEMBERS).filter(([option]) => values[option as keyof typeof MEMBERS] !== undefined);
  const members = given.map(([option, member]) => [member, typed(values[option as keyof typeof MEMBERS])]);
  const post = (body: object) => ({ method: "POST", body: JSON.stringify(body) });
  const url = `http://127.0.0.1:${port}${adminPath}${instanceId === undefined ? "faults" : "expire-credentials"}`;
  const listing = { method: clear ? "DELETE" : "GET" };
  const adding = action === undefined ? listing : post({ action, ...Object.fromEntries(members) });
  const request = instanceId === undefined ? adding : post({ instanceId });
  const answer = await fetch(url, request).catch((error: Error) => {
    throw new Error(`nothing answers at ${url} (${error.message}): start one with npm run local-cloud`);
  });
  const text = (await answer.text()).trim();
  if (!answer.ok) {
    error(text);
    return 1;
  }
  if (!isOfAdmin(text))
    throw new Error(
      `what answers at ${url} takes no faults: start one that does with npm run local-cloud. It says: ${text}`,
    );
  log(text);
  return 0;
}

/**
 * Whether an answer with status 200 is the admin interface's. A local cloud without that interface takes the request for
 * a call of its API, and answers it with status 200 and an error, as the cloud does; other servers answer with a page.
 */
function isOfAdmin(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === "object" && answer !== null && !("Response" in answer);
  } catch {
    return false;
  }
}

/** Numbers as such. */
function typed(value: string | boolean | undefined): unknown {
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
}
