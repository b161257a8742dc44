"""Places that no pack knows, by the noun before them: «بلدة …», «مطار … الدولي», «مخيم …»."""

from __future__ import annotations

from collections import Counter

from mahdar.annotation.names.context import in_context
from mahdar.annotation.names.view import OPENING, QUOTES, Found, View
from mahdar.annotation.names.wordlists import word_set


def find_places(view: View, countries: Counter[str]) -> list[Found]:
    """Return the places that rules see by the noun before them, in reading order.

    Args:
        view: the article.
        countries: how often it names each country.
    """
    found: list[Found] = []
    for at, word in enumerate(view.classes):
        if word.place is None or not view.joined(at):
            continue
        place = _inside(view, at) if word.place.inside else _after(view, at, countries)
        if place is not None:
            found.append(place)
    return found


def _after(view: View, at: int, countries: Counter[str]) -> Found | None:
    """The name alone: «مدينة [الباب]»."""
    first = at + 1
    while first < len(view) and view.words.norm[first] in QUOTES and first - at < 3:
        first += 1
    if first >= len(view) or view.words.sentence[first] != view.words.sentence[at]:
        return None
    head = view.classes[at]
    match = view.match.get(first)
    if match is not None:
        meant = in_context(view, match, countries)
        ids = tuple(i for i in meant if view.type_of(i) == "LOC")
        if not ids or view.classes[first].cut:
            return None
        last = match.last
        while last > first and view.classes[last].adjective == "end":
            last -= 1
        return _made(view, first, last, match.start, ids, head.base)
    if head.definite and head.place is not None and head.place.kind != "capital":
        return None
    if view.words.norm[first] == "الشيخ" and view.joined(first):
        after = view.classes[first + 1]  # «حي الشيخ رضوان»
        if after.word and not after.cut and not after.stop and first + 2 < len(view):
            return _made(view, first, first + 1, view.start(first), (), head.base)
    vague = head.definite or head.base in ("منطقه", "مناطق", "اقليم", "قضاء")
    if not _may_open(view, first, strict=vague):
        return None
    last = _extend(view, first)
    if _described(view, first, last):
        return None
    return _made(view, first, last, view.start(first), (), head.base)


def _may_open(view: View, at: int, *, strict: bool = False) -> bool:
    word = view.classes[at]
    if not word.word or word.stop or word.cut or word.role is not None or word.title:
        return False
    if word.demonym or word.adjective or word.verbal or word.base in word_set("not-place"):
        return False
    if word.given >= 20 or (word.base.startswith("م") and word.base.endswith("ه")):
        return False  # «محافظ العاصمة خالد …», «منطقة مزدحمة»
    if word.body is not None or (
        word.place is not None and word.base not in word_set("place-first-part")
    ):
        return False
    if word.definite:
        return not (strict and word.common) and not word.base.endswith(("يه", "ات"))
    return not word.common or word.base in word_set("place-first-part")


def _described(view: View, first: int, last: int) -> bool:
    """«مدينة ألعاب ترفيهية»: an indefinite noun with its adjective is no name."""
    if view.classes[first].definite or not view.joined(last):
        return False
    after = view.classes[last + 1]
    return not after.definite and not after.cut and after.base.endswith(("يه", "يتين"))


def _adjectival(view: View, first: int, last: int) -> bool:
    """«جسر جوي», «مستشفى ميداني»: of what kind a building is, no name."""
    word = view.classes[first]
    return not word.definite and (word.base.endswith(("ي", "يه")) or _described(view, first, last))


def _extend(view: View, first: int) -> int:
    last = first
    if view.joined(first):
        after = view.classes[first + 1]
        two = view.classes[first].base in word_set("place-first-part")
        if (two and after.word and not after.stop and not after.role) or (
            after.plain
            and not after.cut
            and not after.definite
            and not view.classes[first].definite
            and not view.classes[first].common
            and after.family < 20
            and not (after.base.endswith("ا") and after.base[:-1] in view.lexicon.common)
            and len(after.base) > 2
        ):
            last = first + 1
    return last


def _inside(view: View, at: int) -> Found | None:
    """The noun with its name: «[مطار صنعاء الدولي]»."""
    head = view.classes[at]
    if head.definite or head.place is None:
        return None
    first = at + 1
    if view.words.norm[first] in OPENING or view.classes[first].cut:
        return None
    if view.classes[first].base in word_set("compass-noun") or view.classes[first].group:
        return None
    if head.base == "منفذ" and view.classes[first].common and first not in view.match:
        return None  # «منفذ الهجوم» is a man
    match = view.match.get(first)
    ids: tuple[str, ...] = ()
    if match is not None and not match.weak:
        if view.type_of(match.ids[0]) is None:
            return None
        last = match.last
    elif match is not None:
        last = match.last
    else:
        if head.place.kind in ("country", "sea", "area") and not view.classes[first].definite:
            return None
        if not _may_open(view, first):
            return None
        last = _extend(view, first)
        if head.place.kind == "building" and _adjectival(view, first, last):
            return None
    if head.place.kind == "country" and match is None:
        return None
    while view.joined(last) and view.words.norm[last + 1] in word_set("place-kind-adjective"):
        last += 1
    if head.place.kind == "country" and match is not None:
        ids = tuple(i for i in match.ids if view.type_of(i) == "LOC")
        if not ids:
            return None
    elif match is not None and not match.weak:
        # «نهر النيل» is the Nile itself, «مطار عدن» is not Aden.
        places = view.knowledge.places
        ids = tuple(i for i in match.ids if i in places and places[i].kind == head.place.kind)
    return _made(view, at, last, view.start(at), ids, head.base)


def _made(view: View, first: int, last: int, start: int, ids: tuple[str, ...], head: str) -> Found:
    return Found(first, last, start, view.words.end[last], "LOC", ids, "place", 1.0, head)
