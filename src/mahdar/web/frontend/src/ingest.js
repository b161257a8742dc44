// Files dropped on the page, and progress by server-sent events.
import htmx from "htmx.org";

export function open() {
  const form = document.getElementById("drop");
  const input = form.querySelector("input[type=file]");
  const chosen = form.querySelector(".chosen");
  const name = () => { chosen.textContent = [...input.files].map((file) => file.name).join(" · "); };
  input.addEventListener("change", name);
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    name();
  });
  for (const job of document.querySelectorAll("[data-job][data-live]")) follow(job.dataset.job);
}

function follow(id) {
  const source = new EventSource(`/ingest/${encodeURIComponent(id)}/events`);
  const renew = () => htmx.ajax("GET", `/ingest/${encodeURIComponent(id)}/row`, { target: `#job-${CSS.escape(id)}`, swap: "outerHTML" });
  source.addEventListener("job", renew);
  source.addEventListener("end", () => { source.close(); renew(); });
}
