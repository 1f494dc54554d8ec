import { expect, test } from "vitest";
import { refusal } from "../../src/faults/refusal.ts";
import type { Node } from "../../src/nodes/node.ts";

const words = { console: /UnauthorizedOperation/, status: /UnauthorizedOperation/ };
const refused = "keepalived pair: this node is NOT set up, the setup goes on: fail cloud and node agree: ";
const metrics = (agree: string) => `pairctl_state{vip="10.0.1.100",state="MASTER",agree="${agree}"} 1\n`;

/** A node that says these things where one may look. */
function nodeThatSays(says: { console?: string; cloudInit?: string; status?: string; agree?: string }): Node {
  const { console: text = "", cloudInit = "running", status, agree = "yes" } = says;
  const answer = (stdout: string, exitStatus: number) => ({ status: exitStatus, stdout, stderr: "", timedOut: false });
  const node = {
    role: "secondary",
    isUp: true,
    console: () => text,
    readRuntime: () => ({ text: metrics(agree), ageMs: 0 }),
    exec: ([program]: string[]) =>
      Promise.resolve(
        program === "cloud-init"
          ? answer(`status: ${cloudInit}\n`, cloudInit === "error" ? 1 : 0)
          : answer(status ?? "", status === undefined ? 0 : 1),
      ),
  };
  return node as unknown as Node;
}

const all = {
  console: `boots\r\n${refused}UnauthorizedOperation\r\n`,
  cloudInit: "error",
  status: "UnauthorizedOperation",
  agree: "unknown",
};

test("has come once console, cloud-init, pairctl and metrics have all said why", async () => {
  expect(await refusal(nodeThatSays(all), words).look()).toEqual({ found: true });
});

test.each([
  ["the console", { console: `${refused}NetworkError` }],
  ["the console", { console: "UnauthorizedOperation" }],
  ["cloud-init status", { cloudInit: "done" }],
  ["pairctl status", { status: "NetworkError" }],
  ["metrics", { agree: "yes" }],
])("has not come while %s says something else, and that is named: %o", async (where, other) => {
  const look = await refusal(nodeThatSays({ ...all, ...other }), words).look();
  expect(look).toEqual({ seen: expect.stringMatching(`^${where}: '`) });
});
