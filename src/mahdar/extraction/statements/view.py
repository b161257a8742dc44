"""A document as the statement rules walk over it: columns by word, made once per article."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from mahdar.annotation.document import ensure_article, require, text_of, words_of
from mahdar.model import Dateline, Entity, Quotation, Span
from mahdar.text.words import Words


@dataclass(frozen=True, slots=True)
class MentionAt:
    """A mention by word numbers, ends included; ``entity`` is an id."""

    first: int
    last: int
    entity: str
    type: str
    named: bool


# Rules look back this far inside one sentence: longer ones are lists or broken pages, and looking
# through them whole for each cue would take quadratic time.
_FARTHEST_BACK_WORDS = 120


@dataclass(frozen=True, slots=True)
class View:
    """Columns of one article. Word numbers everywhere; ``-1`` stands for none.

    ``mention``: number of the longest mention over a word. ``quote``: number of the innermost
    quoted speech around a word. ``opens``: number of the quotation (speech or not) that begins at
    a word. ``dated``: the word belongs to a time expression. ``line``: number of the text line.
    ``sentence_first`` and ``sentence_end``: first and last word of the word's sentence.
    """

    text: str
    words: Words
    mentions: list[MentionAt]
    mention: list[int]
    quotations: tuple[Quotation, ...]
    quote_words: list[tuple[int, int]]
    quote: list[int]
    opens: list[int]
    dated: list[bool]
    line: list[int]
    sentence_first: list[int]
    sentence_end: list[int]
    skipped: list[bool]
    entities: dict[str, Entity]
    dateline: Dateline

    def __len__(self) -> int:
        return len(self.words.norm)

    def span(self, first: int, last: int) -> Span:
        """Return the characters from one word to another, both included."""
        return Span(self.words.start[first], self.words.end[last])

    def clause_start(self, word: int) -> int:
        """Return where the sentence of a word begins, or the farthest word that rules look back to."""
        return max(self.sentence_first[word], word - _FARTHEST_BACK_WORDS)

    def mention_over(self, word: int) -> MentionAt | None:
        """Return the longest mention over a word, ``None`` too outside the article."""
        number = self.mention[word] if 0 <= word < len(self.mention) else -1
        return self.mentions[number] if number >= 0 else None


def make_view(doc: Doc, entities: tuple[Entity, ...] | None = None) -> View:
    """Return the columns of a document.

    Args:
        doc: the document.
        entities: other entities than its own.
    Raises:
        MissingAnnotation: the document has no quotations, dates or entities.
    """
    require(doc, "quotations", "dates", "entities")
    if entities is None:
        entities = doc._.entities
    words = words_of(doc)
    count = len(words)
    text = text_of(doc)
    mentions: list[MentionAt] = []
    mention = [-1] * count
    spans = sorted(
        (m.start, -m.end, e.id, e.type, m.kind == "named") for e in entities for m in e.mentions
    )
    for start, minus_end, entity, kind, named in spans:
        first, last = words.at(start), words.at(-minus_end - 1)
        if first < 0 or last < first or mention[first] >= 0:
            continue
        for word in range(first, last + 1):
            if mention[word] < 0:
                mention[word] = len(mentions)
        mentions.append(MentionAt(first, last, entity, kind, named))

    quotations: tuple[Quotation, ...] = doc._.quotations
    quote_words: list[tuple[int, int]] = []
    quote = [-1] * count
    opens = [-1] * count
    for number, quotation in enumerate(quotations):
        inside = words.between(quotation.start, quotation.end)
        if not inside:
            quote_words.append((-1, -2))
            continue
        quote_words.append((inside[0], inside[-1]))
        if opens[inside[0]] < 0:
            opens[inside[0]] = number
        if quotation.speech:
            for word in inside:
                quote[word] = number

    dated = [False] * count
    for date in doc._.dates:
        for word in words.between(date.start, date.end):
            dated[word] = True
    skipped = [False] * count
    for noise in ensure_article(doc).noise:
        for word in words.between(noise.start, noise.end):
            skipped[word] = True

    line = [0] * count
    sentence_end = [0] * count
    number = 0
    for word in range(1, count):
        if (
            words.sentence[word] != words.sentence[word - 1]
            and text.find("\n", words.end[word - 1], words.start[word]) >= 0
        ):
            number += 1
        line[word] = number
    sentence_first = [0] * count
    for word in range(1, count):
        same = words.sentence[word] == words.sentence[word - 1]
        sentence_first[word] = sentence_first[word - 1] if same else word
    end = count - 1
    for word in range(count - 1, -1, -1):
        if word + 1 < count and words.sentence[word] != words.sentence[word + 1]:
            end = word
        sentence_end[word] = end
    return View(
        text,
        words,
        mentions,
        mention,
        quotations,
        quote_words,
        quote,
        opens,
        dated,
        line,
        sentence_first,
        sentence_end,
        skipped,
        {entity.id: entity for entity in entities},
        doc._.dateline or Dateline(),
    )


def is_cut(view: View, mention: MentionAt) -> bool:
    """Tell whether a proclitic is attached to a mention's first word and left out of its span."""
    start, end = view.words.start[mention.first], view.words.end[mention.first]
    return any(start < m.start < end for m in view.entities[mention.entity].mentions)


def is_cut_at(view: View, word: int) -> bool:
    """Tell whether the mention that begins in a word leaves a proclitic out."""
    quote = view.mention[word]
    if quote < 0:
        return False
    entity = view.entities[view.mentions[quote].entity]
    return any(
        view.words.start[word] < mention.start < view.words.end[word] for mention in entity.mentions
    )
