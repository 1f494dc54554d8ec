import { UsageError } from "./command.ts";

/** What a parser of the value makes of it. @throws UsageError with what the parser says */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** @throws UsageError where the value is none of the choices; `more` are those that are taken elsewhere */
export function oneOf<T extends string>(option: string, value: string, choices: readonly T[], more: string[] = []): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new UsageError(`${option} must be one of ${[...choices, ...more].join(", ")}, got '${value}'`);
  return found;
}

/** @throws UsageError where the value is no whole number, or less than the least */
export function integer(option: string, value: string, least: number): number {
  if (!/^\d{1,9}$/.test(value) || Number(value) < least)
    throw new UsageError(`${option} must be a whole number of at least ${least}, got '${value}'`);
  return Number(value);
}
