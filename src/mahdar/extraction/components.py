"""The extraction stage as spaCy components; names begin with ``mahdar_``."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from mahdar.annotation.components import Component
from mahdar.annotation.document import text_of
from mahdar.annotation.encoder import states_of
from mahdar.extraction.commitments import find_commitments
from mahdar.extraction.details import add_details, assign_tracks, find_arrangements, tell_uses
from mahdar.extraction.events.find import make_context, published_day, read_events
from mahdar.extraction.events.models import load_models
from mahdar.extraction.events.processes import ProcessHints
from mahdar.extraction.instruments import find_instruments
from mahdar.extraction.links import link_settings
from mahdar.extraction.naming import find_naming
from mahdar.extraction.statements import read_statements
from mahdar.knowledge.load import load_knowledge
from mahdar.model import Span
from mahdar.text.sentences import split_sentences


@Language.factory("mahdar_instruments", default_config={"packs": []})
def make_instruments(nlp: Language, name: str, packs: list[str]) -> Component:
    """Return the component that sets ``doc._.instruments``."""
    knowledge = load_knowledge(tuple(Path(pack) for pack in packs))

    def set_instruments(doc: Doc) -> Doc:
        doc._.instruments = find_instruments(doc, knowledge)
        return doc

    return set_instruments


@Language.factory("mahdar_statements", default_config={"network": True})
def make_statements(nlp: Language, name: str, network: bool) -> Component:
    """Return the component that sets ``doc._.statements`` and ``doc._.naming``.

    It adds the speakers that have no name to ``doc._.entities``. Without ``network`` only the linear
    models are asked, as before a network is trained.
    """

    def set_statements(doc: Doc) -> Doc:
        states = states_of(doc) if network else None
        doc._.entities, doc._.statements = read_statements(doc, states)
        doc._.naming = find_naming(doc)
        return doc

    return set_statements


@Language.factory("mahdar_events", default_config={"packs": [], "network": True})
def make_events(nlp: Language, name: str, packs: list[str], network: bool) -> Component:
    """Return the component that sets ``doc._.events`` with their details, ``doc._.arrangements``, what is
    done with instruments, and the events that statements were made at.

    Without ``network`` only the linear models are asked, as before a network is trained.
    """
    knowledge = load_knowledge(tuple(Path(pack) for pack in packs))

    def set_events(doc: Doc) -> Doc:
        context = make_context(doc, knowledge)
        instruments = doc._.instruments or ()
        hints = ProcessHints(context, knowledge, instruments)
        states = states_of(doc) if network else None
        events = read_events(context, load_models(), published_day(doc), hints, states)
        detailed = add_details(context, events, instruments)
        doc._.events = assign_tracks(context, detailed, knowledge)
        doc._.arrangements = find_arrangements(context, hints, instruments)
        if instruments:
            doc._.instruments = tell_uses(context, instruments)
        if doc._.statements and doc._.events:
            sentences = [Span(start, end) for start, end in split_sentences(text_of(doc))]
            doc._.statements = link_settings(doc._.statements, doc._.events, sentences)
        return doc

    return set_events


@Language.factory("mahdar_commitments")
def make_commitments(nlp: Language, name: str) -> Component:
    """Return the component that sets ``doc._.commitments``."""

    def set_commitments(doc: Doc) -> Doc:
        doc._.commitments = find_commitments(doc)
        return doc

    return set_commitments
