import { describe, expect, test } from "vitest";
import { ensurePrerequisites, type Machine, PrerequisitesError } from "../../src/machine/prerequisites.ts";

describe("prerequisites", () => {
  /** A machine that has every command but some; installing brings them unless it fails. */
  function machine(missing: string[], change: Partial<Machine> = {}) {
    const said: string[] = [];
    const installed: string[] = [];
    const result: Machine = {
      isRoot: true,
      has: (command) => !missing.includes(command),
      install: (packages) => {
        installed.push(...packages);
        missing.length = 0;
      },
      say: (line) => said.push(line),
      refusesNamespaces: () => undefined,
      ...change,
    };
    return { result, said, installed };
  }

  test("say nothing where nothing is missing", () => {
    const { result, said, installed } = machine([]);
    ensurePrerequisites(result);
    expect([said, installed]).toEqual([[], []]);
  });

  test("install what is missing, saying what", () => {
    const { result, said, installed } = machine(["systemd-nspawn", "nft"]);
    ensurePrerequisites(result);
    expect(installed).toEqual(["systemd-container", "nftables"]);
    expect(said).toEqual(["installing Debian packages: systemd-container nftables"]);
  });

  test.each<[string, Partial<Machine>]>([
    ["without root", { isRoot: false }],
    ["where apt did not help", { install: () => {} }],
  ])("refuse with the exact commands %s", (_, change) => {
    const { result } = machine(["ip", "nft"], change);
    expect(() => ensurePrerequisites(result)).toThrow(PrerequisitesError);
    expect(() => ensurePrerequisites(result)).toThrow(
      /missing: ip, nft\..*\n {2}apt-get install iproute2 nftables\n {2}dnf install iproute nftables$/,
    );
  });

  test("refuse without apt", () => {
    const { result, installed } = machine(["apt-get", "ip"]);
    expect(() => ensurePrerequisites(result)).toThrow(/dnf install iproute/);
    expect(installed).toEqual([]);
  });

  test("bring Debian's keys, which are a file and no command", () => {
    const { result, installed } = machine(["/usr/share/keyrings/debian-archive-keyring.gpg"]);
    ensurePrerequisites(result);
    expect(installed).toEqual(["debian-archive-keyring"]);
  });

  test("refuse where no namespaces can be made, saying why", () => {
    const { result } = machine([], { refusesNamespaces: () => "unshare failed: Operation not permitted" });
    expect(() => ensurePrerequisites(result)).toThrow(
      "no namespaces can be made here (unshare failed: Operation not permitted); a container must be a privileged one",
    );
  });

  test("refuse to start without root even where nothing is missing", () => {
    expect(() => ensurePrerequisites(machine([], { isRoot: false }).result)).toThrow(
      /must run as root: sudo npm start/,
    );
  });
});
