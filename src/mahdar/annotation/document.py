"""A document: a spaCy ``Doc`` that carries an article and what the stages found in it.

Everything a stage adds hangs on ``doc._`` as a tuple of frozen types from ``mahdar.model``:

======================  =====================================================
``doc._.article``       the ``Article`` (``doc.text == article.text`` always)
``doc._.words``         ``Words``: what the rules walk over; page furniture is not among them
``doc._.anchor``        ``Anchor``
``doc._.quotations``    ``tuple[Quotation, ...]``
``doc._.dates``         ``tuple[TimeExpression, ...]``
``doc._.entities``      ``tuple[Entity, ...]``
``doc._.dateline``      ``Dateline``
``doc._.instruments``   ``tuple[Instrument, ...]``
``doc._.statements``    ``tuple[Statement, ...]``
``doc._.events``        ``tuple[Event, ...]``
``doc._.commitments``   ``tuple[Commitment, ...]``
``doc._.naming``        ``tuple[Naming, ...]``
``doc._.arrangements``  ``tuple[Arrangement, ...]``
``doc._.states``        ``WordStates``: contextual vectors of words, read as they are asked for
======================  =====================================================

``None`` means that the stage has not run. spaCy tokens are Mahdar's words plus white space, so that
token-level tools (matchers, models) work on the same units.
"""

from __future__ import annotations

import hashlib
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from mahdar.errors import MissingAnnotation
from mahdar.model import Article
from mahdar.text.sentences import split_sentences
from mahdar.text.words import Words, find_words

LAYERS = (
    "article",
    "words",
    "anchor",
    "quotations",
    "dates",
    "entities",
    "dateline",
    "instruments",
    "statements",
    "events",
    "commitments",
    "naming",
    "arrangements",
    "states",
)

for _layer in LAYERS:
    if not Doc.has_extension(_layer):
        Doc.set_extension(_layer, default=None)


class WordTokenizer:
    """spaCy tokenizer whose tokens are Mahdar's words, with white space and marks as tokens between."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = find_words(text, split_sentences(text))
        pieces: list[str] = []
        spaces: list[bool] = []
        starts: list[bool | int | None] = []
        at = 0
        before = -1
        for start, end, sentence in zip(words.start, words.end, words.sentence, strict=True):
            if start > at:
                _append_gap(pieces, spaces, starts, text[at:start])
            pieces.append(text[start:end])
            spaces.append(False)
            starts.append(sentence != before)
            at, before = end, sentence
        if at < len(text):
            _append_gap(pieces, spaces, starts, text[at:])
        doc = Doc(self.vocab, words=pieces, spaces=spaces, sent_starts=starts)
        doc._.words = words
        return doc

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return nothing to save: the tokenizer has no state."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> WordTokenizer:
        """Return the tokenizer itself: it has no state."""
        return self

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        """Write nothing: the tokenizer has no state."""

    def from_disk(self, path: Any, **kwargs: Any) -> WordTokenizer:
        """Return the tokenizer itself: it has no state."""
        return self


def _append_gap(
    pieces: list[str], spaces: list[bool], starts: list[bool | int | None], gap: str
) -> None:
    """Add what stands between two words: one blank as the last token's trailing space, else a token."""
    if gap[0] == " " and pieces and not spaces[-1]:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        pieces.append(gap)
        spaces.append(False)
        starts.append(len(pieces) == 1)


def ensure_article(doc: Doc) -> Article:
    """Return the document's article, making a bare one from its text if none was given."""
    article: Article | None = doc._.article
    if article is None:
        text = doc.text
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        article = Article(id=digest[:12], text=text, sha256=digest)
        doc._.article = article
    return article


def text_of(doc: Doc) -> str:
    """Return the document's text; spaCy puts ``doc.text`` together anew at every call."""
    return ensure_article(doc).text


def require(doc: Doc, *layers: str) -> None:
    """Check that earlier stages have run.

    Raises:
        MissingAnnotation: a layer is missing; the message names it.
    """
    for layer in layers:
        if getattr(doc._, layer) is None:
            raise MissingAnnotation(
                f"the document has no {layer}: run the component that sets doc._.{layer} first"
            )


def words_of(doc: Doc) -> Words:
    """Return the document's words, finding them if another tokenizer made the document."""
    words: Words | None = doc._.words
    if words is None:
        text = text_of(doc)
        words = find_words(text, split_sentences(text), noise_of(doc))
        doc._.words = words
    return words


def noise_of(doc: Doc) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of the article's page furniture, in order."""
    return [(span.start, span.end) for span in ensure_article(doc).noise]
