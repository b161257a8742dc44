// The map of a day: {days, shown, places: {key: {name, lat, lon, wide}}, marks: [{layer, place, first, last, count, killed, hollow, entry}]}.
// A slider beside it chooses the day; the list under it is asked for anew.
import { digits } from "../page.js";
import { draw as drawMap } from "./map.js";
import { lines } from "./theme.js";

const LOOK = {
  incident: { symbol: "circle", colour: "force" },
  breach: { symbol: "diamond", colour: "bad" },
  truce: { symbol: "ring", colour: "accord" },
  zone: { symbol: "rect", colour: "contact" },
};
const ORDER = ["zone", "truce", "incident", "breach"];
const PAUSE_MS = 250;
const LEAST_PAD = 2.5;
const CUT = 0.1;

export function draw(data, theme) {
  const day = data.days[data.at ?? data.days.length - 1];
  const marks = data.marks.filter((mark) => mark.first <= day && day <= mark.last);
  // Breaches over incidents over truces over zones, the few over the many: nothing lies hidden under a larger mark.
  marks.sort((a, b) => ORDER.indexOf(a.layer) - ORDER.indexOf(b.layer) || b.count - a.count);
  const option = drawMap({ points: [], bounds: data.bounds ||= bounds(data) }, theme);
  const labelled = new Set();
  option.series[0].data = marks.map((mark) => {
    const place = data.places[mark.place];
    const look = LOOK[mark.layer];
    const ring = look.symbol === "ring";
    const first = !labelled.has(mark.place);
    labelled.add(mark.place);
    return {
      value: [place.lon, place.lat], name: place.name, mark, place, href: address(mark, day),
      symbol: ring ? "circle" : look.symbol,
      symbolSize: Math.min(36, (ring ? 20 : mark.layer === "zone" ? 15 : 8) + 3 * Math.sqrt(mark.count - 1)),
      label: { show: first },
      itemStyle: {
        color: ring || mark.hollow ? "rgba(0,0,0,0)" : theme[look.colour], borderColor: ring || mark.hollow ? theme[look.colour] : theme.paper,
        borderWidth: ring ? 3 : mark.hollow ? 1.5 : 1, borderType: mark.hollow ? "dashed" : "solid", opacity: 0.85,
      },
    };
  });
  option.tooltip.formatter = ({ data: { mark, place } }) => lines(
    place.name, data.words[place.sort],
    `${data.layers[mark.layer]}${mark.count > 1 ? ` · ${data.words.entries} ${digits(mark.count)}` : ""}`,
    mark.killed && `${data.words.killed} ${digits(mark.killed)}`, mark.hollow && data.words.hollow,
  );
  option.series[0].label = { ...option.series[0].label, show: true };
  return option;
}

function address(mark, day) {
  if (mark.entry) return `/entries/${mark.entry}`;
  return `${change({ day, at: mark.place })}#day-list`;
}

/** This page's address with some of its query changed. */
function change(values, path = location.pathname) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value); else query.delete(name);
  return `${path}?${query}`;
}

/** Open on where nearly all marks are: one town on another continent is a drag away. */
function bounds(data) {
  const spots = data.marks.map((mark) => data.places[mark.place]);
  if (!spots.length) return [[25, 42], [60, 10]];
  const cut = (values) => {
    values.sort((a, b) => a - b);
    const skip = values.length > 20 ? Math.floor(values.length * CUT) : 0;
    return [values[skip], values[values.length - 1 - skip]];
  };
  const [west, east] = cut(spots.map((spot) => spot.lon));
  const [south, north] = cut(spots.map((spot) => spot.lat));
  return [[west - LEAST_PAD, north + LEAST_PAD], [east + LEAST_PAD, south - LEAST_PAD]];
}

/** Give the slider its days; a new day redraws the marks and asks for its list. */
export function live(figure, data, render) {
  const box = document.querySelector(".slider");
  const range = box.querySelector("input");
  data.at = Math.max(0, data.days.indexOf(box.dataset.day));
  Object.assign(range, { max: data.days.length - 1, value: data.at, disabled: false });
  let waiting = null;
  let place = box.dataset.at;
  const show = () => {
    data.at = Number(range.value);
    box.querySelector("output").textContent = data.shown[data.at];
    range.setAttribute("aria-valuetext", data.shown[data.at]);
    render(true);
  };
  const ask = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(null, "", change({ day: data.days[data.at], at: place }));
      window.htmx.ajax("GET", change({}, "/map/day"), { target: "#day-list", swap: "outerHTML" });
    }, PAUSE_MS);
  };
  range.addEventListener("input", () => { place = ""; show(); ask(); });
  for (const button of box.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      range.value = data.at + Number(button.dataset.step);
      range.dispatchEvent(new Event("input"));
    });
  }
  show();
}
