import { expect, test } from "vitest";
import { faultNamed } from "../../src/faults/index.ts";
import { listFaults } from "../../src/faults/fault-list.ts";

test("the list says of each fault what it does, how it heals, and what is expected", () => {
  expect(listFaults([faultNamed("cable-pulled"), faultNamed("api-denied")])).toEqual([
    "network",
    "  cable-pulled",
    "    does:    the network cable of the node that serves is pulled",
    "    heals:   it is plugged in again",
    "    expects: the other node takes over; outage at most 5100 ms, well again within 17100 ms",
    "    source:  what the pair is for",
    "cloud API",
    "  api-denied",
    "    does:    every call is refused for want of permission; meanwhile keepalived is stopped on the node that serves",
    "    heals:   the API is well again, and keepalived is started",
    "    expects: with havip, the other node takes over; with secondary-private-ip, nobody can serve until it heals; outage at most 35100 ms, well again within 29100 ms",
    "    source:  a policy that somebody changed",
  ]);
});
