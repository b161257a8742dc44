"""A page of search results in words: title, paper and day, and the stretch that matches."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from mahdar.cli.entry_text import MARK_END, MARK_START
from mahdar.i18n import tr, tr_code
from mahdar.model import Span
from mahdar.search import Facets, SearchHit, SearchPage

_MARKED = "bold black on yellow"
_MOST = 12
"""Papers, months and processes shown of each facet."""
_TYPES = {"article": "", "statement": "act", "entry": "event"}


def print_page(page: SearchPage, lang: str, console: Console | None = None) -> None:
    """Print results, numbered from the first of all; marks stand in colour and in ``⟦ ⟧``."""
    console = console or Console(file=sys.stdout)

    def line(text: str | Text = "", style: str = "") -> None:
        console.print(text, style=style or None, markup=False, highlight=False, soft_wrap=True)

    for number, hit in enumerate(page.hits, start=page.offset + 1):
        title = _marked(hit.title or tr("search.untitled", lang), hit.title_marks)
        title.stylize("bold")
        line(Text(f"{number}. ").append_text(title))
        line(" · ".join(part for part in _about(hit, lang) if part), "dim")
        for snippet in hit.snippets:
            marks = [Span(m.start - snippet.start, m.end - snippet.start) for m in snippet.marks]
            line(_marked(snippet.text, marks, flat=True))
        line()
    if page.facets is not None:
        for text in _describe_facets(page.facets, lang):
            line(text)
    line(_describe_count(page, lang))


def _about(hit: SearchHit, lang: str) -> tuple[str, ...]:
    kind = _TYPES[hit.kind]
    if hit.type == "COMMITMENT":
        shown = tr("column.promise", lang)
    else:
        acts = hit.type.islower()
        shown = tr_code("act" if acts else kind, hit.type, lang) if kind else ""
    who = ("، " if lang == "ar" else ", ").join(named.label(lang) for named in hit.who[:6])
    day = hit.day or hit.published or ""
    return hit.publisher or "", day, shown, who, hit.id


def _marked(text: str, marks: Iterable[Span], *, flat: bool = False) -> Text:
    """Return a text with marked stretches; ``flat`` shows it on one line."""
    out = Text()
    at = 0

    def add(piece: str, style: str = "") -> None:
        out.append(" ".join(piece.split("\n")) if flat else piece, style=style)

    for mark in marks:
        add(text[at : mark.start])
        add(f"{MARK_START}{text[mark.start : mark.end]}{MARK_END}", _MARKED)
        at = mark.end
    add(text[at:])
    return out


def _describe_facets(facets: Facets, lang: str) -> Iterable[str]:
    kinds = [(tr(f"search.kind.{kind}", lang), count) for kind, count in facets.kinds]
    for key, pairs in (
        ("kinds", kinds),
        ("publishers", facets.publishers),
        ("months", facets.months),
        ("processes", facets.processes),
    ):
        shown = [f"{name} {count:,}" for name, count in list(pairs)[:_MOST]]
        if len(pairs) > _MOST:
            shown.append(f"+{len(pairs) - _MOST}")
        if shown:
            yield f"{tr(f'search.facet.{key}', lang)}: {' · '.join(shown)}"


def _describe_count(page: SearchPage, lang: str) -> str:
    if not page.total:
        return tr("search.none", lang)
    if not page.hits:
        return tr("search.beyond", lang, total=f"{page.total:,}")
    first, last = page.offset + 1, page.offset + len(page.hits)
    return tr("search.count", lang, first=first, last=last, total=f"{page.total:,}")
