import { parseArgs } from "node:util";
import { UsageError } from "../cli/command.ts";
import { VARIANTS } from "../variants/index.ts";
import type { Variant } from "../variants/variant.ts";

/** What the command line asks for. */
export interface DetectionRequest {
  readonly variants: readonly Variant[];
  /** Whether the variants are only named. */
  readonly list: boolean;
  /** Only say how the command is used. */
  readonly help: boolean;
}

/** How the command is used. */
export const USAGE = `usage: npm run rehearse:detection -- [options]
  --variant NAME  this variant only; several with commas, or with the option several times
  --fast          only some variants, each of another part: some minutes
  --list          say what variants there are, and what each must show
  --help          this text

exit status: 0 every variant was noticed and the pair that is not broken passes, 1 not so, 2 it cannot start,
130 interrupted`;

/** Reads the command line. @throws UsageError which names the option, shows the value and says what it must be */
export function parseDetectionOptions(argv: readonly string[]): DetectionRequest {
  const flag = { type: "boolean", default: false } as const;
  const options = { variant: { type: "string", multiple: true }, fast: flag, list: flag, help: flag } as const;
  const { values } = parsed(() => parseArgs({ args: [...argv], options }));
  if (values.fast && values.variant !== undefined) {
    throw new UsageError(`--fast and --variant exclude each other, got '--fast' and '${values.variant.join(",")}'`);
  }
  const named = values.variant?.flatMap((value) => value.split(",")).map(variantOption);
  const variants = named ?? VARIANTS.filter(({ isFast = false }) => isFast || !values.fast);
  return { variants, list: values.list, help: values.help };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function variantOption(name: string): Variant {
  const variant = VARIANTS.find((candidate) => candidate.name === name);
  if (variant !== undefined) return variant;
  throw new UsageError(`--variant must be one of ${VARIANTS.map((each) => each.name).join(", ")}, got '${name}'`);
}
