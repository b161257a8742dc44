// A map of outlines with points: {points: [{name, lat, lon, size, colour, href, note}], bounds?}.
// Colours are names of the theme. Outlines: Natural Earth, bundled; no tile server.
import { base, lines } from "./theme.js";

const NEAR_DEGREES = 26;
let ready = null;
let borders = { provinces: [], disputed: [] };
let isNear = null; // as the reader has zoomed, null before they do

/** Fetch and register the outlines once. */
export function prepare(echarts) {
  const read = (name) => fetch(`/static/${name}.json`).then((answer) => answer.json());
  ready ||= Promise.all([read("countries"), read("borders")]).then(([countries, given]) => {
    echarts.registerMap("world", countries);
    borders = given;
  });
  return ready;
}

/** Borders of provinces, drawn where the map is near enough, and disputed lines, always. */
function borderLines(theme, near) {
  const line = (id, all, style) => ({
    id, type: "lines", coordinateSystem: "geo", polyline: true, silent: true, z: 1, animation: false,
    data: all.map((coords) => ({ coords })), lineStyle: { color: theme["rule-2"], curveness: 0, ...style },
  });
  return [
    line("provinces", borders.provinces, { width: 0.5, opacity: isNear ?? near ? 0.75 : 0 }),
    line("disputed", borders.disputed, { width: 1.1, type: [2, 3], color: theme["ink-2"], opacity: 0.9 }),
  ];
}

/** Show or hide the borders of provinces after a zoom. */
export function roamed(chart) {
  const [west, east] = [0, chart.getWidth()].map((x) => chart.convertFromPixel("geo", [x, chart.getHeight() / 2])[0]);
  if (isNear === east - west < NEAR_DEGREES) return;
  isNear = east - west < NEAR_DEGREES;
  chart.setOption({ series: [{ id: "provinces", lineStyle: { opacity: isNear ? 0.75 : 0 } }] });
}

export function draw(data, theme) {
  const lats = data.points.map((point) => point.lat);
  const lons = data.points.map((point) => point.lon);
  const pad = 2.5;
  const bounds = data.bounds || (lats.length
    ? [[Math.min(...lons) - pad, Math.max(...lats) + pad], [Math.max(...lons) + pad, Math.min(...lats) - pad]]
    : [[25, 42], [60, 10]]);
  const near = bounds[1][0] - bounds[0][0] < NEAR_DEGREES;
  return {
    ...base(theme),
    tooltip: { ...base(theme).tooltip, trigger: "item", formatter: ({ data: point }) => point?.name && lines(point.name, point.note) },
    geo: {
      map: "world", roam: true, boundingCoords: bounds, silent: true,
      itemStyle: { areaColor: theme["paper-2"], borderColor: theme["rule-2"], borderWidth: 0.7 },
      emphasis: { disabled: true },
    },
    series: [{
      id: "points", type: "scatter", coordinateSystem: "geo", cursor: "pointer", z: 3,
      data: data.points.map((point) => ({
        value: [point.lon, point.lat], name: point.name, note: point.note, href: point.href,
        symbolSize: Math.min(34, 5 + 3 * Math.sqrt(point.size || 1)),
        itemStyle: { color: theme[point.colour || "accent"], opacity: 0.78, borderColor: theme.paper, borderWidth: 1 },
      })),
      label: { show: data.points.length <= 25, formatter: "{b}", position: theme.rtl ? "left" : "right", color: theme.ink, textBorderColor: theme.paper, textBorderWidth: 3 },
      labelLayout: { hideOverlap: true },
    }, ...borderLines(theme, near)],
  };
}
