"""A document with given entities and dates, for rules that stand on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from spacy.tokens import Doc

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.document import ensure_article
from mahdar.annotation.quotations import find_quotations
from mahdar.model import Anchor, Dateline, Entity, Mention, TimeExpression

NLP = blank_pipeline()
MakeDoc = Callable[..., Doc]


def _entity(text: str, name: str, kind: str, surfaces: Sequence[str]) -> Entity:
    mentions = []
    for surface in surfaces:
        nominal = surface.startswith("~")
        surface = surface.lstrip("~")
        at = text.find(surface)
        while at >= 0:
            mentions.append(Mention(at, at + len(surface), "nominal" if nominal else "named"))
            at = text.find(surface, at + 1)
    mentions.sort(key=lambda m: m.start)
    return Entity(name, kind, tuple(mentions))  # type: ignore[arg-type]


@pytest.fixture
def make_doc() -> MakeDoc:
    """Return a maker of documents: text, entities as (id, type, surfaces; «~» before nominals), dates."""

    def make(
        text: str,
        entities: Sequence[tuple[str, str, Sequence[str]]] = (),
        dates: Sequence[tuple[str, str]] = (),
        anchor: str | None = "2016-05-10",
    ) -> Doc:
        doc = NLP.make_doc(text)
        ensure_article(doc)
        doc._.quotations = find_quotations(doc)
        doc._.entities = tuple(_entity(text, *e) for e in entities)
        doc._.dates = tuple(
            TimeExpression(text.find(q), text.find(q) + len(q), value) for q, value in dates
        )
        doc._.dateline = Dateline()
        doc._.anchor = Anchor(anchor, "metadata")
        doc._.events = ()
        return doc

    return make
