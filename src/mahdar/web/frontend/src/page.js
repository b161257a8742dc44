// Small things that every part uses.

export const csrf = () => document.querySelector('meta[name="csrf"]').content;
export const isRtl = () => document.documentElement.dir === "rtl";

export function say(text) {
  const live = document.getElementById("live");
  live.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { live.textContent = ""; }, 5000);
}

export function digits(text) {
  if (document.documentElement.dataset.digits !== "arabic") return String(text);
  return String(text).replace(/[0-9]/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]);
}
