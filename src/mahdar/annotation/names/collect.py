"""All named mentions of an article: packs, rules and the trained tagger, overlaps decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mahdar.annotation.names.bodies import find_bodies
from mahdar.annotation.names.context import find_known, in_context
from mahdar.annotation.names.ends import mend_ends, opens_role
from mahdar.annotation.names.persons import find_persons
from mahdar.annotation.names.places import find_places
from mahdar.annotation.names.tagger import NameSpan
from mahdar.annotation.names.view import CLOSING, OPENING, Found, Phrase, View
from mahdar.annotation.names.wordlists import word_set

# How far a find is believed where two overlap; each word of length adds _PER_WORD.
_BELIEF = {"pack": 90, "body": 90, "place": 86, "title": 84, "name": 64, "weak": 60, "tagger": 50}
_PER_WORD = 6
# Least score of the tagger at which it adds a name that rules and packs did not see: persons it
# knows well, of organisations and places it finds too many (gold/dev F1 0.941 at 0.6, 0.945 at 0.8
# and 0.9: the lower one, for texts that packs know less of).
_LEAST_SCORE = {"PER": 0.6, "LOC": 0.8, "ORG": 0.8}
_LONGER_SCORE = 0.6
_SURE_SCORE = 0.9
_SURE_GIVEN = 20


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
    out = {id(item) for item in nominal}
    known = [item for item in known if id(item) not in out and not _is_bare(view, item)]
    persons = _merge_persons(view, find_persons(view, phrases), known)
    ends = {item.first for item in known if item.type == "ORG" and item.last > item.first}
    bodies = [item for item in find_bodies(view) if item.first not in ends]
    firsts = {item.first for item in nominal}
    learned = [
        item
        for span in tagged
        if (item := _learned(view, span, countries)) is not None and item.first not in firsts
    ]
    if learned:
        _uncut(view, (*known, *persons, *learned), learned)
        learned_at = {item.first: item for item in learned}
        longer = {(item.first, item.type): item for item in learned}
        for item in (*persons, *bodies):
            _extend(view, item, longer.get((item.first, item.type)))
        known = [_corrected(view, item, learned_at.get(item.first)) for item in known]
        seen = {at for item in learned for at in range(item.first, item.last + 1)}
        persons = [p for p in persons if p.first in seen or p.rule == "title" or _sure(view, p)]
    chosen = choose((*known, *persons, *bodies, *find_places(view, countries), *learned))
    mend_ends(view, chosen)
    return chosen


def _uncut(view: View, found: Iterable[Found], learned: list[Found]) -> None:
    """Give back the first letter of «بادي», cut as «ب», where «راجح بادي» stands in full."""
    ends = {
        view.words.norm[at]
        for item in found
        if item.type == "PER" and item.last > item.first
        for at in (item.first, item.last)
    }
    for item in learned:
        at = item.first
        whole = view.words.norm[at]
        known = whole in ends and item.last == at
        if item.type == "PER" and (known or view.lexicon.given.get(whole, 0) >= _SURE_GIVEN):
            item.start = view.words.start[at]


def _extend(view: View, item: Found, longer: Found | None) -> None:
    """Let a rule's find run on to where the tagger ends it, over words that may be part of a name."""
    if longer is None or longer.last <= item.last or longer.score < _LONGER_SCORE or item.ids:
        return
    last = item.last
    for at in range(item.last + 1, longer.last + 1):
        word = view.classes[at]
        if not word.word or word.stop or word.verbal or word.role or word.title or word.adjective:
            break
        if item.type == "PER":
            if word.cut or (word.common and not word.family and not word.given):
                break
        elif (
            not word.definite
            or word.letters not in ("", "ل", "و")
            or at in view.match
            or (word.letters == "و" and word.body is not None)
        ):
            break
        last = at
    item.last, item.end = last, view.words.end[last]


def _is_generic(view: View, first: int, last: int) -> bool:
    """«الجيش», «قوات الأمن»: a common noun for a body, not its name."""
    word = view.classes[first]
    if first == last:
        return bool(word.group) and word.base.removeprefix("ال") not in word_set("head-as-name")
    return (word.group == "army" or word.group == "security") and all(
        view.classes[at].base in word_set("generic") for at in range(first + 1, last + 1)
    )


def _corrected(view: View, item: Found, learned: Found | None) -> Found:
    """A pack's place that the tagger sees otherwise: «لـ"الشرق الأوسط"», «كوريا الشمالية»."""
    if learned is None or item.type != "LOC":
        return item
    if learned.last == item.last and learned.type == "ORG" and learned.score >= _SURE_SCORE:
        if item.first and view.words.norm[item.first - 1] in OPENING:
            return learned
    if learned.type == "LOC" and learned.last == item.last + 1:
        if view.classes[learned.last].base in word_set("compass-adjective"):
            item.last, item.end = learned.last, learned.end
    return item


def _sure(view: View, person: Found) -> bool:
    """Tell whether a person by rule needs no second witness."""
    words = view.classes[person.first : person.last + 1]
    if any(view.words.norm[at] == "بن" for at in range(person.first, person.last + 1)):
        return True
    if len(words) == 1:
        return words[0].given >= 20 or words[0].family >= 20
    return any(w.family >= 10 or w.given >= 10 for w in words[1:]) or (
        words[0].given >= 40 and all(w.plain or w.given or w.family for w in words[1:])
    )


def _learned(view: View, span: NameSpan, countries: Counter[str]) -> Found | None:
    """Return what the tagger found as a find, with the pack ids its words may mean."""
    if span.score < _LEAST_SCORE[span.type]:
        return None
    first, last = view.words.at(span.start), view.words.at(span.end - 1)
    while last > first and not view.classes[last].word and view.words.norm[last] not in CLOSING:
        last -= 1
    while first < last and span.type == "PER" and view.classes[first].stop:
        first += 1
    while first < last and span.type == "PER" and opens_role(view, last):
        last -= 1  # «أحمد المساري القيادي» في تكتل
    if not view.classes[first].word or (span.type == "ORG" and _is_generic(view, first, last)):
        return None
    if span.type == "ORG" and view.norm_of(first, last) in word_set("no-body"):
        return None
    start, end = max(span.start, view.words.start[first]), min(span.end, view.words.end[last])
    ids: tuple[str, ...] = ()
    match = view.match.get(first)
    if match is not None and match.last == last and not (match.weak and span.type == "PER"):
        meant = in_context(view, match, countries)
        ids = tuple(id_ for id_ in meant if view.type_of(id_) == span.type)
    elif span.type == "PER" and last > first:
        ids = view.knowledge.find_person(view.norm_of(first, last))
    return Found(first, last, start, end, span.type, ids, "tagger", span.score)


def described(view: View, found: list[Found]) -> list[Found]:
    """Return the pack names that describe rather than name: «المعارضة السورية», «نظام الأسد»."""
    out = []
    for item in found:
        word = view.classes[item.first]
        noun = word.base.removeprefix("ال")
        if (
            item.type == "PER"
            or item.rule not in ("pack", "weak")
            or noun not in word_set("describing-before-person")
        ):
            continue
        if noun not in word_set("describing-noun") and not _of_person(view, item):
            continue
        if noun == "معارضه" and not all(
            view.classes[at].demonym or view.classes[at].adjective
            for at in range(item.first + 1, item.last + 1)
        ):
            continue
        out.append(item)
    return out


def _is_bare(view: View, item: Found) -> bool:
    """A pack's spelling that is one common noun with the article: «الجيش», «المقاومة»."""
    word = view.classes[item.first]
    return (
        item.type == "ORG"
        and item.first == item.last
        and word.definite
        and word.group not in ("", "base", "state", "city", "states")
        and word.base.removeprefix("ال") not in word_set("head-as-name")
        and not _quoted(view, item)
    )


def _quoted(view: View, item: Found) -> bool:
    return item.first > 0 and view.words.norm[item.first - 1] in OPENING


def _of_person(view: View, item: Found) -> bool:
    """«قوات صالح», «حكومة البشير», «الحكومة الشرعية»: no name of its own."""
    if item.last == item.first:
        return False
    after = view.classes[item.first + 1]
    if after.base in ("الدوليه", "العالميه", "الامميه") and view.classes[item.first].definite:
        return view.classes[item.first].base == "المنظمه"
    if after.base in (
        "الشرعيه",
        "المخلوع",
        "الرئيس",
        "الحكوميه",
        "النظاميه",
        "النظام",
        "الست",
        "الكبري",
    ):
        return True
    if not any(_is_government(view, id_) for id_ in item.ids[:1]):
        return False  # «ميليشيات الحوثي» is what packs list as a group's name
    last = view.norm_of(item.last, item.last)
    return not view.classes[item.first].definite and bool(view.knowledge.by_surname(last))


def _is_government(view: View, id_: str) -> bool:
    record = view.knowledge.actors.get(id_)
    return record is None or record.kind == "government"


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
