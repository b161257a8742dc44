"""The sources of a sentence: which tellings are cited, and with which of their words."""

from __future__ import annotations

from collections.abc import Iterable

from mahdar.export.brief.model import Cited, Note, Request
from mahdar.export.brief.words import clip, name_time, put_digits
from mahdar.views import EntryDetail, EntryRow, Evidence, Quote, describe_chain

_MOST_WORDS, _MOST_TITLE, _MOST_SOURCES = 120, 50, 4
_SHORT_QUOTE = 30
"""Words fewer than so many characters say nothing by themselves."""
_TELLING = ("trigger", "cue", "content")


def make_note(detail: EntryDetail, request: Request) -> Note:
    """Return the sources of an entry: the plainest telling of each independent origin."""
    origins: set[int] = set()
    papers: set[str] = set()
    chosen: list[Evidence] = []
    for evidence in sorted(detail.evidence, key=lambda e: _plainness(detail.entry, e)):
        if evidence.origin not in origins and evidence.article not in papers:
            origins.add(evidence.origin)
            papers.add(evidence.article)
            chosen.append(evidence)
    chosen = chosen[:_MOST_SOURCES]
    articles = {evidence.article for evidence in detail.evidence}
    cited = tuple(_cite(evidence, request) for evidence in chosen)
    return Note(0, detail.entry.id, cited, len(articles) - len(chosen))


def join_notes(note: Note, other: Note) -> Note:
    """Return the sources of a sentence that sets one entry against another."""
    return Note(
        note.number,
        f"{note.entry} {other.entry}",
        (*note.cited[:1], *other.cited[:1], *note.cited[1:], *other.cited[1:]),
        note.more + other.more,
    )


def note_quotes(key: str, quotes: Iterable[Quote], request: Request) -> Note:
    """Return the articles that name something, one of each paper, as a note."""
    told = list(quotes)
    by_paper = {quote.publisher or quote.article: quote for quote in reversed(told)}
    ranked = sorted(by_paper.values(), key=lambda q: (len(q.text) < _SHORT_QUOTE, len(q.text)))
    chosen = ranked[:_MOST_SOURCES]
    articles = {quote.article for quote in told}
    cited = tuple(_cite_quote(quote, request) for quote in chosen)
    return Note(0, key, cited, len(articles) - len(chosen))


def _cite(evidence: Evidence, request: Request) -> Cited:
    lang = request.lang
    return Cited(
        paper=evidence.publisher or evidence.article,
        day=put_digits(name_time(evidence.published, lang), request.digits),
        title=clip(evidence.title or "", _MOST_TITLE),
        words=exact_words(evidence, _MOST_WORDS),
        chain=describe_chain(evidence, lang) if evidence.chain or evidence.agencies else "",
        url=_safe(evidence.url),
    )


def _cite_quote(quote: Quote, request: Request) -> Cited:
    starts = [start - quote.start for role, start, _ in quote.spans if role == "instrument"]
    start = min((s for s in starts if s >= 0), default=0)
    cut = quote.text.rfind(" ", 0, start - _MOST_WORDS // 2) + 1 if start > _MOST_WORDS else 0
    links = [quote.publisher or quote.article, *(r.label(request.lang) for r in quote.chain)]
    return Cited(
        paper=links[0],
        day=put_digits(name_time(quote.published, request.lang), request.digits),
        title=clip(quote.title or "", _MOST_TITLE),
        words=clip(quote.text, _MOST_WORDS, cut),
        chain=" ← ".join(links) if quote.chain else "",
        url=_safe(quote.url),
    )


def _safe(url: str | None) -> str | None:
    """Return an address to link to; ``None`` for one that is no web page's."""
    return url if url and url.startswith(("http://", "https://")) else None


def exact_words(evidence: Evidence, most: int) -> str:
    """Return the first words of what tells a claim: of the content of a statement, else of the sentence."""
    content = next((m for m in evidence.marks if m.role == "content"), None)
    if content is not None and content.end - content.start >= _SHORT_QUOTE:
        return clip(evidence.text[content.start : content.end], most)
    start = min((m.start for m in evidence.marks if m.role in _TELLING), default=0)
    if start < most - 25:
        return clip(evidence.text, most)
    return clip(evidence.text, most, evidence.text.rfind(" ", 0, start - most // 2) + 1)


def _plainness(entry: EntryRow, evidence: Evidence) -> tuple[int, int]:
    """Return the sort key of a telling: first those that give the entry's own values, then the shortest."""
    agrees = (
        (evidence.time is not None and evidence.time == entry.time)
        + (evidence.modality == entry.modality)
        + (evidence.killed is not None and str(evidence.killed) == entry.best("killed"))
        - (len(evidence.text) < _SHORT_QUOTE)
    )
    return -agrees, len(evidence.text)
