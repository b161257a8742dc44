// Who is in contact with whom: {nodes: [{key, name, type, size, href}], links: [{a, b, times, planned, note, href}]}.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { base, lines } from "./theme.js";

const COLOUR = { PER: "per", ORG: "org", LOC: "loc" };
const NARROW_PX = 700;
const STEPS = 300;
const MOST_NARROW = 16;
const MARGIN = { x: 70, y: 26 };

export function draw(all, theme, canvas) {
  const narrow = window.innerWidth < NARROW_PX;
  const data = narrow ? chief(all) : all;
  place(data, canvas);
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
      type: "graph", layout: "none", roam: !narrow, cursor: "pointer", scaleLimit: { min: 0.5, max: 6 },
      left: MARGIN.x, right: MARGIN.x, top: MARGIN.y, bottom: MARGIN.y + 10,
      data: data.nodes.map((node) => ({
        id: node.key, name: node.key, label_: node.name, href: node.href, value: node.size, x: node.x, y: node.y,
        symbolSize: (narrow ? 0.6 : 1) * (8 + 18 * Math.sqrt(node.size / biggest)),
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

/** The nodes with most contacts and what joins them: a phone has no room for more. */
function chief(all) {
  const nodes = [...all.nodes].sort((a, b) => b.size - a.size).slice(0, MOST_NARROW);
  const kept = new Set(nodes.map((node) => node.key));
  return { nodes, links: all.links.filter((link) => kept.has(link.a) && kept.has(link.b)) };
}

/** Give the nodes places that fill the canvas; d3-force begins the same way every time, so the picture stays. */
function place(data, canvas) {
  // Drawn anew for another light, they stay where they are.
  if (data.nodes.every((node) => node.x !== undefined)) return;
  const [width, height] = [canvas.clientWidth - 2 * MARGIN.x, canvas.clientHeight - 2 * MARGIN.y - 10];
  const links = data.links.map(({ a, b, times }) => ({ source: a, target: b, times }));
  const pull = Math.min(width, height) / 7;
  forceSimulation(data.nodes)
    .force("link", forceLink(links).id((node) => node.key).distance(pull).strength(0.5))
    .force("apart", forceManyBody().strength(-pull * 4).distanceMax(pull * 5))
    .force("room", forceCollide(pull / 2.6))
    .force("middle", forceCenter(0, 0))
    .force("x", forceX().strength(0.06)).force("y", forceY().strength(0.06 * Math.max(1, width / height)))
    .stop().tick(STEPS);
  for (const [axis, size] of [["x", width], ["y", height]]) {
    const values = data.nodes.map((node) => node[axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    for (const node of data.nodes) node[axis] = ((node[axis] - low) / (high - low || 1)) * size;
  }
}
