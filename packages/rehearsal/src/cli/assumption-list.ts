import { type Assumption, ASSUMPTIONS } from "local-cloud";

/** What there is to assume about the cloud, each with what it is about, its readings and what there is to go by. */
export function listAssumptions(): string[] {
  return Object.entries<Assumption>(ASSUMPTIONS).flatMap(([name, { readings, about, source }]) => {
    const [believed, ...others] = readings;
    return [`${name}=${others.join("|")}`, `  about:    ${about}`, `  believed: ${believed}`, `  source:   ${source}`];
  });
}
