// Pictures: a figure with data-chart=KIND and data-source=ADDRESS is drawn from the address's JSON.
// To add a kind: a module in charts/ that exports draw(data, theme) -> ECharts option, and a row here;
// also height(data) in pixels where it grows with its rows, live(figure, data, render) for controls beside it.
import * as echarts from "echarts/core";
import { CustomChart, GraphChart, LinesChart, ScatterChart } from "echarts/charts";
import { DataZoomComponent, GeoComponent, GridComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { draw as bars, height as barsHeight } from "./charts/bars.js";
import { draw as daymap, live as liveMap } from "./charts/daymap.js";
import { draw as lanes, height as lanesHeight } from "./charts/lanes.js";
import { prepare as prepareMap, roamed } from "./charts/map.js";
import { draw as network } from "./charts/network.js";
import { draw as stances, height as stancesHeight } from "./charts/stances.js";
import { readTheme } from "./charts/theme.js";

echarts.use([CustomChart, GraphChart, LinesChart, ScatterChart, DataZoomComponent, GeoComponent, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

const KINDS = {
  lanes: { draw: lanes, height: lanesHeight },
  network: { draw: network },
  bars: { draw: bars, height: barsHeight },
  stances: { draw: stances, height: stancesHeight },
  daymap: { draw: daymap, prepare: () => prepareMap(echarts), roam: roamed, live: liveMap },
};

async function mount(figure) {
  const { draw, prepare, height, live, roam } = KINDS[figure.dataset.chart];
  const canvas = figure.querySelector(".canvas");
  try {
    const [answer] = await Promise.all([fetch(figure.dataset.source), prepare?.(), document.fonts.ready]);
    if (!answer.ok) throw new Error(String(answer.status));
    const data = await answer.json();
    if (height) canvas.style.blockSize = `${height(data)}px`;
    const chart = echarts.init(canvas, null, { renderer: "canvas" });
    // A part redrawn keeps where the reader has moved and zoomed to.
    const render = (part = false) => {
      const option = draw(data, readTheme(), canvas);
      chart.setOption(part ? { series: option.series } : option, part ? { replaceMerge: ["series"] } : { notMerge: true });
    };
    render();
    live?.(figure, data, render);
    if (roam) chart.on("georoam", () => roam(chart));
    chart.on("click", (event) => { if (event.data?.href) location.href = event.data.href; });
    new ResizeObserver(() => chart.resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => render());
    figure.dataset.drawn = "yes";
    figure.chart = chart;
  } catch (error) {
    figure.classList.add("failed");
    console.error(error);
  }
}

for (const figure of document.querySelectorAll("[data-chart]")) mount(figure);
