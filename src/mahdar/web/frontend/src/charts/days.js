// An axis of days with named rows, for pictures whose marks stand on lanes.

export const DAY_MS = 24 * 3600 * 1000;
const NARROW_PX = 700;
const MOST = 0.9;
const MANY = 60;
const LINE_CHARS = 20;

/** The parts of an option that give rows of names and an axis of days, from the right in Arabic. */
export function rows(names, days, theme) {
  const { width, axisLabel } = lanes(names, theme);
  const [startValue, endValue] = opening(days);
  return {
    grid: { top: 30, bottom: 40, left: theme.rtl ? 16 : width + 14, right: theme.rtl ? width + 14 : 16 },
    xAxis: {
      type: "time", inverse: theme.rtl, position: "top",
      min: ({ min, max }) => min - Math.max((max - min) * 0.02, DAY_MS), max: ({ min, max }) => max + Math.max((max - min) * 0.02, DAY_MS),
      axisLine: { lineStyle: { color: theme["rule-2"] } },
      axisLabel: { color: theme["ink-2"], hideOverlap: true, formatter: (value) => clock(value, theme) },
      splitLine: { show: true, lineStyle: { color: theme.rule, type: "dotted" } },
    },
    yAxis: {
      type: "category", inverse: true, position: theme.rtl ? "right" : "left", data: names.map((_, row) => String(row)),
      axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: true, lineStyle: { color: theme.rule } },
      axisLabel,
    },
    dataZoom: [
      { type: "inside", filterMode: "none", startValue, endValue, minValueSpan: 2 * DAY_MS, zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
      {
        type: "slider", filterMode: "none", startValue, endValue, brushSelect: false, showDataShadow: false, moveHandleSize: 0, height: 18, bottom: 8, minValueSpan: 2 * DAY_MS,
        borderColor: theme.rule, fillerColor: "rgba(128,128,128,0.15)", handleStyle: { color: theme["ink-2"] }, textStyle: { color: theme["ink-2"] },
        labelFormatter: (value) => told(value, theme),
      },
    ],
  };
}

/** How lanes are named: cut to what fits, on a phone in two short lines. */
export function lanes(names, theme) {
  const narrow = window.innerWidth < NARROW_PX;
  const width = Math.min(narrow ? 112 : 220, Math.max(...names.map((name) => name.length * 8), 60));
  const axisLabel = {
    color: theme.ink, width, overflow: "truncate", interval: 0, ellipsis: "…",
    formatter: (row) => narrow ? fold(names[Number(row)]) : names[Number(row)],
    ...(narrow ? { fontSize: 11, lineHeight: 12 } : {}),
  };
  return { width, axisLabel };
}

/** A name in at most two lines, broken between words. */
function fold(name) {
  if (name.length <= LINE_CHARS) return name;
  const at = name.lastIndexOf(" ", LINE_CHARS);
  return at < 1 ? name : `${name.slice(0, at)}\n${name.slice(at + 1)}`;
}

/** The days that a picture opens on: those of nearly all marks. What lies far off is a zoom away. */
export function opening(given) {
  const days = given.map((day) => Date.parse(day)).sort((a, b) => a - b);
  const cut = days.length > MANY ? Math.ceil((days.length * (1 - MOST)) / 2) : 0;
  const [from, to] = [days[cut], days[days.length - 1 - cut]];
  const pad = Math.max((to - from) * 0.03, 2 * DAY_MS);
  return [from - pad, to + pad];
}

/** «3 Aug», «Aug 2015», «2015» in the page's language and digits. */
function clock(value, theme) {
  const day = new Date(value);
  const first = day.getUTCDate() === 1;
  const parts = first ? (day.getUTCMonth() ? { month: "short", year: "numeric" } : { year: "numeric" }) : { day: "numeric", month: "short" };
  return told(value, theme, parts);
}

export function told(value, theme, parts = { day: "numeric", month: "short", year: "numeric" }) {
  const numberingSystem = document.documentElement.dataset.digits === "arabic" ? "arab" : "latn";
  return new Intl.DateTimeFormat(theme.lang === "ar" ? "ar-EG" : "en-GB", { ...parts, numberingSystem, timeZone: "UTC" }).format(value);
}
