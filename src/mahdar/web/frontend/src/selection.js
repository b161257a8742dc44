// From what is selected in the article to offsets in code points.

/** The selected stretch of the article as offsets in code points, null when nothing is selected. */
export function selectedSpan(article) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!article.contains(range.commonAncestorContainer)) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end, text: String(selection) };
}

function offset(node, units) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const next = node.childNodes[units] || node.lastChild;
    const span = next?.closest ? next.closest("[data-start]") || next.querySelector?.("[data-start]") : null;
    return span ? Number(span.dataset.start) : null;
  }
  const span = node.parentElement.closest("[data-start]");
  return span ? Number(span.dataset.start) + [...node.data.slice(0, units)].length : null;
}
