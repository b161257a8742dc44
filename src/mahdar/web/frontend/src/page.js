// Small things that every part uses.

export const csrf = () => document.querySelector('meta[name="csrf"]').content;
export const isRtl = () => document.documentElement.dir === "rtl";

/** Show a line for a while; with an act, also a button for it. */
export function say(text, { label = "", act = null } = {}) {
  const live = document.getElementById("live");
  live.replaceChildren(text);
  if (act) {
    const button = document.createElement("button");
    button.textContent = label;
    button.addEventListener("click", act);
    live.append(" ", button);
  }
  clearTimeout(say.timer);
  say.timer = setTimeout(() => live.replaceChildren(), act ? 8000 : 5000);
}

export function digits(text) {
  if (document.documentElement.dataset.digits !== "arabic") return String(text);
  return String(text).replace(/[0-9]/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]);
}
