import { AGREEMENT } from "pairctl/contract";

/** How a line of `pairctl doctor` begins that names something that keeps a node from taking over. */
const FAILURE = "fail ";

/** How the line begins that finds a node and the cloud of different minds about an address. */
export const DISAGREEMENT = `${FAILURE}${AGREEMENT}`;

/** What fails, of the lines of a doctor. */
export function failuresOf(doctor: readonly string[]): string[] {
  return doctor.filter((line) => line.startsWith(FAILURE));
}
