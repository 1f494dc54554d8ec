import { describe, expect, test } from "vitest";
import { ensurePrerequisites, type Machine, PrerequisitesError } from "../../src/machine/prerequisites.ts";

describe("prerequisites", () => {
  /** A machine that has every command but some; installing brings them unless it fails. */
  function machine(missing: string[], change: Partial<Machine> = {}) {
    const said: string[] = [];
    const installed: string[] = [];
    const result: Machine = {
      platform: "linux",
      isRoot: true,
      has: (command) => !missing.includes(command),
      install: (packages) => {
        installed.push(...packages);
        missing.length = 0;
      },
      say: (line) => said.push(line),
      kernelRefusal: () => undefined,
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

  test("refuse with the exact commands where apt did not help", () => {
    const { result } = machine(["ip", "nft"], { install: () => {} });
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

  test.each<[string, Partial<Machine>, RegExp]>([
    ["without root", { isRoot: false }, /^the rehearsal .* must run as root: sudo npm start$/],
    ["on another system than Linux", { platform: "darwin", isRoot: false }, /^nodes are Linux containers, .* darwin: /],
    ["on a kernel that refuses", { kernelRefusal: () => "no namespaces can be made here" }, /^no namespaces .* here$/],
  ])("refuse %s in one sentence, before anything is installed", (_, change, sentence) => {
    const { result, said, installed } = machine(["ip", "nft"], change);
    expect(() => ensurePrerequisites(result)).toThrow(PrerequisitesError);
    expect(() => ensurePrerequisites(result)).toThrow(sentence);
    expect([said, installed]).toEqual([[], []]);
  });

  test("refuse what only the installed commands could find out", () => {
    const missing = ["nft"];
    const { result, installed } = machine(missing, {
      kernelRefusal: () => (missing.length > 0 ? undefined : "nftables do not work here"),
    });
    expect(() => ensurePrerequisites(result)).toThrow(/^nftables do not work here$/);
    expect(installed).toEqual(["nftables"]);
  });
});
