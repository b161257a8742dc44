"""One entry in words: what is told, and every claim behind it with its sentence and chain."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from mahdar.cli.columns import names
from mahdar.i18n import tr, tr_code
from mahdar.views import EntryDetail, Evidence, describe_chain, explain_merge

MARK_START, MARK_END = "⟦", "⟧"
"""Around marked spans, so that they show without colours too; Arabic text does not use them."""
_STYLES = {"trigger": "bold yellow", "cue": "bold cyan", "content": "green", "act": "green"}
_CODED = {"modality": "modality", "type": "event", "mode": "mode"}


def mark_text(evidence: Evidence, *, styled: bool = False) -> Text:
    """Return a claim's sentence with its spans marked, otherwise untouched.

    Args:
        evidence: a claim.
        styled: add colours to the marks.
    """
    out = Text()
    at = 0
    for mark in sorted(set(evidence.marks), key=lambda m: (m.start, -m.end)):
        if mark.start < at:  # inside one that is marked already
            continue
        out.append(evidence.text[at : mark.start])
        marked = f"{MARK_START}{evidence.text[mark.start : mark.end]}{MARK_END}"
        out.append(marked, style=_STYLES.get(mark.role, "bold") if styled else "")
        at = mark.end
    out.append(evidence.text[at:])
    return out


def _head(detail: EntryDetail, lang: str) -> list[str]:
    entry = detail.entry
    kind = "act" if entry.kind == "statement" else "event"
    if entry.kind == "commitment":
        title = tr("column.promise", lang)
    else:
        title = tr_code(kind, entry.type, lang)
    lines = [f"{entry.id} · {title} · {names(entry.people(), lang) or tr('show.unnamed', lang)}"]
    place = entry.place.label(lang) if entry.place else ""
    when = entry.time or (f"({entry.day})" if entry.day else "")
    modality = tr_code("modality", entry.modality, lang) if entry.modality else ""
    standing = tr_code("standing", entry.standing, lang)
    spread = tr("entry.in_articles", lang, count=f"{entry.articles}/{entry.origins}")
    lines.append(" · ".join(part for part in (when, place, modality, standing, spread) if part))
    return lines


def _told(detail: EntryDetail, lang: str) -> list[str]:
    """Return the fields for which sources tell different values, side by side."""
    lines = []
    for name, values in detail.entry.fields.items():
        if len(values) < 2 or name == "type":
            continue
        shown = [
            f"{tr_code(_CODED.get(name, name), told.value, lang)} ({told.articles})"
            for told in values
        ]
        lines.append(f"{tr_code('field', name, lang)}: {' / '.join(shown)}")
    return lines


def print_entry(detail: EntryDetail, lang: str, console: Console) -> None:
    """Print an entry with all its claims."""

    def line(text: str | Text = "", style: str = "") -> None:
        console.print(text, style=style or None, markup=False, highlight=False, soft_wrap=True)

    head, *rest = _head(detail, lang)
    line(head, "bold")
    for text in (*rest, *_told(detail, lang)):
        line(text)
    line(tr("entry.claims_note", lang), "dim")
    for number, evidence in enumerate(detail.evidence, start=1):
        line()
        claim = tr("entry.claim", lang, number=number, count=len(detail.evidence))
        line(f"{claim} · {tr('entry.origin', lang, number=evidence.origin)}", "bold")
        about = (evidence.publisher, evidence.published, evidence.title, evidence.article)
        line(" · ".join(part for part in about if part))
        if evidence.url:
            line(f"{tr('entry.address', lang)}: {evidence.url}", "dim")
        line(f"{tr('entry.chain', lang)}: {describe_chain(evidence, lang)}")
        line(mark_text(evidence, styled=console.is_terminal))
        if why := explain_merge(evidence, lang):
            line(why, "dim")
