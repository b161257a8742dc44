// Judgements at the desk: one key, a reason where one is needed, then the next claim that waits.
import htmx from "htmx.org";
import { here, onKey, stand } from "./keys.js";
import { csrf, say } from "./page.js";
import { selectedSpan } from "./selection.js";

const OPEN = new Set(["machine_draft", "in_review", "reopened", "needs_second"]);
let last = null;

const cards = () => [...document.querySelectorAll("#claims > .claim")];
const press = (name) => here()?.querySelector(`[data-act="${name}"]`)?.click();

function next(after) {
  const all = cards();
  const at = all.indexOf(after);
  const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  const card = order.find((each) => OPEN.has(each.dataset.state));
  if (card) stand(card);
}

export function openReview(article) {
  onKey("a", () => press("accept"));
  onKey("e", () => press("edit"));
  onKey("x", () => press("reject"));
  onKey("n", () => next(here()));
  onKey("u", () => undo());
  onKey("m", () => takeSelection(article));

  document.addEventListener("click", (event) => {
    const opens = event.target.closest("[data-opens]");
    if (opens) {
      const form = opens.closest(".claim").querySelector(`[data-for="${opens.dataset.opens}"]`);
      form.hidden = false;
      form.querySelector("input[name=reason]").focus();
    }
    const take = event.target.closest("[data-take]");
    if (take) fill(take.closest(".span"), selectedSpan(article) || remembered);
    const drop = event.target.closest("[data-drop]");
    if (drop) drop.closest(".span").remove();
  });
  // Pressing a button takes the selection away: it is remembered while it is there.
  let remembered = null;
  document.addEventListener("selectionchange", () => { remembered = selectedSpan(article) || remembered; });

  document.addEventListener("judged", (event) => {
    last = event.detail.seq;
    say(event.detail.said, { label: undoLabel(), act: undo });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const card = event.target.closest?.(".claim") || event.detail.elt?.closest?.(".claim");
    if (!card || !card.id) return;
    const fresh = document.getElementById(card.id);
    if (fresh.matches(".editing")) { stand(fresh); fresh.querySelector("select, input:not([type=hidden])")?.focus(); return; }
    const judged = event.detail.xhr?.getResponseHeader("HX-Trigger")?.includes("judged");
    stand(fresh);
    if (judged && !OPEN.has(fresh.dataset.state)) next(fresh);
  });
}

const undoLabel = () => document.getElementById("claims")?.dataset.undo || "↶";

function undo() {
  if (!last) return;
  const seq = last;
  last = null;
  htmx.ajax("POST", "/judgements", {
    values: { csrf: csrf(), action: "undo", kind: "judgement", subject: String(seq) },
    swap: "none",
  });
}

async function takeSelection(article) {
  const span = selectedSpan(article);
  const card = here();
  if (!span || !card) return;
  if (!card.matches(".editing")) {
    press("edit");
    await new Promise((done) => document.addEventListener("htmx:afterSettle", done, { once: true }));
  }
  const form = document.getElementById(card.id);
  const rows = [...form.querySelectorAll(".span")];
  fill(rows.find((row) => row.dataset.role !== "cue") || rows[0], span);
}

function fill(row, span) {
  if (!row || !span) return;
  row.querySelector("input[name=span]").value = `${row.dataset.role}:${span.start}:${span.end}`;
  row.querySelector(".quoted").textContent = span.text;
  row.classList.add("taken");
}
