import type { Command } from "../cli/command.ts";
import { adopt } from "./adopt.ts";
import { doctor } from "./doctor.ts";
import { drain } from "./drain.ts";
import { drill } from "./drill.ts";
import { logs } from "./logs.ts";
import { plan } from "./plan.ts";
import { push } from "./push.ts";
import { replace } from "./replace.ts";
import { roll } from "./roll.ts";
import { status } from "./status.ts";
import { undrain } from "./undrain.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  status,
  doctor,
  logs,
  plan,
  drain,
  undrain,
  drill,
  push,
  roll,
  replace,
  adopt,
];
