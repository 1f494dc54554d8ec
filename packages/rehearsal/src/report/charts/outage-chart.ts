import type { EChartsOption, ScatterSeriesOption } from "echarts";
import { html } from "../markup.ts";
import type { Via } from "../run-record.ts";
import type { Drawing } from "./drawing.ts";
import type { Palette } from "./palette.ts";
import { showDuration } from "../show-time.ts";

/** The outages of a fault, in ms; null is endless. */
export interface OutageRow {
  readonly label: string;
  readonly boundMs: number;
  readonly ways: readonly OutagesOfWay[];
}

/** The outages through one address. */
export interface OutagesOfWay {
  readonly via: Via;
  /** Of each run. */
  readonly times: readonly (number | null)[];
  readonly median: number | null;
  readonly p99: number | null;
}

/** How the outages are drawn. */
export interface OutageLook {
  readonly palette: Palette;
  /** Of the place for it, in pixels. */
  readonly width: number;
  readonly description: string;
}

const ROW_HEIGHT = { wide: 24, narrow: 34 };
/** For the legend, which takes more lines where it is narrow. */
const ABOVE = { wide: 36, narrow: 84 };
const BELOW = 44;
/** The axis begins here, in ms: the client does not ask more often. */
const LEAST_MS = 10;
const NARROW = 640;

/** One dot of the chart. */
interface Dot {
  readonly row: OutageRow;
  readonly ms: number | null;
  readonly text: string;
}

/** Every run's outage, with median, 99th percentile and bound, a line for each fault, on a logarithmic axis. */
export function outageChart(rows: readonly OutageRow[], look: OutageLook): Drawing {
  const size = look.width < NARROW ? "narrow" : "wide";
  const above = ABOVE[size];
  return { height: above + rows.length * ROW_HEIGHT[size] + BELOW, option: outageOption(rows, look, above) };
}

function outageOption(
  rows: readonly OutageRow[],
  { palette, width, description }: OutageLook,
  above: number,
): EChartsOption {
  const most = Math.max(
    1_000,
    ...rows.flatMap((row) => [row.boundMs, ...row.ways.flatMap(({ times }) => times.map((ms) => ms ?? 0))]),
  );
  /** What is endless stands at the end. */
  const end = 10 ** Math.ceil(Math.log10(most * 1.2));
  const isNarrow = width < NARROW;
  const dots = (of: (way: OutagesOfWay) => readonly (number | null)[], what: string, via?: Via): Dot[] =>
    rows.flatMap((row) =>
      row.ways
        .filter((way) => via === undefined || way.via === via)
        .flatMap((way) =>
          of(way).map((ms) => ({
            row,
            ms,
            text: `${what} through the ${way.via}: ${ms === null ? "endless" : showDuration(ms)}`,
          })),
        ),
    );
  const series = (
    name: string,
    symbol: string,
    size: number | [number, number],
    colour: string,
    data: Dot[],
    more: ScatterSeriesOption = {},
  ) => ({
    type: "scatter" as const,
    name,
    symbol,
    symbolSize: size,
    itemStyle: { color: colour, borderColor: palette.background, borderWidth: 0.5, opacity: 1 },
    data: data.map(({ row, ms, text }) => ({
      name: row.label,
      value: [Math.max(LEAST_MS, ms ?? end), row.label, text],
    })),
    ...more,
  });
  const { primary, secondary, outage } = palette.tones;
  const bounds = rows.map((row) => ({ row, ms: row.boundMs, text: `at most ${showDuration(row.boundMs)}` }));
  return {
    animation: false,
    backgroundColor: palette.background,
    textStyle: { color: palette.text, fontFamily: "system-ui, sans-serif" },
    aria: { enabled: true, label: { description } },
    legend: { top: 0, left: 0, textStyle: { color: palette.text }, itemGap: 16 },
    grid: { left: isNarrow ? 110 : 300, right: 30, top: above, bottom: BELOW },
    tooltip: {
      trigger: "item",
      confine: true,
      formatter: (params) => {
        const { name, value } = params as unknown as {
          readonly name: string;
          readonly value: readonly [number, string, string];
        };
        return html`<b>${name}</b><br />${value[2]}`.text;
      },
    },
    xAxis: {
      type: "log",
      min: LEAST_MS,
      max: end,
      name: isNarrow ? "outage" : "outage (logarithmic; at the right end: endless)",
      nameLocation: "middle",
      nameGap: 26,
      nameTextStyle: { color: palette.text },
      axisLabel: { color: palette.text, formatter: (ms: number) => showDuration(ms), hideOverlap: true },
      splitLine: { lineStyle: { color: palette.faint } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ label }) => label),
      axisLabel: {
        color: palette.text,
        fontSize: isNarrow ? 10 : 12,
        lineHeight: isNarrow ? 11 : 14,
        width: isNarrow ? 100 : 290,
        overflow: isNarrow ? "break" : "truncate",
        interval: 0,
      },
      splitLine: { show: true, lineStyle: { color: palette.faint } },
      axisTick: { show: false },
    },
    // The runs' own dots are drawn last: one run is its own median and 99th percentile.
    series: [
      series("bound", "rect", [4, 20], outage.fill, bounds),
      series(
        "median",
        "rect",
        [3, 18],
        palette.text,
        dots(({ median }) => [median], "median"),
      ),
      series(
        "99th percentile",
        "emptyDiamond",
        15,
        palette.text,
        dots(({ p99 }) => [p99], "99th percentile"),
        { itemStyle: { color: palette.text, borderWidth: 1.5 } },
      ),
      series(
        "a run, by the VIP",
        "circle",
        8,
        primary.fill,
        dots(({ times }) => times, "a run's outage", "VIP"),
      ),
      series(
        "a run, by the EIP",
        "triangle",
        7,
        secondary.fill,
        dots(({ times }) => times, "a run's outage", "EIP"),
      ),
    ],
  };
}
