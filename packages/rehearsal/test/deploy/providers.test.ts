import type { Mechanism } from "pairctl/contract";
import { expect, test } from "vitest";
import { Providers } from "../../src/deploy/providers.ts";

test("labs side by side share what the stack of a mechanism needs, and it is removed at the end", async () => {
  const fetched: Mechanism[] = [];
  const removed: Mechanism[] = [];
  {
    await using providers = new Providers(async (mechanism) => {
      fetched.push(mechanism);
      if (mechanism === "havip") throw new Error("there is no Terraform");
      return { mechanism, [Symbol.asyncDispose]: async () => void removed.push(mechanism) };
    });
    const [one, other] = await Promise.all([
      providers.for("secondary-private-ip"),
      providers.for("secondary-private-ip"),
    ]);
    expect(one).toBe(other);
    await expect(providers.for("havip")).rejects.toThrow("there is no Terraform");
    expect(removed).toEqual([]);
  }
  expect([fetched, removed]).toEqual([["secondary-private-ip", "havip"], ["secondary-private-ip"]]);
});
