"""An article as the name rules walk over it: words, their classes, pack names, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from mahdar.annotation.names.wordclasses import NameLexicon, WordClass
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.index import NameMatch
from mahdar.knowledge.records import Actor, Place
from mahdar.model import EntityType
from mahdar.text.normalize import surface_offset
from mahdar.text.words import Words

OPENING = frozenset("«“\"″„'‘({[")
CLOSING = frozenset("»”\"″”'’)}]")
QUOTES = frozenset("«»“”\"″„'‘’")

Rule = Literal["pack", "weak", "body", "title", "name", "place", "tagger", "short", "alias"]


@dataclass(slots=True)
class Found:
    """A named mention: words ``first`` to ``last``, code points ``[start, end)``.

    ``ids`` are pack ids it may mean, best first; ``head`` the body or place noun it opens with;
    ``country`` the id of the state its adjective or complement names.
    """

    first: int
    last: int
    start: int
    end: int
    type: EntityType
    ids: tuple[str, ...] = ()
    rule: Rule = "pack"
    score: float = 1.0
    head: str = ""
    country: str = ""


@dataclass(slots=True)
class Phrase:
    """A nominal mention: a noun phrase that refers without naming.

    ``lemma`` is its head noun without article; ``kind`` of the role or group; ``title`` a post of
    the packs; ``of`` ids of the states and bodies it names; ``country`` a state id from an adjective;
    ``second`` the state of a second adjective («الجانبان الروسي والأمريكي»).
    """

    first: int
    last: int
    start: int
    end: int
    type: EntityType
    lemma: str
    kind: str
    number: str = "one"
    feminine: bool = False
    definite: bool = True
    owned: bool = False
    title: str = ""
    of: tuple[str, ...] = ()
    country: str = ""
    second: str = ""
    former: bool = False
    key: str = ""

    @property
    def field(self) -> str:
        """What the head noun is of: the phrase in normal form without its first word."""
        return self.key.partition(" ")[2]


@dataclass(slots=True)
class View:
    """The columns the rules walk over; ``match`` gives the pack name that begins at a word."""

    text: str
    words: Words
    classes: list[WordClass]
    knowledge: Knowledge
    lexicon: NameLexicon
    match: dict[int, NameMatch] = field(default_factory=dict)
    inside: dict[int, NameMatch] = field(default_factory=dict)
    named: dict[int, Found] = field(default_factory=dict)
    """First word -> named mention, once names are decided."""

    def __len__(self) -> int:
        return len(self.classes)

    def start(self, at: int) -> int:
        """Return where word ``at`` begins past its proclitics."""
        cut = self.classes[at].cut
        begin = self.words.start[at]
        return begin + surface_offset(self.words.text[at], cut) if cut else begin

    def name_at(self, at: int) -> tuple[int, str, str] | None:
        """Return (last word, type, pack id or empty) of the name that begins at a word."""
        named = self.named.get(at)
        if named is not None:
            return named.last, named.type, named.ids[0] if named.ids else ""
        match = self.match.get(at)
        if match is None or match.weak or self.named:
            return None
        type_ = self.type_of(match.ids[0])
        return (match.last, type_, match.ids[0]) if type_ else None

    def joined(self, at: int) -> bool:
        """Tell whether word ``at`` and the next stand in one sentence."""
        return at + 1 < len(self.classes) and (
            self.words.sentence[at] == self.words.sentence[at + 1]
        )

    def feminine(self, at: int) -> bool:
        """Tell whether a word's own last letter is «ة» (the normal form folds it with «ه»)."""
        return self.words.text[at].rstrip("ًٌٍَُِّْـ").endswith("ة")

    def type_of(self, id_: str) -> EntityType | None:
        """Return the type of a pack record; ``None`` for instruments and processes."""
        record = self.knowledge.record(id_)
        if isinstance(record, Actor):
            return record.type
        return "LOC" if isinstance(record, Place) else None

    def body_of(self, state: str, suffix: str) -> str:
        """Return the id of a state's body: of the pack record that bears its usual name, else made."""
        actor = self.knowledge.body(state, suffix)
        for id_ in self.knowledge.lookup(actor.names["ar"][0]):
            if self.type_of(id_) == "ORG":
                return id_
        return actor.id

    def country_of(self, id_: str) -> str:
        """Return the ISO code of a record's country, empty when unknown."""
        record = self.knowledge.record(id_)
        if isinstance(record, Actor | Place):
            return record.country or ""
        return ""

    def norm_of(self, first: int, last: int) -> str:
        """Return words ``first`` to ``last`` in normal form, the first past its proclitics."""
        rest = [n for n in self.words.norm[first + 1 : last + 1] if n and n not in QUOTES]
        return " ".join((self.classes[first].base, *rest))


def _join_adjectives(view: View) -> None:
    """Give both words of «الكورية الشمالية» the state that they mean together."""
    for at, word in enumerate(view.classes[:-1]):
        after = view.classes[at + 1]
        if not word.demonym or after.cut or after.definite != word.definite:
            continue
        both = f"{word.base.removeprefix('ال')} {after.base.removeprefix('ال')}"
        state = view.knowledge.demonyms.get(both)
        if state is not None and view.joined(at):
            view.classes[at] = replace(word, demonym=state)
            view.classes[at + 1] = replace(after, demonym=state, adjective="")


def make_view(text: str, words: Words, knowledge: Knowledge, lexicon: NameLexicon) -> View:
    """Return the view of an article, with its pack names looked up."""
    describe = lexicon.describe
    view = View(text, words, [describe(norm) for norm in words.norm], knowledge, lexicon)
    _join_adjectives(view)
    for found in knowledge.find_names(words, weak=True):
        view.match[found.first] = found
        for at in range(found.first, found.last + 1):
            view.inside[at] = found
    return view
