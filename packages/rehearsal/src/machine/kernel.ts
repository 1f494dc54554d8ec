import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { cgroupRoots } from "./cgroup.ts";

/** Something that the rehearsal does with the kernel, tried once in namespaces that end with the try. */
interface Trial {
  /** What does not work, for the sentence that says so. */
  readonly what: string;
  /** The commands that it takes: what the machine lacks of them cannot be tried before it is installed. */
  readonly commands: readonly string[];
  /** A line of shell. */
  readonly script: string;
}

const NAMESPACES = ["--mount", "--net", "--pid", "--fork", "--mount-proc", "--propagation", "private"];

const TRIALS: readonly Trial[] = [
  { what: "no namespaces can be made", commands: [], script: "true" },
  {
    what: "a node's disk, an overlay on a tmpfs, cannot be mounted",
    commands: ["mount"],
    script:
      "mount -t tmpfs tmpfs /run && mkdir /run/lower /run/upper /run/work /run/root && " +
      "mount -t overlay overlay -o lowerdir=/run/lower,upperdir=/run/upper,workdir=/run/work /run/root",
  },
  {
    what: "a node's network interface, a veth pair, cannot be made",
    commands: ["ip"],
    script: "ip link add rehearsal0 type veth peer name rehearsal1",
  },
  {
    what: "nftables, which the network is made of, do not work",
    commands: ["nft"],
    script: "nft 'add table ip fabric; add set ip fabric owned { type ifname . ipv4_addr; }'",
  },
];

/** A shell's status where a command of its was ended by a signal is this, and the signal's number. */
const SIGNALLED = 128;

/**
 * Tries what the nodes and their network take of this machine's kernel: what a container that is not privileged, or
 * another operating system, does not give.
 *
 * @param has whether a command is on this machine
 * @returns what does not work, as a sentence with the kernel's own words; undefined where all of it does
 */
export function kernelRefusal(has: (command: string) => boolean): string | undefined {
  if (!has("unshare")) return undefined;
  for (const { what, script } of TRIALS.filter((trial) => trial.commands.every(has))) {
    const options = { encoding: "utf8" } as const;
    const { status, stderr } = spawnSync("unshare", [...NAMESPACES, "sh", "-c", script], options);
    // A terminal's Ctrl-C ends the trial too, which has shown nothing then; this process is told of it as well.
    const isEndedBySignal = status === null || status > SIGNALLED;
    if (status !== 0 && !isEndedBySignal) return sentence(what, stderr.trim().split("\n")[0] ?? "");
  }
  return cgroupRefusal();
}

function cgroupRefusal(): string | undefined {
  const what = "no cgroups can be made";
  const roots = cgroupRoots();
  if (roots.length === 0) return sentence(what, "none are mounted below /sys/fs/cgroup");
  try {
    for (const root of roots) accessSync(root, constants.W_OK);
    return undefined;
  } catch (error) {
    return sentence(what, (error as Error).message);
  }
}

const sentence = (what: string, why: string) => `${what} here (${why}); a container must be a privileged one`;
