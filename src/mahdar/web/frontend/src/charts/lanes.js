// Swimlanes: {lanes: [{key, name}], marks: [{id, first, last, type, modality, lanes, label, day, articles}]}.
import { digits } from "../page.js";
import { lanes, opening } from "./days.js";
import { base, lines } from "./theme.js";

const COLOUR = {
  MEET: "contact", CALL: "contact", VISIT: "contact", NEGOTIATE: "contact", PRESS: "contact",
  AGREE: "accord", CEASEFIRE: "accord", FORM: "accord",
  AID: "relief", RELEASE: "relief", WITHDRAW: "relief",
};
const HOLLOW = new Set(["planned", "proposed", "demanded", "denied", "conditional"]);
const STACK = 5;
const DAY_MS = 24 * 3600 * 1000;
const STEP_PX = 5;

const ROW_PX = 27;

export const height = (data) => Math.max(240, data.lanes.length * ROW_PX + 75);

export function draw(data, theme) {
  const order = data.lanes.map((lane) => lane.key);
  const stacked = new Map();
  const points = [];
  const spans = [];
  for (const mark of data.marks) {
    const colour = theme[COLOUR[mark.type] || "force"];
    const hollow = HOLLOW.has(mark.modality);
    for (const lane of mark.lanes) {
      const row = order.indexOf(lane);
      const place = `${row} ${mark.first}`;
      const level = stacked.get(place) || 0;
      stacked.set(place, level + 1);
      const shift = ((level % STACK) % 2 ? 1 : -1) * Math.ceil((level % STACK) / 2) * STEP_PX;
      const told = {
        value: [mark.first, row], name: mark.label, href: `/entries/${mark.id}`, mark,
        symbolSize: Math.min(15, 6 + 2 * Math.sqrt(mark.articles)), symbolOffset: [0, shift],
        itemStyle: { color: hollow ? theme.paper : colour, borderColor: colour, borderWidth: hollow ? 1.5 : 0.5, opacity: 0.92 },
      };
      points.push(told);
      if (mark.last > mark.first) spans.push({ coords: [[mark.first, row], [mark.last, row]], colour });
    }
  }
  const [startValue, endValue] = opening(data.marks.map((mark) => mark.first));
  const { width, axisLabel } = lanes(data.lanes.map((lane) => lane.name), theme);
  return {
    ...base(theme),
    tooltip: {
      ...base(theme).tooltip, trigger: "item",
      formatter: ({ data: point }) => point.mark && lines(`${point.mark.label} · ${point.mark.day}`, point.mark.state),
    },
    grid: { top: 8, bottom: 62, left: theme.rtl ? 16 : width + 14, right: theme.rtl ? width + 14 : 16 },
    xAxis: {
      type: "time", inverse: theme.rtl,
      // Marks of the first and last day stand clear of the edges.
      min: ({ min, max }) => min - Math.max((max - min) * 0.02, DAY_MS), max: ({ min, max }) => max + Math.max((max - min) * 0.02, DAY_MS), axisLine: { lineStyle: { color: theme["rule-2"] } },
      axisLabel: { color: theme["ink-2"], hideOverlap: true, formatter: clock }, splitLine: { show: true, lineStyle: { color: theme.rule, type: "dotted" } },
    },
    yAxis: {
      type: "category", inverse: true, position: theme.rtl ? "right" : "left", data: data.lanes.map((_, row) => String(row)),
      axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: theme.rule } },
      axisLabel,
    },
    dataZoom: [
      { type: "inside", filterMode: "none", startValue, endValue, minValueSpan: 3600 * 1000 * 6 },
      {
        type: "slider", filterMode: "none", startValue, endValue, brushSelect: false, showDataShadow: false, moveHandleSize: 0, height: 18, bottom: 8, borderColor: theme.rule, fillerColor: "rgba(128,128,128,0.15)",
        handleStyle: { color: theme["ink-2"] }, textStyle: { color: theme["ink-2"] }, minValueSpan: 3600 * 1000 * 6,

        labelFormatter: (value) => digits(new Date(value).toISOString().slice(0, 10)),
      },
    ],
    series: [
      {
        type: "custom", silent: true, clip: true, z: 1, data: spans.map((span) => ({ value: [...span.coords[0], span.coords[1][0]], colour: span.colour })),
        encode: { x: [0, 2], y: 1 },
        renderItem: (params, api) => {
          const from = api.coord([api.value(0), api.value(1)]);
          const to = api.coord([api.value(2), api.value(1)]);
          const item = spans[params.dataIndex];
          return { type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: { stroke: item.colour, lineWidth: 2, opacity: 0.35 } };
        },
      },
      { type: "scatter", data: points, z: 2, cursor: "pointer", emphasis: { scale: 1.25 } },
    ],
  };
}

function clock(value) {
  const day = new Date(value);
  const parts = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()].map((n) => String(n).padStart(2, "0"));
  const hour = day.getUTCHours();
  if (hour) return digits(`${String(hour).padStart(2, "0")}:00`);
  if (parts[2] !== "01") return digits(`${parts[1]}-${parts[2]}`);
  return digits(parts[1] === "01" ? parts[0] : `${parts[0]}-${parts[1]}`);
}
