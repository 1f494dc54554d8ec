import { decide } from "../../src/protocol/decision/index.ts";
import { CHECKS, DEEP_CHECKS, run } from "./checks.ts";
const t0 = Date.now();
for (const c of process.argv[2] === "deep" ? DEEP_CHECKS : CHECKS) {
  if (process.argv[3] && !c.name.includes(process.argv[3])) continue;
  const t = process.cpuUsage().user;
  console.log("==", c.name);
  for (const one of c.closings.length ? c.closings.map((x) => ({ ...c, closings: [x], splitTicks: undefined })).concat(c.splitTicks ? [{ ...c, closings: [] } as any] : []) : [c]) {
  try { run(one as any, decide, ({ what, figure }) => { if (what !== "states") console.log("  ", what, "|", (one as any).closings[0]?.limit, "|", figure);}); } catch (e) { console.log("   XX", (one as any).closings[0]?.name, (e as Error).message.slice(0, process.env["LONG"] ? 20000 : 150)); } }
  console.log("   cpu", (process.cpuUsage().user - t) / 1e6);
}
