// Who is in contact with whom: {nodes: [{key, name, type, size, href}], links: [{a, b, times, planned, note, href}]}.
import { base, lines } from "./theme.js";

const COLOUR = { PER: "per", ORG: "org", LOC: "loc" };
const NARROW_PX = 700;

export function draw(data, theme) {
  const narrow = window.innerWidth < NARROW_PX;
  const most = Math.max(1, ...data.links.map((link) => link.times));
  const biggest = Math.max(1, ...data.nodes.map((node) => node.size));
  const names = new Map(data.nodes.map((node) => [node.key, node.name]));
  return {
    ...base(theme),
    tooltip: {
      ...base(theme).tooltip, trigger: "item",
      formatter: ({ data: mark, dataType }) => dataType === "edge"
        ? lines(`${names.get(mark.source)} · ${names.get(mark.target)}`, mark.note) : lines(mark.label_),
    },
    series: [{
      type: "graph", layout: "force", roam: true, draggable: true, cursor: "pointer", scaleLimit: { min: 0.4, max: 6 },
      top: 24, bottom: 24, left: narrow ? 30 : 90, right: narrow ? 30 : 90,
      // Without random beginnings the picture of one record is always the same.
      force: { initLayout: "circular", layoutAnimation: false, repulsion: narrow ? 130 : 320, edgeLength: narrow ? [24, 70] : [50, 150], gravity: 0.12, friction: 0.5 },
      data: data.nodes.map((node) => ({
        id: node.key, name: node.key, label_: node.name, href: node.href, value: node.size,
        symbolSize: 8 + 18 * Math.sqrt(node.size / biggest),
        itemStyle: { color: theme[COLOUR[node.type] || "ink-2"], borderColor: theme.paper, borderWidth: 1 },
      })),
      links: data.links.map((link) => ({
        source: link.a, target: link.b, note: link.note, href: link.href,
        lineStyle: { width: 1 + 4 * Math.sqrt(link.times / most), type: link.times ? "solid" : "dashed", color: theme["rule-2"], opacity: 0.8, curveness: 0.06 },
      })),
      label: {
        show: true, position: "bottom", distance: 3, formatter: ({ data: node }) => node.label_, color: theme.ink, fontSize: narrow ? 10 : 12,
        textBorderColor: theme.paper, textBorderWidth: 3, width: narrow ? 90 : 150, overflow: "truncate",
      },
      labelLayout: { hideOverlap: true },
      emphasis: { focus: "adjacency", lineStyle: { color: theme.accent } },
    }],
  };
}
