"""The knowledge of all loaded packs, and the questions it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from mahdar.knowledge.index import NameIndex, NameMatch
from mahdar.knowledge.posts import Holders, holds, title_slugs
from mahdar.knowledge.records import Actor, Ambiguity, InstrumentRecord, Pack, Place, Process
from mahdar.knowledge.spelling import name_units, skeleton, surname_of
from mahdar.knowledge.vocabulary import BODIES
from mahdar.lexicon.tables import load_table
from mahdar.text.normalize import normalize_text
from mahdar.text.words import Words

Record = Actor | Place | InstrumentRecord | Process
# Foreign surnames shorter than this in consonants are not matched loosely: «كوتون» would be «قوتنا».
_SURNAME_BONES = 4
_HEADS = {"president": "leader", "leader": "president"}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All loaded packs. Ids are unique across actors, places and instruments."""

    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    instruments: dict[str, InstrumentRecord] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    demonyms: dict[str, str] = field(default_factory=dict)
    """Adjective of nationality in normal form, every gender and number, without «ال» -> place id."""
    surnames: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Surname in normal form (units joined by blanks) -> ids of the persons who may be meant."""
    capital_of: dict[str, str] = field(default_factory=dict)
    """Id of a capital -> id of its country."""
    states: dict[str, str] = field(default_factory=dict)
    """ISO 3166-1 alpha-2 code -> id of the country or territory."""
    packs: tuple[Pack, ...] = ()
    ambiguities: dict[str, Ambiguity] = field(default_factory=dict)
    """Name in normal form -> the rule that decides between the records that share it."""
    index: NameIndex = field(default_factory=NameIndex)
    posts: Holders = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=title_slugs)

    def find_names(self, words: Words, *, weak: bool = False) -> list[NameMatch]:
        """Return the longest pack names in a text, left to right, without overlaps.

        Args:
            words: the words of a text.
            weak: also give names that mean a record only in context, marked as weak.
        """
        return self.index.find(words, weak=weak)

    def lookup(self, name: str) -> tuple[str, ...]:
        """Return the ids a whole name stands for, in any spelling; empty if none."""
        return self.index.lookup(name)

    def find_person(self, name: str) -> tuple[str, ...]:
        """Return ids of the persons a full name may mean: as listed, transliterated otherwise, or
        with fathers' names added or left out («عادل بن أحمد الجبير»).

        Fewer than two units, or nothing found, gives none; several are namesakes.
        """
        units = name_units(name)
        exact = tuple(i for i in self.index.lookup(name) if i in self.actors)
        if exact or len(units) < 2:
            return exact
        loose = self.index.loose.get(tuple(map(skeleton, units)))
        if loose:
            return loose
        whole = set(units)
        return tuple(
            id_
            for id_ in self.by_surname(" ".join(surname_of(units)))
            if any(
                (known := name_units(spelling))[0] == units[0]
                and len(known) > 1
                and (whole.issuperset(known) or whole.issubset(known))
                for spelling in self.actors[id_].names.get("ar", ())
            )
        )

    def by_surname(self, surname: str) -> tuple[str, ...]:
        """Return ids of the persons a surname may mean; foreign ones in any transliteration."""
        key = " ".join(name_units(surname))
        known = self.surnames.get(key)
        if known is not None:
            return known
        bones = skeleton(key)
        return self.surnames.get("~" + bones, ()) if len(bones) >= _SURNAME_BONES else ()

    def holders(self, title: str, of: str, date: str | None) -> tuple[str, ...]:
        """Return ids of the actors who held a post on an EDTF date (any date if ``None``).

        ``title`` is a title of the packs or its Arabic words; ``of`` the id of the state or body.
        For the head of a body ``president`` and ``leader`` are one.
        The latest to begin comes first; a date at a change of office gives both.
        """
        slug = self.titles.get(normalize_text(title)[0], title)
        held = self.posts.get((slug, of), ())
        if not held and of in self.actors:  # a party's «رئيس» is its «زعيم»
            held = self.posts.get((_HEADS.get(slug, slug), of), ())
        return tuple(dict.fromkeys(id_ for post, id_ in held if holds(post, date)))

    def body(self, state: str, suffix: str) -> Actor:
        """Return a body of a state, from a pack or made: ``body("russia", "mfa")``.

        Args:
            state: id of a country or territory.
            suffix: ``mfa``, ``mod``, ``moi``, ``government``, ``parliament``, ``presidency``, ``army``.
        Raises:
            KeyError: no such suffix, or no such state.
        """
        id_ = _body_ids().get((state, suffix), f"{state}-{suffix}")
        known = self.actors.get(id_)
        if known is not None:
            return known
        place = self.places[state]
        noun = BODIES[suffix]
        name = f"{noun} - {(*place.names.get('ar', ()), state)[0]}"
        if place.demonyms:
            name = _with_adjective(noun, place.demonyms[0], feminine=suffix != "army")
        if suffix in ("parliament", "army") and place.demonyms:
            name = f"{noun} ال{place.demonyms[0]}"
        english = f"{place.names['en'][0]} {suffix}" if "en" in place.names else id_
        kind = {"mfa": "ministry", "mod": "ministry", "moi": "ministry"}.get(suffix, suffix)
        return Actor(id_, "ORG", kind, {"ar": (name,), "en": (english,)}, country=place.country)

    def government_of(self, place: str) -> Actor | None:
        """Return the government a capital or country stands for («موسكو»), ``None`` for other places."""
        state = self.capital_of.get(place, place)
        known = self.places.get(state)
        if known is None or known.kind not in ("country", "territory"):
            return None
        return self.body(state, "government")

    def record(self, id_: str) -> Record | None:
        """Return the record with an id, of whatever kind; bodies of states are made."""
        known = (
            self.actors.get(id_)
            or self.places.get(id_)
            or self.instruments.get(id_)
            or self.processes.get(id_)
        )
        if known is None:
            state, _, suffix = id_.rpartition("-")
            if suffix in BODIES and state in self.places:
                return self.body(state, suffix)
        return known


@cache
def _body_ids() -> dict[tuple[str, str], str]:
    """Return (state, suffix) -> id of the bodies that are not called ``<state>-<suffix>``."""
    return {(row["state"], row["suffix"]): row["id"] for row in load_table("state_bodies")}


def _with_adjective(noun: str, demonym: str, *, feminine: bool) -> str:
    words = demonym.split()
    ending = "ة" if feminine else ""
    return f"{noun} " + " ".join(f"ال{word}{ending}" for word in words)
