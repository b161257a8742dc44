// Status by date: {bars: [{kind, name, segments: [{first, last, open, status, label, day, href}], breaches: [{day, label, when, who, href}]}]}.
import { DAY_MS, rows } from "./days.js";
import { base, lines } from "./theme.js";

const HELD = new Set(["declared", "in_force", "agreed", "formed", "operational", "expanded", "joined"]);
const GONE = new Set(["ended", "lifted", "left"]);
const ROW_PX = 26;

export const height = (data) => Math.max(160, data.bars.length * ROW_PX + 80);

export function draw(data, theme) {
  const segments = [];
  const breaches = [];
  const days = [];
  data.bars.forEach((bar, row) => {
    for (const segment of bar.segments) {
      // The last day counts whole: a bar of one day is a day long.
      segments.push({ ...segment, row, zone: bar.kind === "zone", from: Date.parse(segment.first), to: Date.parse(segment.last) + DAY_MS, name: bar.name });
      days.push(segment.first, segment.last);
    }
    for (const breach of bar.breaches) {
      breaches.push({ value: [Date.parse(breach.day) + DAY_MS / 2, row], href: breach.href, breach });
      days.push(breach.day);
    }
  });
  return {
    ...base(theme),
    tooltip: {
      ...base(theme).tooltip, trigger: "item",
      formatter: ({ data: mark }) => mark.breach
        ? lines(`${mark.breach.label} · ${mark.breach.when}`, mark.breach.who)
        : mark.segment && lines(mark.segment.name, `${mark.segment.label} · ${mark.segment.day}`),
    },
    ...rows(data.bars.map((bar) => bar.name), days, theme),
    series: [
      {
        type: "custom", clip: true, z: 2, cursor: "pointer", encode: { x: [0, 1], y: 2 },
        data: segments.map((segment) => ({ value: [segment.from, segment.to, segment.row], href: segment.href, segment })),
        renderItem: (params, api) => {
          const segment = segments[params.dataIndex];
          const from = api.coord([api.value(0), api.value(2)]);
          const to = api.coord([api.value(1), api.value(2)]);
          const left = Math.min(from[0], to[0]);
          const width = Math.max(3, Math.abs(to[0] - from[0]));
          return { type: "rect", shape: { x: left, y: from[1] - 7, width, height: 14 }, style: paint(segment, theme) };
        },
      },
      {
        type: "scatter", z: 3, cursor: "pointer", symbol: "diamond", symbolSize: 11, data: breaches,
        itemStyle: { color: theme.bad, borderColor: theme.paper, borderWidth: 1 },
      },
    ],
  };
}

function paint(segment, theme) {
  const colour = segment.zone ? theme.contact : theme.accord;
  if (GONE.has(segment.status)) return { fill: theme["ink-2"], opacity: 0.75 };
  if (!HELD.has(segment.status)) return { fill: theme.paper, stroke: colour, lineWidth: 1.5, lineDash: segment.open ? [4, 3] : null };
  if (!segment.open) return { fill: colour, opacity: 0.85 };
  const stops = [[0, 0.85], [0.6, 0.6], [1, 0.08]].map(([offset, opacity]) => ({ offset, color: fade(colour, opacity) }));
  const [x, x2] = theme.rtl ? [1, 0] : [0, 1];
  return { fill: { type: "linear", x, y: 0, x2, y2: 0, colorStops: stops } };
}

function fade(colour, opacity) {
  const [r, g, b] = colour.match(/[\d.]+/g);
  return `rgba(${r},${g},${b},${opacity})`;
}
