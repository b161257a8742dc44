"""The annotation stage as spaCy components; names begin with ``mahdar_``.

Each component is a thin frame around one pure function, so that rules are tested without spaCy.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from mahdar.annotation.dateline import find_dateline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.annotation.document import WordTokenizer, ensure_article, words_of
from mahdar.annotation.names import find_entities
from mahdar.annotation.quotations import find_quotations
from mahdar.knowledge.load import load_knowledge

Component = Callable[[Doc], Doc]


@registry.tokenizers("mahdar.word_tokenizer.v1")  # type: ignore[untyped-decorator]
def make_word_tokenizer() -> Callable[[Language], WordTokenizer]:
    """Return a maker of tokenizers for spaCy's config."""
    return lambda nlp: WordTokenizer(nlp.vocab)


@Language.factory("mahdar_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> Component:
    """Return the component that gives a document its article, words and sentence starts."""

    def set_sentences(doc: Doc) -> Doc:
        if ensure_article(doc).noise:
            doc._.words = None  # found again without the page furniture
        words = words_of(doc)
        if len(doc) and not doc.has_annotation("SENT_START"):  # another tokenizer made it
            begins = {
                words.start[i]
                for i in range(len(words))
                if i == 0 or words.sentence[i] != words.sentence[i - 1]
            }
            for token in doc:
                token.is_sent_start = token.idx in begins or token.i == 0
        return doc

    return set_sentences


def blank_pipeline() -> Language:
    """Return a blank Arabic spaCy pipeline with Mahdar's tokenizer and no component."""
    nlp = spacy.blank("ar")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = 50_000_000
    return nlp


@Language.factory("mahdar_quotations")
def make_quotations(nlp: Language, name: str) -> Component:
    """Return the component that sets ``doc._.quotations``."""

    def set_quotations(doc: Doc) -> Doc:
        doc._.quotations = find_quotations(doc)
        return doc

    return set_quotations


@Language.factory("mahdar_dates")
def make_dates(nlp: Language, name: str) -> Component:
    """Return the component that sets ``doc._.anchor`` and ``doc._.dates``."""

    def set_dates(doc: Doc) -> Doc:
        doc._.anchor = find_anchor(doc)
        doc._.dates = find_dates(doc)
        return doc

    return set_dates


@Language.factory("mahdar_entities", default_config={"packs": []})
def make_entities(nlp: Language, name: str, packs: list[str]) -> Component:
    """Return the component that sets ``doc._.entities`` and ``doc._.dateline``.

    ``packs`` are folders of knowledge packs beside the shipped ones.
    """
    knowledge = load_knowledge(tuple(Path(pack) for pack in packs))

    def set_entities(doc: Doc) -> Doc:
        doc._.entities = find_entities(doc, knowledge)
        doc._.dateline = find_dateline(doc)
        return doc

    return set_entities
