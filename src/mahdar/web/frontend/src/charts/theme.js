// Colours and fonts of the style sheet, as the canvas needs them.

const NAMES = ["paper", "paper-2", "ink", "ink-2", "rule", "rule-2", "accent", "contact", "accord", "force", "relief", "per", "org", "loc", "good", "warn", "bad"];

export function readTheme() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const theme = { rtl: document.documentElement.dir === "rtl", lang: document.documentElement.lang };
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    theme[name] = getComputedStyle(probe).color;
  }
  theme.font = getComputedStyle(document.body).fontFamily;
  probe.remove();
  return theme;
}

/** What every picture shares. */
export function base(theme) {
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, color: theme.ink, fontSize: 12 },
    tooltip: {
      backgroundColor: theme.paper, borderColor: theme["rule-2"], borderWidth: 1, padding: [6, 10],
      textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: 13 }, confine: true,
    },
  };
}

/** Text for a tooltip, built without markup so that no name can become any. */
export function lines(...texts) {
  const box = document.createElement("div");
  box.dir = document.documentElement.dir;
  for (const text of texts.filter(Boolean)) {
    const line = document.createElement("div");
    line.textContent = text;
    box.append(line);
  }
  return box;
}
