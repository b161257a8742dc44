"""What stands around a word of an article: mentions, dates, statements, all by word index."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mahdar.knowledge.load import Knowledge
from mahdar.model import Entity, Instrument, Span, Statement, TimeExpression
from mahdar.text.words import Words


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention in words: ``[first, last]`` are word indexes, ``[start, end)`` code points."""

    first: int
    last: int
    start: int
    end: int
    entity: Entity
    named: bool


@dataclass(frozen=True, slots=True)
class Time:
    """A time in words: ``[first, last]`` are word indexes, ``value`` is EDTF.

    ``date`` is the first word of the date that it is made of (of two the first); ``made`` tells how.
    """

    first: int
    last: int
    value: str
    date: int
    made: Literal["date", "open", "both"]


# Words to each side that one sentence reaches: longer ones are lists or lost line breaks, and looking
# further would cost the square of their length.
_WINDOW = 80

# Types of events that have names of their own.
_NAMED_EVENTS = frozenset(("NEGOTIATE", "MEET", "AGREE", "CEASEFIRE"))


class Context:
    """The layers of one article, ready to be asked about words.

    ``first_of`` and ``last_of`` bound the sentence of each word, at most ``_WINDOW`` words away.

    ``spots`` are the mentions in reading order; ``at`` gives the widest mention over each word
    (``None`` where there is none); ``speech`` the innermost statement whose content holds the word.
    ``scenes``, ``leading`` (``candidates.py``) and ``times`` (``times.py``) keep what was asked once.
    """

    def __init__(
        self,
        words: Words,
        entities: Sequence[Entity],
        dates: Sequence[TimeExpression],
        statements: Sequence[Statement],
        instruments: Sequence[Instrument],
        noise: Sequence[Span],
        knowledge: Knowledge,
    ) -> None:
        self.words = words
        self.entities = {entity.id: entity for entity in entities}
        self.size = len(words)
        self.demonyms = knowledge.demonyms
        self.by_kb = {e.kb or e.id: e.id for e in entities}
        self.place_kinds: dict[str, str] = {}
        self.actor_kinds: dict[str, str] = {}
        self.countries: dict[str, str] = {}
        for entity in entities:
            key = entity.kb or entity.id
            place = knowledge.places.get(key)
            actor = None if place else knowledge.actors.get(key)
            country = entity.country
            if place is not None:
                self.place_kinds[entity.id] = place.kind
                country = country or place.country
            elif actor is not None:
                self.actor_kinds[entity.id] = actor.kind
                country = country or actor.country
            if country:
                self.countries[entity.id] = country
        self.spots: list[Spot] = []
        self.at: list[Spot | None] = [None] * self.size
        self._place_mentions(entities)
        self.spot_firsts = [spot.first for spot in self.spots]
        self.spots_of: dict[str, list[Spot]] = {}
        for spot in self.spots:
            self.spots_of.setdefault(spot.entity.id, []).append(spot)
        self.dates: list[tuple[int, int, TimeExpression]] = []
        for date in dates:
            where = words.between(date.start, date.end)
            if len(where):
                self.dates.append((where[0], where[-1], date))
        self.dates.sort(key=lambda d: d[0])
        self.date_firsts = [date[0] for date in self.dates]
        self.dated: set[int] = {k for a, b, _ in self.dates for k in range(a, b + 1)}
        self.speech: list[Statement | None] = [None] * self.size
        self.cues: dict[int, Statement] = {}
        self._place_statements(statements)
        self.instrumental = _covered(words, instruments)
        self.scenes: dict[str, bool] = {}
        self.leading: tuple[str, ...] | None = None
        self.times: list[Time] | None = None
        self.signed: dict[int, frozenset[str]] = {}
        self._place_instruments(instruments, knowledge)
        self.noisy = _covered(words, noise)
        self.named = {
            k for spot in self.spots if spot.named for k in range(spot.first, spot.last + 1)
        }
        self.name_heads = {
            spot.first for spot in self.spots if spot.named and spot.last > spot.first
        }
        self.first_of: list[int] = []
        self.last_of: list[int] = []
        self._bound_sentences()

    def _place_mentions(self, entities: Sequence[Entity]) -> None:
        for entity in entities:
            for mention in entity.mentions:
                where = self.words.between(mention.start, mention.end)
                if len(where):
                    self.spots.append(
                        Spot(
                            where[0],
                            where[-1],
                            mention.start,
                            mention.end,
                            entity,
                            mention.kind == "named",
                        )
                    )
        self.spots.sort(key=lambda s: (s.first, -s.last))
        for spot in self.spots:
            for k in range(spot.first, spot.last + 1):
                held = self.at[k]
                if held is None or spot.last - spot.first > held.last - held.first:
                    self.at[k] = spot

    def _place_statements(self, statements: Sequence[Statement]) -> None:
        width = [self.size + 1] * self.size
        for statement in statements:
            for k in self.words.between(statement.cue.start, statement.cue.end):
                self.cues.setdefault(k, statement)
            for span in statement.content:
                where = self.words.between(span.start, span.end)
                for k in where:
                    if len(where) < width[k]:
                        width[k] = len(where)
                        self.speech[k] = statement

    def _place_instruments(self, instruments: Sequence[Instrument], knowledge: Knowledge) -> None:
        """Set ``signed``: word of a known instrument's name -> the article's entities party to it."""
        for instrument in instruments:
            record = knowledge.instruments.get(instrument.id)
            if record is None or not record.parties:
                continue
            parties = frozenset(self.by_kb[p] for p in record.parties if p in self.by_kb)
            if parties:
                for k in self.words.between(instrument.start, instrument.end):
                    self.signed[k] = parties

    def _bound_sentences(self) -> None:
        sentence = self.words.sentence
        start = 0
        self.first_of = [0] * self.size
        self.last_of = [0] * self.size
        for k in range(self.size):
            if k and sentence[k] != sentence[k - 1]:
                start = k
            self.first_of[k] = max(start, k - _WINDOW)
        end = self.size - 1
        for k in range(self.size - 1, -1, -1):
            if k + 1 < self.size and sentence[k] != sentence[k + 1]:
                end = k
            self.last_of[k] = min(end, k + _WINDOW)

    def is_silent(self, word: int, kind: str) -> bool:
        """Tell whether a word can name no event: one of the page, or of a name («قوات الدعم السريع»),
        unless it heads the name of a gathering or a deal («ملتقى الحوار السياسي»)."""
        if word in self.noisy:
            return True
        if word not in self.named:
            return False
        return word not in self.name_heads or kind not in _NAMED_EVENTS

    def meant(self, entity: Entity) -> tuple[str, ...]:
        """Return the ids that a mention of an entity stands for: of a joint nominal («الطرفان») its
        members, where they are known, else the entity itself."""
        members = tuple(m for m in entity.members if m in self.entities)
        return members or (entity.id,)

    def spots_between(self, first: int, last: int) -> list[Spot]:
        """Return the mentions whose first word lies in ``[first, last]``, in reading order."""
        out = []
        for at in range(bisect_right(self.spot_firsts, first - 1), len(self.spots)):
            spot = self.spots[at]
            if spot.first > last:
                break
            out.append(spot)
        return out

    def dates_between(self, first: int, last: int) -> list[tuple[int, int, TimeExpression]]:
        """Return the dates whose first word lies in ``[first, last]``."""
        low = bisect_left(self.date_firsts, first)
        return self.dates[low : bisect_right(self.date_firsts, last)]

    def demonym(self, word: int) -> str | None:
        """Return the entity that an adjective of nationality stands for, if the article has it."""
        if not self.demonyms or not 0 <= word < self.size:
            return None
        norm = self.words.norm[word]
        for start in ("ال", "وال", "لل", ""):
            if norm.startswith(start):
                place = self.demonyms.get(norm[len(start) :])
                if place is not None:
                    return self.by_kb.get(place)
        return None


def _covered(words: Words, spans: Sequence[Span] | Sequence[Instrument]) -> set[int]:
    return {k for span in spans for k in words.between(span.start, span.end)}
