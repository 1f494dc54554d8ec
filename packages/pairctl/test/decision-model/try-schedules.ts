import { decide } from "../../src/protocol/decision/index.ts";
import { Schedule } from "./schedule.ts";
const n = Number(process.argv[2] ?? 1000), from = Number(process.argv[3] ?? 1);
const t = Date.now(); let worst = 0, worstSeed = 0; const hist: number[] = [];
let bad = 0;
for (let seed = from; seed < from + n; seed++) {
  const e = new Schedule(seed, decide, false).run();
  if (e.offence || e.servedAfter === undefined) { bad++; if (bad <= 3) { const s = new Schedule(seed, decide, true); const r = s.run(); console.log("SEED", seed, r.offence, JSON.stringify(s.rules), "listens", s.listens, "preempts", s.preempts, "\n" + r.story.slice(0, 60).join("\n")); } continue; }
  if (e.servedAfter > worst) { worst = e.servedAfter; worstSeed = seed; }
  hist.push(e.servedAfter);
}
hist.sort((a, b) => a - b);
console.log(n, "bad", bad, "worst", worst, worstSeed, "median", hist[hist.length >> 1], "99.9%", hist[Math.floor(hist.length * 0.999)], (Date.now() - t) / n, "ms each");
