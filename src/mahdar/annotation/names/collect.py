"""All named mentions of an article: packs, rules and the trained tagger, overlaps decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mahdar.annotation.names.bodies import find_bodies
from mahdar.annotation.names.context import find_known
from mahdar.annotation.names.persons import find_persons
from mahdar.annotation.names.places import find_places
from mahdar.annotation.names.tagger import NameSpan
from mahdar.annotation.names.view import Found, Phrase, View

# How far a find is believed where two overlap; each word of length adds _PER_WORD.
_BELIEF = {"pack": 90, "body": 90, "place": 86, "title": 84, "name": 64, "weak": 60, "tagger": 50}
_PER_WORD = 6
_LEAST_SCORE = 0.6
# Nouns for sides in a conflict that describe even where a pack lists them as a spelling.
_DESCRIBING = frozenset(
    ("معارضه", "نظام", "سلطات", "شرعيه", "شعب", "حكومه", "قوات", "اداره", "قاره", "كيان", "منطقه")
)


def collect_names(
    view: View,
    phrases: list[Phrase],
    countries: Counter[str],
    tagged: Iterable[NameSpan] = (),
) -> list[Found]:
    """Return the named mentions of an article in reading order, without overlaps.

    Args:
        view: the article.
        phrases: its role phrases.
        countries: how often it names each country.
        tagged: what the trained tagger found.
    """
    known = find_known(view, countries)
    nominal = described(view, known)
    known = [item for item in known if item not in nominal]
    persons = _merge_persons(view, find_persons(view, phrases), known)
    bodies = [item for item in find_bodies(view) if not _overruled(item, known)]
    learned = [item for item in (_learned(view, span) for span in tagged) if item is not None]
    return choose((*known, *persons, *bodies, *find_places(view), *learned))


def _learned(view: View, span: NameSpan) -> Found | None:
    """Return what the tagger found as a find, with the pack ids its words may mean."""
    if span.score < _LEAST_SCORE:
        return None
    first, last = view.words.at(span.start), view.words.at(span.end - 1)
    ids: tuple[str, ...] = ()
    match = view.match.get(first)
    if match is not None and match.last == last:
        ids = tuple(id_ for id_ in match.ids if view.type_of(id_) == span.type)
    elif span.type == "PER" and last > first:
        ids = view.knowledge.find_person(view.norm_of(first, last))
    return Found(first, last, span.start, span.end, span.type, ids, "tagger", span.score)


def _overruled(body: Found, known: list[Found]) -> bool:
    """A pack's name of two words or more ends where it ends: «حزب العمال الكردستاني» before «التركي»."""
    return any(
        item.first == body.first and item.type == "ORG" and item.last > item.first for item in known
    )


def described(view: View, found: list[Found]) -> list[Found]:
    """Return the pack names that describe rather than name: «المعارضة السورية», «نظام الأسد»."""
    out = []
    for item in found:
        word = view.classes[item.first]
        noun = word.base.removeprefix("ال")
        if item.type == "PER" or item.rule not in ("pack", "weak") or noun not in _DESCRIBING:
            continue
        if noun in ("حكومه", "قوات", "اداره") and not _of_person(view, item):
            continue
        if noun == "معارضه" and not all(
            view.classes[at].demonym or view.classes[at].adjective
            for at in range(item.first + 1, item.last + 1)
        ):
            continue
        out.append(item)
    return out


def _of_person(view: View, item: Found) -> bool:
    """«قوات صالح», «حكومة البشير», «الحكومة الشرعية»: no name of its own."""
    if item.last == item.first:
        return False
    after = view.classes[item.first + 1]
    if after.base in ("الشرعيه", "المخلوع", "الرئيس"):
        return True
    return not view.classes[item.first].definite and bool(
        view.knowledge.by_surname(view.norm_of(item.last, item.last))
    )


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
