import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** The settings of a section of a unit, as systemd reads them: the last one of a name counts. */
function settingsOf(unit: string, section: string): Record<string, string> {
  const text = readFileSync(join(__dirname, "../../assets", unit), "utf8");
  const body = new RegExp(`^\\[${section}\\]\\n([^]*?)(?=^\\[|$(?![^]))`, "m").exec(text)?.[1] ?? "";
  return Object.fromEntries([...body.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]));
}

describe("keepalived", () => {
  const service = settingsOf("keepalived.service.conf", "Service");

  test("comes back whatever ends it, a clean exit after a SIGTERM too, and however often", () => {
    expect(service).toMatchObject({ Restart: "always", RestartSec: "1" });
    expect(settingsOf("keepalived.service.conf", "Unit")).toMatchObject({ StartLimitIntervalSec: "0" });
    // systemd before 230.
    expect(service).toMatchObject({ StartLimitInterval: "0" });
  });

  test("leaves no VRRP process alive where its main process is killed", () => {
    expect(service).toMatchObject({ KillMode: "mixed" });
  });
});

describe("pairctl", () => {
  test("comes back whatever ends it, and however often", () => {
    const service = settingsOf("pairctl.service", "Service");
    expect(service).toMatchObject({ Restart: "always", RestartSec: "1", StartLimitInterval: "0" });
    expect(settingsOf("pairctl.service", "Unit")).toMatchObject({ StartLimitIntervalSec: "0" });
  });

  test("is killed by a restart: one that is frozen ends by nothing else", () => {
    expect(settingsOf("pairctl.service", "Service")).toMatchObject({ KillSignal: "SIGKILL" });
  });

  test("is woken by a timer that outlives a masked service: systemd ends a timer whose own unit is masked", () => {
    expect(settingsOf("pairctl.timer", "Timer")).toMatchObject({ Unit: "pairctl-watch.service" });
  });
});
