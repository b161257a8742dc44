// A map of outlines with points: {points: [{name, lat, lon, size, colour, href, note}], bounds?}.
// Colours are names of the theme. Outlines: Natural Earth 1:50m, bundled; no tile server.
import { base, lines } from "./theme.js";

let ready = null;

/** Fetch and register the outlines once. */
export function prepare(echarts) {
  ready ||= fetch("/static/countries.json").then((answer) => answer.json()).then((json) => echarts.registerMap("world", json));
  return ready;
}

export function draw(data, theme) {
  const lats = data.points.map((point) => point.lat);
  const lons = data.points.map((point) => point.lon);
  const pad = 2.5;
  const bounds = data.bounds || (lats.length
    ? [[Math.min(...lons) - pad, Math.max(...lats) + pad], [Math.max(...lons) + pad, Math.min(...lats) - pad]]
    : [[25, 42], [60, 10]]);
  return {
    ...base(theme),
    tooltip: { ...base(theme).tooltip, trigger: "item", formatter: ({ data: point }) => point?.name && lines(point.name, point.note) },
    geo: {
      map: "world", roam: true, boundingCoords: bounds, silent: true,
      itemStyle: { areaColor: theme["paper-2"], borderColor: theme["rule-2"], borderWidth: 0.7 },
      emphasis: { disabled: true },
    },
    series: [{
      type: "scatter", coordinateSystem: "geo", cursor: "pointer",
      data: data.points.map((point) => ({
        value: [point.lon, point.lat], name: point.name, note: point.note, href: point.href,
        symbolSize: Math.min(34, 5 + 3 * Math.sqrt(point.size || 1)),
        itemStyle: { color: theme[point.colour || "accent"], opacity: 0.78, borderColor: theme.paper, borderWidth: 1 },
      })),
      label: { show: data.points.length <= 25, formatter: "{b}", position: theme.rtl ? "left" : "right", color: theme.ink, textBorderColor: theme.paper, textBorderWidth: 3 },
      labelLayout: { hideOverlap: true },
    }],
  };
}
