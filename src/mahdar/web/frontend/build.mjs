// Bundles the workbench's scripts, styles, fonts and outlines into ../static.
// Run through `make web` (tools/build_web.py), which brings Node along.
import { copyFile, mkdir, rm, writeFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { build } from "esbuild";
import { feature } from "topojson-client";

const here = import.meta.dirname;
const out = path.join(here, "..", "static");
const modules = createRequire(import.meta.url);

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: {
    app: path.join(here, "src/app.js"),
    charts: path.join(here, "src/charts.js"),
    "app-style": path.join(here, "css/app.css"),
  },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome123", "firefox120", "safari17.5"],
  loader: { ".woff2": "file", ".woff": "empty" },
  assetNames: "fonts/[name]-[hash]",
  legalComments: "linked",
  logLevel: "warning",
});
await copyFile(path.join(out, "app-style.css"), path.join(out, "app.css"));
await rm(path.join(out, "app-style.css"));
await copyFile(path.join(here, "icon.svg"), path.join(out, "icon.svg"));

// Countries at 1:50 million (Natural Earth, public domain, by way of world-atlas).
const atlas = JSON.parse(await readFile(modules.resolve("world-atlas/countries-50m.json"), "utf8"));
const countries = feature(coarser(atlas), atlas.objects.countries);
for (const country of countries.features) country.properties = { name: country.properties.name };
await writeFile(path.join(out, "countries.json"), JSON.stringify(countries, round));
// Borders of provinces and disputed lines (Natural Earth, public domain; tools/build_outlines.py).
await copyFile(path.join(here, "data/borders.json"), path.join(out, "borders.json"));

// Far from the countries of the packs, outlines keep a point every half degree: a third of the bytes.
// Arcs are shared by neighbours, so that borders still meet.
function coarser(topology) {
  const { scale, translate } = topology.transform;
  const isNear = ([lon, lat]) => lon > -19 && lon < 76 && lat > -6 && lat < 56;
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    const line = arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
    let kept = line[0];
    return line.filter((point, n) => {
      const apart = Math.hypot(point[0] - kept[0], point[1] - kept[1]);
      const keep = n === 0 || n === line.length - 1 || isNear(point) || apart >= 0.5;
      if (keep) kept = point;
      return keep;
    });
  });
  return { ...topology, arcs, transform: undefined };
}

function round(_, value) {
  return typeof value === "number" ? Math.round(value * 100) / 100 : value;
}
