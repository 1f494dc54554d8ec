import { CustomChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Drawing } from "../charts/drawing.ts";
import { DARK, LIGHT, type Palette } from "../charts/palette.ts";

use([
  AriaComponent,
  CustomChart,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
]);

/** What a chart has to keep to. */
export interface Look {
  readonly palette: Palette;
  /** Of its place, in pixels. */
  readonly width: number;
}

const dark = matchMedia("(prefers-color-scheme: dark)");

/** A chart that follows the width of its place and the colours that the reader has chosen. */
export class Chart {
  readonly #chart: EChartsType;

  /** @param draw draws the chart for a look */
  constructor(
    private readonly place: HTMLElement,
    private readonly draw: (look: Look) => Drawing,
  ) {
    this.#chart = init(place, null, { renderer: "svg" });
    this.#chart.on("finished", () => {
      place.dataset["drawn"] = "true";
    });
    new ResizeObserver(() => this.#draw()).observe(place);
    dark.addEventListener("change", () => this.#draw());
    this.#draw();
  }

  /** Shows a part of the time axis. */
  zoom(startValue: number, endValue: number): void {
    this.#chart.dispatchAction({ type: "dataZoom", startValue, endValue });
  }

  #draw(): void {
    const width = this.place.clientWidth;
    if (width === 0) return;
    const { height, option } = this.draw({ palette: dark.matches ? DARK : LIGHT, width });
    this.place.style.height = `${height}px`;
    this.#chart.resize();
    this.#chart.setOption(option);
    // The library sets the role of its own; the label says what is seen.
    this.place.setAttribute("role", "img");
  }
}
