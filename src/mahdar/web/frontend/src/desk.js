// Reading desk: spans and claims find each other; layers; one-key judgements; spans corrected by selecting.
import { onKey, stand } from "./keys.js";
import { openReview } from "./review.js";

export function open() {
  const article = document.getElementById("article");
  const cards = () => [...document.querySelectorAll(".margin [data-ref]")];
  const light = (refs) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    const wanted = new Set(refs);
    for (const card of cards()) card.classList.toggle("lit", wanted.has(card.dataset.ref));
    for (const span of article.querySelectorAll("[data-refs]")) {
      if (span.dataset.refs.split(" ").some((ref) => wanted.has(ref))) span.classList.add("lit");
    }
  };

  article.addEventListener("click", (event) => {
    const span = event.target.closest("[data-refs]");
    if (!span || String(getSelection())) return;
    const refs = span.dataset.refs.split(" ");
    light(refs);
    const found = cards().filter((card) => refs.includes(card.dataset.ref));
    // A span under several layers: claims come before names, a second click takes the next.
    const at = found.indexOf(document.querySelector(".margin .chosen"));
    const card = found[(at + 1) % found.length];
    for (const old of document.querySelectorAll(".margin .chosen")) old.classList.remove("chosen");
    if (!card) return;
    const fold = card.closest("details");
    if (fold) fold.open = true;
    card.classList.add("chosen");
    if (card.matches("[data-row]")) stand(card); else card.scrollIntoView({ block: "nearest" });
  });

  const show = (card, scroll) => {
    light([card.dataset.ref]);
    if (scroll) article.querySelector(".lit")?.scrollIntoView({ block: "center" });
  };
  document.querySelector(".margin").addEventListener("click", (event) => {
    const card = event.target.closest("[data-ref]");
    if (!card || event.target.closest("a, button, input, select, textarea, label")) return;
    show(card, true);
    if (card.matches("[data-row]")) stand(card);
  });
  document.addEventListener("stand", (event) => {
    if (event.target.matches(".margin [data-ref]")) show(event.target, true);
  });

  const buttons = document.querySelectorAll("[data-layer]");
  const toggle = (layer) => {
    const hidden = article.classList.toggle(`hide-${layer}`);
    document.querySelector(`[data-layer="${layer}"]`).setAttribute("aria-pressed", String(!hidden));
  };
  for (const button of buttons) button.addEventListener("click", () => toggle(button.dataset.layer));
  buttons.forEach((button, at) => onKey(String(at + 1), () => toggle(button.dataset.layer)));

  openReview(article);
  const wanted = location.hash.slice(1) && document.getElementById(location.hash.slice(1));
  if (wanted) { stand(wanted); }
}
