"""The reading desk: an article with every marked span, its claims beside it, its copies compared."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass
from typing import Annotated

from fastapi import Path, Query

from mahdar.export.marking import Mark
from mahdar.text.differences import Change, compare_texts
from mahdar.views import Ref
from mahdar.views.articles import ArticleClaim, ArticleDetail, ArticleRow, load_article, load_text
from mahdar.web.finding import or_missing
from mahdar.web.visitor import HouseDep

LAYERS = ("entity", "date", "statement", "event", "instrument", "naming", "commitment", "noise")
"""Layers that can be shown and hidden, in the order of their keys 1 to 8."""
TERMS = ("instrument", "naming")
"""Kinds of claim that only say what something is called: shown folded, after what is claimed."""
_LAYER_OF = {"arrangement": "instrument"}
"""Bodies, zones and lists are marked as documents are: what they are is in the card."""


@dataclass(frozen=True, slots=True)
class DeskEntity:
    """An entity of the article: who it is in the record, and how often it is mentioned."""

    id: str
    ref: Ref
    type: str
    mentions: int
    source: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The article beside a copy: what both say, what only one of them does."""

    other: ArticleRow
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class DeskData:
    """What the reading desk shows. ``marks`` name the claim's uid or the entity's id in ``ref``."""

    row: ArticleRow
    text: str
    engine: str
    anchor: str | None
    anchor_basis: str
    origin: str | None
    author: str | None
    claims: tuple[ArticleClaim, ...]
    entities: tuple[DeskEntity, ...]
    marks: tuple[Mark, ...]
    copies: tuple[ArticleRow, ...]
    comparison: Comparison | None
    earlier: str | None
    later: str | None
    layers: tuple[str, ...] = LAYERS
    terms: tuple[str, ...] = TERMS


def load_desk(
    house: HouseDep,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{8,64}$")],
    compare: Annotated[str | None, Query(pattern="^[0-9a-f]{8,64}$")] = None,
) -> DeskData:
    """One article with its marked spans, claims and copies."""
    with or_missing("article"):
        detail = load_article(house.record, sha256)
        beside = load_text(house.record, compare) if compare else None
    article = detail.reading.article
    return DeskData(
        row=detail.row,
        text=article.text,
        engine=detail.reading.engine,
        anchor=detail.reading.anchor.edtf,
        anchor_basis=detail.reading.anchor.basis,
        origin=article.origin,
        author=article.author,
        claims=detail.claims,
        entities=_entities(detail),
        marks=tuple(_marks(detail)),
        copies=detail.copies,
        comparison=Comparison(beside[0], tuple(compare_texts(article.text, beside[1])))
        if beside
        else None,
        earlier=detail.earlier,
        later=detail.later,
    )


def _entities(detail: ArticleDetail) -> tuple[DeskEntity, ...]:
    text = detail.reading.article.text
    out = []
    for entity in detail.reading.entities:
        key = entity.kb or entity.key
        words = next((text[m.start : m.end] for m in entity.mentions), entity.id)
        ref = detail.keys.get(key, Ref(""))
        if not ref.ar and not ref.en:
            ref = Ref("", words, "", entity.type)
        out.append(DeskEntity(entity.id, ref, entity.type, len(entity.mentions), entity.source))
    return tuple(out)


def _marks(detail: ArticleDetail) -> list[Mark]:
    """Return every span to mark; layers as the style sheet names them."""
    reading = detail.reading
    marks = [
        Mark(m.start, m.end, f"entity {entity.type.lower()} {m.kind}", entity.id)
        for entity in reading.entities
        for m in entity.mentions
    ]
    marks += [
        Mark(date.start, date.end, "date", f"d{number}", date.value)
        for number, date in enumerate(reading.dates, start=1)
    ]
    marks += [
        Mark(span.start, span.end, f"{_LAYER_OF.get(claim.kind, claim.kind)} {role}", claim.uid)
        for claim in detail.claims
        for role, span in claim.spans
    ]
    marks += [Mark(span.start, span.end, "noise", "noise") for span in reading.noise]
    return marks
