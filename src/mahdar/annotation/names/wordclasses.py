"""What the names lexicon knows about a word: roles, titles, bodies, given names and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mahdar.annotation.names.inflect import NounForm, iter_forms
from mahdar.knowledge import demonyms
from mahdar.lexicon.tables import load_table
from mahdar.text.clitics import proclitic_splits

_MEMO = 100_000  # word forms remembered; a year of press has about 300,000
_IMPERFECT = ("ي", "ت", "سي", "ست", "سن")
_VERB_MIN = 4
_ENDINGS = ("ين", "ان", "ون", "ات", "تين", "تان", "ها", "هم", "نا", "وا", "تا", "ه", "ا", "ت")


@dataclass(frozen=True, slots=True)
class Role:
    """A form of a role noun: «رئيس» of «للرئيس»."""

    lemma: str
    kind: str
    form: NounForm


@dataclass(frozen=True, slots=True)
class Body:
    """A noun that opens an organisation's name."""

    noun: str
    kind: str
    span: str
    state: bool


@dataclass(frozen=True, slots=True)
class PlaceNoun:
    """A noun before or at the head of a place's name."""

    noun: str
    kind: str
    inside: bool


@dataclass(frozen=True, slots=True)
class WordClass:
    """A word as the name rules see it.

    ``cut`` is the number of folded proclitic characters before ``base``; ``letters`` are those
    characters. ``given`` and ``family`` are shares of a hundred (0: never seen in a name).
    """

    norm: str
    base: str
    cut: int = 0
    letters: str = ""
    definite: bool = False
    stop: bool = False
    role: Role | None = None
    title: str = ""
    body: Body | None = None
    place: PlaceNoun | None = None
    group: str = ""
    demonym: str = ""
    adjective: str = ""
    given: int = 0
    family: int = 0
    common: bool = False
    verbal: bool = False
    word: bool = True

    @property
    def plain(self) -> bool:
        """Whether the word may be part of a name that no table knows."""
        return (
            self.word
            and not self.common
            and not self.stop
            and not self.verbal
            and self.role is None
            and self.body is None
            and not self.title
            and not self.demonym
            and not self.adjective
        )


class NameLexicon:
    """The tables ``names_*`` in one look-up, with the packs' adjectives of nationality."""

    def __init__(self, demonyms: Mapping[str, str]) -> None:
        self.demonyms = demonyms
        self.roles = _load_roles()
        self.titles = {row["form"]: row["kind"] for row in load_table("names_titles")}
        self.bodies = {
            row["form"]: Body(row["form"], row["kind"], row["span"], row["state"] == "yes")
            for row in load_table("names_bodies")
        }
        self.places = {
            row["form"]: PlaceNoun(row["form"], row["kind"], row["span"] == "inside")
            for row in load_table("names_places")
        }
        self.groups = {row["form"]: row["kind"] for row in load_table("names_groups")}
        self.adjectives = {row["form"]: row["use"] for row in load_table("names_adjectives")}
        self.given = {row["form"]: int(row["share"]) for row in load_table("names_given")}
        self.family = {row["form"]: int(row["share"]) for row in load_table("names_family")}
        self.common = {row["form"] for row in load_table("names_common")}
        self.stops = {row["form"] for row in load_table("names_stops")}
        self.ambiguous = {row["form"]: row["need"] for row in load_table("names_ambiguous")}
        self._memo: dict[str, WordClass] = {}

    def describe(self, norm: str) -> WordClass:
        """Return what a word in normal form is, past the proclitics that make most sense."""
        known = self._memo.get(norm)
        if known is None:
            if len(self._memo) > _MEMO:
                self._memo.clear()
            known = self._memo[norm] = self._classify(norm)
        return known

    def _classify(self, norm: str) -> WordClass:
        if not norm or not norm[0].isalpha():
            return WordClass(norm, norm, word=False)
        splits = proclitic_splits(norm)
        if norm in self.stops:
            return WordClass(norm, norm, stop=True, adjective=self.adjectives.get(norm, ""))
        for cut, base in splits:
            found = self._known(norm, cut, base)
            if found is not None:
                return found
        common = any(base in self.common for _, base in splits)
        if not common and self._inflected(splits):
            common = True
            cut, base = _bare_definite(splits)
        elif common:
            # Prefer the reading without proclitics; with one, the shortest common rest.
            cut, base = next((c, b) for c, b in splits if b in self.common)
        else:
            cut, base = _bare_definite(splits)
        return WordClass(
            norm,
            base,
            cut,
            norm[:cut],
            definite=base.startswith("ال") and len(base) > 3,
            common=common,
            verbal=not common
            and norm.startswith(_IMPERFECT)
            and len(norm) > (_VERB_MIN - (norm[0] == "ي")),
            stop=any(base in self.stops for cut, base in splits if cut),
        )

    def _inflected(self, splits: tuple[tuple[int, str], ...]) -> bool:
        """Tell whether a word is a common one with an ending: «اتصالين», «اكدا», «حلفائها»."""
        for _, base in splits:
            for ending in _ENDINGS:
                stem = base[: -len(ending)]
                if base.endswith(ending) and len(stem) > 3 and stem in self.common:
                    return True
        return False

    def _known(self, norm: str, cut: int, base: str) -> WordClass | None:
        """Return the class of one reading of a word; ``None`` when no table has it."""
        definite = base.startswith("ال") and len(base) > 3
        bare = base[2:] if definite else base
        role = self.roles.get(base)
        title = self.titles.get(base, "")
        body = self.bodies.get(bare)
        place = self.places.get(base) or self.places.get(bare)
        demonym = self.demonyms.get(bare, "")
        group = self.groups.get(bare, "")
        adjective = self.adjectives.get(base, "")
        given = self.given.get(base, 0)
        family = self.family.get(base, 0)
        if not (role or title or body or place or demonym or group or adjective):
            if not (given or family):
                return None
            # «بدر» is no «ب» + «در», but «وسعد» is «و» + «سعد» and «وكان» no name.
            if cut and (norm in self.common or len(base) < 3):
                return None
        return WordClass(
            norm,
            base,
            cut,
            norm[:cut],
            definite=definite,
            role=role,
            title=title,
            body=body,
            place=place,
            group=group,
            demonym=demonym,
            adjective=adjective,
            given=given,
            family=family,
            common=norm in self.common or base in self.common,
        )


def _bare_definite(splits: tuple[tuple[int, str], ...]) -> tuple[int, str]:
    """Return the reading of an unknown word: cut before «ال», else uncut."""
    for cut, base in splits:
        if cut and base.startswith("ال") and len(base) > 4:
            return cut, base
    if splits[0][1].startswith("و") and len(splits[0][1]) > _VERB_MIN:
        return splits[1]  # names that begin with «و» are few, and mostly in the tables
    return splits[0]


def _load_roles() -> dict[str, Role]:
    roles: dict[str, Role] = {}
    for row in load_table("names_roles"):
        broken = tuple(part for part in row["plural"].split(",") if part)
        for form in iter_forms(row["lemma"], broken, row["feminine"]):
            roles.setdefault(form.form, Role(row["lemma"], row["class"], form))
    return roles


_LEXICONS: dict[int, NameLexicon] = {}


def load_lexicon(demonyms: Mapping[str, str]) -> NameLexicon:
    """Return the names lexicon with these adjectives of nationality; cached by the mapping itself."""
    known = _LEXICONS.get(id(demonyms))
    if known is None or known.demonyms is not demonyms:
        known = _LEXICONS[id(demonyms)] = NameLexicon(demonyms)
    return known


@cache
def _affiliations() -> dict[str, str]:
    return {
        form: row["id"]
        for row in load_table("names_affiliations")
        for form in demonyms.iter_forms(row["form"])
    }


def affiliation(word: WordClass) -> str:
    """Return the id of the state or body an adjective points to, empty for other words."""
    if word.demonym:
        return word.demonym
    return _affiliations().get(word.base.removeprefix("ال"), "")
