// Positions over time: {lanes: [{key, name}], marks: [{lane, day, stance, href, articles, who, what, label, when, said}]}.
import { rows } from "./days.js";
import { base, lines } from "./theme.js";

const LOOK = {
  supports: { symbol: "circle", colour: "good" },
  opposes: { symbol: "diamond", colour: "bad" },
  conditional: { symbol: "triangle", colour: "warn" },
};
const NONE = { symbol: "circle", colour: "paper" };
const STACK = 5;
const STEP_PX = 5;

export const height = (data) => Math.max(180, data.lanes.length * 32 + 80);

export function draw(data, theme) {
  const order = new Map(data.lanes.map((lane, row) => [lane.key, row]));
  const stacked = new Map();
  const points = data.marks.map((mark) => {
    const row = order.get(mark.lane);
    const place = `${row} ${mark.day}`;
    const level = (stacked.get(place) || 0) % STACK;
    stacked.set(place, level + 1);
    const look = LOOK[mark.stance] || NONE;
    return {
      value: [mark.day, row], href: mark.href, mark, symbol: look.symbol,
      symbolSize: Math.min(17, 8 + 2 * Math.sqrt(mark.articles)),
      symbolOffset: [0, (level % 2 ? 1 : -1) * Math.ceil(level / 2) * STEP_PX],
      itemStyle: { color: theme[look.colour], borderColor: theme[mark.stance ? "paper" : "ink-2"], borderWidth: mark.stance ? 0.5 : 1.5, opacity: 0.9 },
    };
  });
  // What carries a stance lies over what carries none.
  points.sort((a, b) => Boolean(a.mark.stance) - Boolean(b.mark.stance));
  return {
    ...base(theme),
    tooltip: {
      ...base(theme).tooltip, trigger: "item", extraCssText: "max-inline-size: 22rem; white-space: normal;",
      formatter: ({ data: { mark } }) => lines(`${mark.who} · ${mark.when}`, `${mark.what}: ${mark.label}`, mark.said),
    },
    ...rows(data.lanes.map((lane) => lane.name), data.marks.map((mark) => mark.day), theme),
    series: [{ type: "scatter", z: 2, cursor: "pointer", data: points, emphasis: { scale: 1.25 } }],
  };
}
