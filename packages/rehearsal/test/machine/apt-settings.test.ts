import { describe, expect, test } from "vitest";
import { parseOptions, parseSources } from "../../src/machine/apt-settings.ts";

describe("what this machine's apt is set up with", () => {
  const debian = [
    "http://mirror.example/debian/ bookworm main Debian bookworm",
    "http://mirror.example/debian/ bookworm contrib Debian bookworm",
    "http://mirror.example/debian/ stable-updates main Debian bookworm-updates",
    "http://mirror.example/security/ bookworm-security main Debian bookworm-security",
    "http://mirror.example/debian/ bookworm-backports main Debian bookworm-backports",
    "http://other.example/ bookworm main Somebody bookworm",
  ];

  test("are the sources of the suite, under the names that it uses", () => {
    expect(parseSources(debian.join("\n"), "bookworm")).toEqual([
      "deb http://mirror.example/debian/ bookworm main",
      "deb http://mirror.example/debian/ stable-updates main",
      "deb http://mirror.example/security/ bookworm-security main",
    ]);
  });

  test("are no sources where the suite itself is not among them", () => {
    expect(parseSources(debian.join("\n"), "trixie")).toEqual([]);
    expect(parseSources(debian.slice(2).join("\n"), "bookworm")).toEqual([]);
    expect(parseSources("", "bookworm")).toEqual([]);
  });

  test("are the options that have a value", () => {
    const dump =
      'Acquire::http "";\nAcquire::http::Proxy "http://127.0.0.1:3142";\nAcquire::https::Verify-Peer "true";\n';
    expect(parseOptions(dump)).toEqual([
      'Acquire::http::Proxy "http://127.0.0.1:3142";',
      'Acquire::https::Verify-Peer "true";',
    ]);
  });
});
