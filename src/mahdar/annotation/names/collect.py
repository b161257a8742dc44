"""All named mentions of an article: packs, rules and the trained tagger, overlaps decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mahdar.annotation.names.bodies import find_bodies
from mahdar.annotation.names.context import find_known
from mahdar.annotation.names.persons import find_persons
from mahdar.annotation.names.places import find_places
from mahdar.annotation.names.view import Found, Phrase, View

# How far a find is believed where two overlap; each word of length adds _PER_WORD.
_BELIEF = {"pack": 90, "body": 90, "place": 86, "title": 84, "name": 64, "weak": 60, "tagger": 50}
_PER_WORD = 6


def collect_names(view: View, phrases: list[Phrase], countries: Counter[str]) -> list[Found]:
    """Return the named mentions of an article in reading order, without overlaps."""
    known = find_known(view, countries)
    persons = _merge_persons(view, find_persons(view, phrases), known)
    return choose((*known, *persons, *find_bodies(view), *find_places(view)))


def choose(found: Iterable[Found]) -> list[Found]:
    """Return the best finds without overlaps, in reading order."""
    ranked = sorted(found, key=lambda f: (-belief(f), f.start))
    taken: set[int] = set()
    kept: list[Found] = []
    for item in ranked:
        span = range(item.first, item.last + 1)
        if any(at in taken for at in span):
            continue
        taken.update(span)
        kept.append(item)
    kept.sort(key=lambda f: f.start)
    return kept


def belief(item: Found) -> float:
    """Return how far a find is believed, higher for longer ones."""
    return _BELIEF[item.rule] * item.score + _PER_WORD * (item.last - item.first)


def _merge_persons(view: View, persons: list[Found], known: list[Found]) -> list[Found]:
    """Let a longer name by rule take over a pack name it continues («محمد بن سلمان بن عبد العزيز»)."""
    by_first = {item.first: item for item in known if item.type == "PER"}
    out = []
    for person in persons:
        pack = by_first.get(person.first)
        if pack is not None and person.last > pack.last:
            after = view.words.norm[pack.last + 1]
            word = view.classes[pack.last + 1]
            if (
                after in ("بن", "ابن", "ال")
                or word.family >= 30
                or (person.rule == "title" and word.definite and not word.common)
            ):
                person.ids = view.knowledge.find_person(view.norm_of(person.first, person.last))
                if not person.ids and after in ("بن", "ابن", "ال"):
                    person.ids = pack.ids
                person.rule = "pack"
                out.append(person)
            continue
        if pack is not None:
            continue
        if person.last > person.first:
            person.ids = view.knowledge.find_person(view.norm_of(person.first, person.last))
        out.append(person)
    return out
