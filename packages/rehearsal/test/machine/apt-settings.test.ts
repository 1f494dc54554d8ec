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

  test("are the same mirrors for another release of Debian", () => {
    expect(parseSources(debian.join("\n"), "trixie")).toEqual([
      "deb http://mirror.example/debian/ trixie main",
      "deb http://mirror.example/debian/ trixie-updates main",
      "deb http://mirror.example/security/ trixie-security main",
    ]);
  });

  test("are no sources where no Debian is among them", () => {
    expect(parseSources("http://other.example/ bookworm main Somebody bookworm", "bookworm")).toEqual([]);
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
