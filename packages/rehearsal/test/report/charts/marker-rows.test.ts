import { expect, test } from "vitest";
import { placeMarkers } from "../../../src/report/charts/marker-rows.ts";
import type { Marker } from "../../../src/report/run-timeline.ts";

const fault = (at: number): Marker => ({ at, text: "fault", kind: "fault" });
const place = (...moments: number[]) =>
  placeMarkers({ from: 0, to: 10_000, lanes: [], markers: moments.map(fault) }, 1_000).map(
    ({ label, row, side }) => `${label}: row ${row}, ${side}`,
  );

test("markers that are far apart share a row", () => {
  expect(place(1_000, 5_000)).toEqual(["fault +1 s: row 0, right", "fault +5 s: row 0, right"]);
});

test("a marker whose text would lie on another one's is in the next row", () => {
  expect(place(1_000, 1_100, 1_200, 5_000)).toEqual([
    "fault +1 s: row 0, right",
    "fault +1.1 s: row 1, right",
    "fault +1.2 s: row 2, right",
    "fault +5 s: row 0, right",
  ]);
});

test("a late marker has its text before it", () => {
  expect(place(9_000, 9_900)).toEqual(["fault +9 s: row 0, right", "fault +9.9 s: row 1, left"]);
});
