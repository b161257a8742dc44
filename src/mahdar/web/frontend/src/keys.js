// The keyboard: «g» and a letter goes to a page, j and k walk rows, Enter opens, ? shows the keys.

const handlers = new Map();
let waitingForPage = false;

/** Let a part of the page answer a key; the handler returns false to let it pass. */
export function onKey(key, handler) { handlers.set(key, handler); }

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
export const here = () => document.querySelector("[data-row].here");

export function stand(row) {
  here()?.classList.remove("here");
  if (!row) return;
  row.classList.add("here");
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("stand", { bubbles: true }));
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  stand(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))]);
}

async function showKeys() {
  const dialog = document.getElementById("keys");
  const body = document.getElementById("keys-body");
  if (!body.childElementCount) {
    const page = await fetch(`/help?lang=${document.documentElement.lang}`, { headers: { Accept: "text/html" } });
    const parsed = new DOMParser().parseFromString(await page.text(), "text/html");
    body.append(...parsed.querySelectorAll("#key-tables > *"));
  }
  dialog.showModal();
}

/** An act of the page itself, where no row is at hand: a button is pressed, a fold opened at its first field. */
function act(name) {
  const found = document.querySelector(`.review-box [data-act="${name}"]`);
  if (!found) return false;
  if (!found.matches("details")) { found.click(); return true; }
  found.open = true;
  found.querySelector("select, input:not([type=hidden])")?.focus();
  return true;
}

const own = {
  a: () => act("accept"),
  e: () => act("edit"),
  x: () => act("reject"),
  j: () => walk(1),
  k: () => walk(-1),
  "?": showKeys,
  "/": () => {
    const field = document.querySelector("main form.filters input:not([type=hidden])");
    if (field) field.focus(); else location.href = document.querySelector('[data-go="f"]')?.href || "/articles";
  },
  Enter: () => {
    if (document.activeElement !== document.body && document.activeElement.id !== "main"
        && !document.activeElement.matches("[data-row]")) return false;
    const link = here()?.querySelector("a.open");
    if (!link) return false;
    location.href = link.href;
  },
  g: () => { waitingForPage = true; setTimeout(() => { waitingForPage = false; }, 1500); },
  Escape: () => { stand(null); return false; },
};

export function listen() {
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const key = latin(event);
    if (waitingForPage) {
      waitingForPage = false;
      const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
      if (link) { event.preventDefault(); location.href = link.href; }
      return;
    }
    const link = "[]".includes(key) && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (link) { event.preventDefault(); location.href = link.href; return; }
    const act = handlers.get(key) || own[key];
    if (act && act(event) !== false) event.preventDefault();
  });
}

/** The letter on the key, also under an Arabic layout: shortcuts go by position. */
function latin(event) {
  if (event.key.length > 1 || /^[\x20-\x7e]$/.test(event.key)) return event.key;
  if (/^[٠-٩]$/.test(event.key)) return String("٠١٢٣٤٥٦٧٨٩".indexOf(event.key));
  if (event.key === "؟") return "?";
  const found = /^Key([A-Z])$/.exec(event.code);
  if (found) return found[1].toLowerCase();
  const marks = { BracketLeft: "[", BracketRight: "]", Slash: "/" };
  return marks[event.code] || event.key;
}

