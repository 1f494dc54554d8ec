// Where cdktf writes. Each App makes it that finds none, and fails if another test does so at the same moment.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

mkdirSync(join(process.env["CDKTF_OUTDIR"] ?? "cdktf.out", "stacks"), { recursive: true });
