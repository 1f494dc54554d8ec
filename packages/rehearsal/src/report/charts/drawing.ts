import type { EChartsOption } from "echarts";

/** A chart for the charting library, and how high it is drawn. */
export interface Drawing {
  /** In pixels. */
  readonly height: number;
  readonly option: EChartsOption;
}
