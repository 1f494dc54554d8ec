import type { CustomSeriesOption, EChartsOption, ScatterSeriesOption } from "echarts";
import { html } from "../markup.ts";
import type { RunTimeline, Span, Tone } from "../run-timeline.ts";
import type { Drawing } from "./drawing.ts";
import { type PlacedMarker, placeMarkers } from "./marker-rows.ts";
import type { Palette } from "./palette.ts";
import { showOffset } from "../show-time.ts";

/** How a timeline is drawn. */
export interface TimelineLook {
  readonly palette: Palette;
  /** Of the place for it, in pixels. */
  readonly width: number;
  /** What it shows, in a sentence, for those who do not see it. */
  readonly description: string;
}

const LANE_HEIGHT = 28;
const MARKER_ROW_HEIGHT = 15;
const BELOW = 74;
const RIGHT = 24;
/** Below this width of the place, in pixels, labels are narrower. */
const NARROW = 640;

/** A run's timeline as a chart: a line for each lane, a time axis that can be zoomed, and lines where something begins. */
export function timelineChart(timeline: RunTimeline, look: TimelineLook): Drawing {
  const left = look.width < NARROW ? 92 : 170;
  const markers = placeMarkers(timeline, look.width - left - RIGHT);
  const above = Math.max(0, ...markers.map(({ row }) => row + 1)) * MARKER_ROW_HEIGHT + 8;
  const height = above + timeline.lanes.length * LANE_HEIGHT + BELOW;
  return { height, option: timelineOption(timeline, look, markers, { left, top: above }) };
}

function timelineOption(
  timeline: RunTimeline,
  { palette, width, description }: TimelineLook,
  placed: readonly PlacedMarker[],
  grid: { readonly left: number; readonly top: number },
): EChartsOption {
  const { lanes, from, to } = timeline;
  const isNarrow = width < NARROW;
  return {
    animation: false,
    backgroundColor: palette.background,
    textStyle: { color: palette.text, fontFamily: "system-ui, sans-serif" },
    aria: { enabled: true, label: { description } },
    grid: { ...grid, right: RIGHT, bottom: BELOW },
    tooltip: { trigger: "item", confine: true, renderMode: "html" },
    xAxis: {
      type: "value",
      min: from,
      max: to,
      axisLabel: { color: palette.text, formatter: (ms: number) => showOffset(ms), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.faint } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: lanes.map(({ label }) => label),
      axisLabel: {
        color: palette.text,
        fontSize: isNarrow ? 10 : 12,
        lineHeight: isNarrow ? 11 : 14,
        width: isNarrow ? 84 : 160,
        overflow: "break",
        interval: 0,
      },
      axisTick: { show: false },
      axisLine: { show: false },
    },
    dataZoom: [
      // The wheel scrolls the page, and only with Ctrl zooms.
      {
        type: "inside",
        filterMode: "none",
        zoomOnMouseWheel: "ctrl",
        moveOnMouseMove: !isNarrow,
        preventDefaultMouseMove: false,
      },
      {
        type: "slider",
        filterMode: "none",
        showDataShadow: false,
        height: 20,
        bottom: 10,
        labelFormatter: (ms: number) => showOffset(ms),
        textStyle: { color: palette.text },
      },
    ],
    series: [spanSeries(timeline, placed, palette), ...pointSeries(timeline, palette)],
  };
}

function spanSeries({ lanes }: RunTimeline, placed: readonly PlacedMarker[], palette: Palette): CustomSeriesOption {
  const rows = lanes.flatMap(({ spans }, row) => spans.map((span) => ({ row, span })));
  return {
    type: "custom",
    clip: true,
    encode: { x: [1, 2], y: 0 },
    data: rows.map(({ row, span }) => ({ name: lanes[row]?.label ?? "", value: [row, span.from, span.to] })),
    renderItem: ({ dataIndex, coordSys }, api) => {
      const item = rows[dataIndex];
      if (item === undefined) return null;
      const area = coordSys as unknown as { readonly x: number; readonly width: number };
      return drawSpan(item.span, palette, area, (at) => api.coord([at, item.row]) as [number, number]);
    },
    tooltip: {
      formatter: (params) => {
        const item = rows[(params as unknown as { readonly dataIndex: number }).dataIndex];
        return item === undefined ? "" : spanTooltip(lanes[item.row]?.label ?? "", item.span);
      },
    },
    markLine: markLine(placed, palette),
  };
}

type Drawn = ReturnType<NonNullable<CustomSeriesOption["renderItem"]>>;

function drawSpan(
  { from, to, text, tone }: Span,
  palette: Palette,
  area: { readonly x: number; readonly width: number },
  place: (at: number) => [number, number],
): Drawn {
  const [start, y] = place(from);
  const [end] = place(to);
  // A span that goes on outside of what is shown has its text inside.
  const left = Math.max(start, area.x);
  const width = Math.max(Math.min(end, area.x + area.width) - left, 2);
  const { fill, text: colour } = palette.tones[tone];
  const height = LANE_HEIGHT - 8;
  return {
    type: "rect",
    shape: { x: left, y: y - height / 2, width, height, r: 2 },
    style: { fill, stroke: palette.background, lineWidth: 1, ...(tone === "outage" ? { decal: HATCH } : {}) },
    ...(width < 30
      ? {}
      : {
          textContent: {
            type: "text",
            style: { text, fill: colour, fontSize: 11, width: width - 8, overflow: "truncate" },
          },
          textConfig: { position: "insideLeft", distance: 4 },
        }),
  } as Drawn;
}

/** Where nobody serves is told from the rest without colours, too. */
const HATCH = {
  symbol: "rect",
  dashArrayX: [1, 0],
  dashArrayY: [2, 5],
  rotation: -Math.PI / 4,
  color: "rgba(0, 0, 0, 0.28)",
} as const;

const SYMBOLS: Readonly<Partial<Record<Tone, string>>> = { ok: "circle", failed: "triangle" };

/** A series for each tone, since a series has one symbol. */
function pointSeries({ lanes }: RunTimeline, palette: Palette): ScatterSeriesOption[] {
  const all = lanes.flatMap(({ label, points }) => points.map((point) => ({ label, ...point })));
  return (["ok", "failed"] as const).map((tone) => {
    const points = all.filter((point) => point.tone === tone);
    return {
      type: "scatter",
      clip: true,
      symbol: SYMBOLS[tone] ?? "rect",
      symbolSize: tone === "failed" ? 11 : 8,
      itemStyle: { color: palette.tones[tone].fill, borderColor: palette.background, borderWidth: 1 },
      data: points.map(({ label, at }) => ({ name: label, value: [at, label] })),
      tooltip: {
        formatter: (params) => {
          const point = points[(params as unknown as { readonly dataIndex: number }).dataIndex];
          return point === undefined
            ? ""
            : html`<b>${point.label}</b><br />${showOffset(point.at)}: ${point.text}`.text;
        },
      },
    };
  });
}

function spanTooltip(label: string, { from, to, text }: Span): string {
  const lasted = `${Math.round(to - from)} ms`;
  return html`<b>${label}</b><br />${text}<br />${showOffset(from)} to ${showOffset(to)} (${lasted})`.text;
}

const MARKER_TYPES = { fault: "solid", healing: "dashed", well: "dotted", closing: "dashed" } as const;

function markLine(placed: readonly PlacedMarker[], palette: Palette): NonNullable<CustomSeriesOption["markLine"]> {
  return {
    silent: true,
    symbol: ["none", "none"],
    data: placed.map(({ at, label, kind, row, side }) => ({
      xAxis: at,
      lineStyle: { color: palette.text, type: MARKER_TYPES[kind], width: kind === "fault" ? 2 : 1 },
      label: {
        formatter: label,
        color: palette.text,
        fontSize: 11,
        position: "start",
        align: side === "left" ? "right" : "left",
        distance: [0, 2 + row * MARKER_ROW_HEIGHT],
      },
    })),
  };
}
