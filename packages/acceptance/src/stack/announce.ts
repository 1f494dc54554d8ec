import type { Offer } from "./offer.ts";
import type { ResourceCounts } from "./synth.ts";

/** How long a run takes, about, in minutes: the most of it is the cloud's and the provider's own time. */
const RUN_MINUTES = 30;

/** What the run will make, and about what that costs, for people to read before they agree. */
export function announce(
  name: string,
  { region, folder, instanceType }: { region: string; folder: string; instanceType: string },
  counts: ResourceCounts,
  { zone, pricePerHour }: Offer,
): string[] {
  const made = [...counts].map(([type, count]) => `${count} ${type}`).join(", ");
  const nodes = counts.get("instance") ?? 0;
  return [
    `This makes in ${region}, zone ${zone}, under the name ${name}:`,
    `  ${made}`,
    pricePerHour === undefined
      ? `  The cloud does not say what an hour of ${instanceType} costs: see its price list, for ${nodes} of them.`
      : `  ${nodes} ${instanceType} cost ${round(nodes * pricePerHour)} an hour, in the account's currency: about ` +
        `${round((nodes * pricePerHour * RUN_MINUTES) / 60)} for the ${RUN_MINUTES} minutes that a run takes.`,
    "  Two system disks are charged for that time as well, and an EIP by its traffic: some megabytes.",
    "The nodes are stopped, killed, crashed and rebooted; in the end everything is destroyed, also after Ctrl-C.",
    `State, log and report are in ${folder}: the same command goes on from there.`,
  ];
}

/** A price, with as many digits as say something. */
const round = (price: number) => Number(price.toPrecision(2));
