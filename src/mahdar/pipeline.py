"""The way through the house: every stage by name, from an article to its reading."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.document import require, text_of
from mahdar.model import Article, Dateline, Reading, Span
from mahdar.text.sentences import split_sentences

VERSION = "0.1.0"
ENGINE = f"mahdar {VERSION}"

COMPONENTS = (
    "mahdar_sentences",
    "mahdar_quotations",
    "mahdar_dates",
    "mahdar_entities",
    "mahdar_instruments",
    "mahdar_statements",
    "mahdar_events",
    "mahdar_commitments",
)
_WITH_PACKS = {"mahdar_entities", "mahdar_instruments", "mahdar_events"}
_WITH_NETWORK = {"mahdar_statements", "mahdar_events"}


def load_engine(packs: Iterable[Path] = (), *, network: bool = True) -> Language:
    """Return the whole engine as a spaCy pipeline.

    Args:
        packs: folders of knowledge packs beside the shipped ones.
        network: ask the network beside the linear models; training does without before it is made.
    Raises:
        KnowledgeError: a pack breaks its schema.
    """
    importlib.import_module("mahdar.extraction.components")  # registers its factories

    folders = [str(pack) for pack in packs]
    nlp = blank_pipeline()
    for name in COMPONENTS:
        config: dict[str, Any] = {"packs": folders} if name in _WITH_PACKS and folders else {}
        if name in _WITH_NETWORK:
            config["network"] = network
        nlp.add_pipe(name, config=config)
    return nlp


def annotate(nlp: Language, article: Article) -> Doc:
    """Return the document of an article with every layer of the pipeline set."""
    doc = nlp.make_doc(article.text)
    doc._.article = article
    return nlp(doc)


def read_article(nlp: Language, article: Article) -> Reading:
    """Return the reading of one article."""
    return assemble_reading(annotate(nlp, article))


def iter_readings(nlp: Language, articles: Iterable[Article]) -> Iterator[Reading]:
    """Yield the readings of articles, one by one, in order; memory does not grow with their number."""
    for article in articles:
        yield read_article(nlp, article)


def assemble_reading(doc: Doc) -> Reading:
    """Return what a fully annotated document says, as a reading.

    Entities that only nominals carry and that nothing refers to are left out.

    Raises:
        MissingAnnotation: a component has not run.
    """
    require(doc, "article", "anchor", "dates", "entities", "instruments", "statements", "events")
    layers = doc._
    used = {e for s in layers.statements for e in (*s.speakers, *s.via, *s.addressees)}
    for event in layers.events:
        used.update(p.entity for p in event.participants)
        used.add(event.place)
        used.update(d.entity for d in event.details)
    for arrangement in layers.arrangements or ():
        used.add(arrangement.place)
        used.update(d.entity for d in arrangement.details)
    used.update(b for c in layers.commitments or () for b in c.by)
    dateline = layers.dateline or Dateline()
    used.update((dateline.place, *dateline.agency))
    return Reading(
        article=layers.article,
        engine=ENGINE,
        anchor=layers.anchor,
        dateline=dateline,
        entities=tuple(
            e for e in layers.entities if e.id in used or any(m.kind == "named" for m in e.mentions)
        ),
        dates=layers.dates,
        statements=layers.statements,
        events=layers.events,
        instruments=layers.instruments,
        commitments=layers.commitments or (),
        naming=layers.naming or (),
        sentences=tuple(Span(start, end) for start, end in split_sentences(text_of(doc))),
        arrangements=layers.arrangements or (),
    )
