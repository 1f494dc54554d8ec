import type { Marker, RunTimeline } from "../run-timeline.ts";
import { showOffset } from "../show-time.ts";

/** A marker with its text, at a place where no other one's is. */
export interface PlacedMarker extends Marker {
  readonly label: string;
  /** Above the lanes, counted upwards from 0. */
  readonly row: number;
  /** On which side of its line the text ends or begins. */
  readonly side: "left" | "right";
}

/** A letter is about this wide, in pixels, and labels are this far apart. */
const LETTER = 6.5;
const GAP = 10;

/**
 * Spreads the markers' texts over rows, so that none lies on another one. To zoom in only takes them further apart.
 *
 * @param width of the whole timeline, in pixels
 */
export function placeMarkers({ markers, from, to }: RunTimeline, width: number): PlacedMarker[] {
  const rows: { readonly start: number; readonly end: number }[][] = [];
  return markers.map((marker) => {
    const label = `${marker.text} ${showOffset(marker.at)}`;
    const at = ((marker.at - from) / (to - from)) * width;
    const length = label.length * LETTER + GAP;
    // The text of a late one would not fit beside the timeline.
    const side = at + length > width ? "left" : "right";
    const box = side === "left" ? { start: at - length, end: at } : { start: at, end: at + length };
    const isFree = (row: readonly { start: number; end: number }[]) =>
      row.every(({ start, end }) => end <= box.start || box.end <= start);
    const found = rows.findIndex(isFree);
    const row = found === -1 ? rows.length : found;
    (rows[row] ??= []).push(box);
    return { ...marker, label, row, side };
  });
}
