import htmx from "htmx.org";
import { listen as listenForKeys } from "./keys.js";
import { open as openDesk } from "./desk.js";
import { open as openIngest } from "./ingest.js";
import { csrf, say } from "./page.js";

window.htmx = htmx;
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = csrf();
  // A page may be in another language than the one that is kept (?lang=en): its parts follow the page.
  event.detail.path += `${event.detail.path.includes("?") ? "&" : "?"}lang=${document.documentElement.lang}`;
});
document.addEventListener("htmx:responseError", (event) => {
  const answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const parts = ["h1", "main .detail", "main .lead"].map((part) => answer.querySelector(part)?.textContent.trim());
  say(parts.filter(Boolean).slice(0, 2).join(" · ") || String(event.detail.xhr.status));
});

// On a phone the menu begins closed, and filters that nobody has set; without scripts they stay open.
const folds = document.querySelectorAll("details.menu, details.narrowing:not([data-asked])");
const narrow = window.matchMedia("(max-width: 52rem)");
const fold = () => { for (const part of folds) part.open = !narrow.matches; };
fold();
narrow.addEventListener("change", fold);
// Where the contents scroll, the page that is open shows in them.
if (!narrow.matches) document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest" });

// Empty fields of a filter form do not clutter the address.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
  for (const select of form.querySelectorAll("select")) {
    select.addEventListener("change", () => form.requestSubmit());
  }
}

listenForKeys();
if (document.getElementById("article")) openDesk();
if (document.getElementById("drop")) openIngest();
