import { decide } from "../../src/protocol/decision/index.ts";
import { reach, closed, convergence, movesMoreOften } from "./explore.ts";
import { DISTURBANCES, type Setup } from "./setup.ts";
const NOT_MC = ["interface lost", "EIP unbound"];
const o: any = Object.fromEntries(process.argv.slice(2).filter(a=>!a.startsWith("@")).map((a) => { const [k, v] = a.split("="); return [k, JSON.parse(v as string)]; }));
const setup: Setup = { decide, mechanism: "secondary-private-ip", allowForeign: false, listens: true, incumbentKeeps: false, isObserved: true, preempts: false, lags: false, restarts: false, skips: true, isLean: true, taskTicks: 2, budget: 1, hands: 0, handTargets: [0,1,2,3], disturbances: DISTURBANCES.filter((d) => !NOT_MC.includes(d)), measuresDesertion: false, forGood: {}, ...o };
const t = Date.now();
const r = reach(setup);
console.log(r.states.size, "depth", r.depth, "views", r.views, Date.now() - t, "ms", process.memoryUsage().rss >> 20, "MB");
const goods: any = { well: {}, vrrp: { adverts: [true, true] }, oneA: { adverts: [true, false] }, oneB:{adverts:[false,true]}, illA: { ill: 0 }, illB: { ill: 1 }, crashA: { crashed: 0 }, crashB: { crashed: 1 }, kdA: { keepalivedDead: 0 }, kdB: {keepalivedDead:1}, illAw: { ill: 0, words: [true, true] },illBw: { ill: 1, words: [true, true] }, wellw: { words: [true, true] }, apiA: {api:[true,false]}, apiB:{api:[false,true]}, vrrpApiA:{adverts:[true,true],api:[true,false]}, vrrpApiB:{adverts:[true,true],api:[false,true]}, w1:{adverts:[true,true],words:[true,false]}, w2:{adverts:[true,true],words:[false,true]} };
const want = process.argv.filter((a) => a.startsWith("@")).map((a) => a.slice(1));
for (const [n, forGood] of Object.entries<any>(goods)) {
  if (want.length && !want.includes(n)) continue;
  const t = Date.now();
  try { const c = closed(r, { ...setup, forGood }); const v = convergence(c, Number(process.env["LIM"] ?? 100));
  console.log(n, c.starts, c.states.size, c.successors.length, "ticks", v.ticks, "settled", v.settled, Date.now() - t, "ms"); } catch (e) { console.log(n, (e as Error).message.split("\n").slice(0, 65).join("\n")); }
}
if (!want.length||want.includes("split")) { const c = closed(r, { ...setup, forGood: { adverts: [true, true], words: [true, true] } }); for (const m of [12, 16, 20, 24, 26, 28, 30, 32]) console.log("moves > 2 in", m, movesMoreOften(c, m)); }
