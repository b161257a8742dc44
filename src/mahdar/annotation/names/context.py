"""Pack names in their context: which record is meant, and whether a weak name means one at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from mahdar.annotation.names.bodyforms import not_a_body
from mahdar.annotation.names.company import (
    beside_forces,
    holds_place,
    is_armed,
    kind_of,
    of_another_state,
)
from mahdar.annotation.names.view import OPENING, QUOTES, Found, View
from mahdar.annotation.names.wordclasses import WordClass
from mahdar.annotation.names.wordlists import word_set
from mahdar.knowledge.index import NameMatch
from mahdar.knowledge.records import Place
from mahdar.model import EntityType

_SURE_GIVEN = 20
_HEAD_WORDS = 60  # how far down a dateline may stand, title and subtitle before it
_DASHES = frozenset("-–—")
_MEDIA = frozenset(("newspaper", "broadcaster", "website", "agency"))


def article_countries(view: View) -> Counter[str]:
    """Return how often an article names each country, by ISO code: places, bodies, adjectives."""
    counts: Counter[str] = Counter()
    places = view.knowledge.places
    for match in view.match.values():
        if not match.weak:
            country = view.country_of(match.ids[0])
            if country:
                counts[country] += 1
    for word in view.classes:
        if word.demonym and word.demonym in places:
            country = places[word.demonym].country or ""
            if country:
                counts[country] += 1
    return counts


def find_known(view: View, countries: Counter[str]) -> list[Found]:
    """Return the pack names of an article that mean a person, organisation or place there."""
    firm_ids = {id_ for match in view.match.values() if not match.weak for id_ in match.ids}
    sworn = {m.ids[0] for m in view.match.values() if is_armed(view, m, firm_ids)}
    found: list[Found] = []
    refused: list[int] = []
    for match in view.match.values():
        in_company = match.ids[0] in sworn and not holds_place(view, match.first)
        if match.weak and not (in_company or _means(view, match, countries, firm_ids)):
            continue
        sure = in_company or (match.weak and view.type_of(match.ids[0]) == "PER")
        if match.first == match.last and not (sure or _stands_alone(view, match)):
            continue
        if view.type_of(match.ids[0]) == "ORG" and not_a_body(view, match.first):
            continue
        if _names_a_day(view, match):
            name = replace(match, first=match.first - 1, last=match.last - 1)
            found.extend(_places_inside(view, name))
            refused.append(match.first)
            continue
        if of_another_state(view, match, countries):
            refused.append(match.first)
            continue
        ids = in_context(view, match, countries)
        types = [view.type_of(id_) for id_ in ids]
        if not types or types[0] is None:
            found.extend(_places_inside(view, match))
            continue
        first, last, start, end = match.first, match.last, match.start, match.end
        while last > first and view.classes[last].adjective == "end":
            last -= 1  # «الضفة الغربية المحتلة»
            end = view.words.end[last]
        while first < last and _leads(view, first, types[0]):
            first += 1  # «المتمردون الحوثيون», «شمال اليمن»
            start = view.start(first)
        if first != match.first and types[0] == "LOC":
            ids = view.knowledge.lookup(view.norm_of(first, last)) or ids
            types = [view.type_of(id_) for id_ in ids]
        kept = tuple(id_ for id_, t in zip(ids, types, strict=True) if t == types[0])
        first, last, end = _cut_short(view, first, last, types[0])
        if last < match.last:
            found.extend(_places_inside(view, replace(match, first=last, last=match.last)))
        parted = _part_quoted(view, first, last) if types[0] == "ORG" else None
        if parted is not None:
            found.extend(Found(a, b, s, e, "ORG", kept) for a, b, s, e in parted)
            continue
        found.append(
            Found(
                first,
                last,
                start,
                end,
                types[0] or "LOC",
                kept,
                "weak" if match.weak or match.loose else "pack",
            )
        )
    for first in refused:
        del view.match[first]
    return found


def _cut_short(view: View, first: int, last: int, type_: EntityType | None) -> tuple[int, int, int]:
    """«التحالف العربي بقيادة السعودية», «الجيش الوطني الموالي للشرعية»: the name ends before that."""
    if type_ == "ORG":
        for at in range(first + 2, last + 1):
            word = view.classes[at]
            if view.words.norm[at] == "بقياده" or (word.adjective == "end" and word.definite):
                last = at - 1
                break
    return first, last, view.words.end[last]


def _part_quoted(view: View, first: int, last: int) -> list[tuple[int, int, int, int]] | None:
    """«وكالة "رويترز"» is «رويترز»; «وكالة الأنباء اليمنية "سبأ"» are two names. ``None``: one name."""
    mark = next((j for j in range(first + 1, last) if view.words.norm[j] in OPENING), 0)
    body = view.classes[first].body
    if not mark or body is None:
        return None
    if body.kind not in _MEDIA and (mark - first < 2 or view.classes[mark + 1].demonym):
        return None
    end = last - 1 if view.words.norm[last] in QUOTES else last
    inner = (mark + 1, end, view.words.start[mark + 1], view.words.end[end])
    whole = (first, mark - 1, view.start(first), view.words.end[mark - 1])
    news = view.words.norm[mark - 1] in ("انباء", "الانباء")
    return [inner] if mark - first == 1 or news else [whole, inner]


def _leads(view: View, at: int, type_: EntityType | None) -> bool:
    """Tell whether a pack name's word only describes what follows: a title, a point of the compass."""
    if type_ == "PER":
        return bool(view.classes[at].title) and not view.classes[at].given
    place = view.classes[at].place
    if type_ == "LOC" and place is not None and not place.inside and at + 1 in view.inside:
        return view.classes[at + 1].demonym == "" and bool(
            view.knowledge.lookup(view.norm_of(at + 1, view.inside[at].last))
        )
    role = view.classes[at].role
    if role is not None and role.kind == "fighters":
        return True
    if view.classes[at].base in word_set("war-machine"):
        return True
    body = view.classes[at].body
    if type_ == "ORG" and body is not None and body.span == "outside":
        return True
    if type_ == "ORG" and body is not None and body.span == "agency":
        return at in view.match and view.match[at].last == at + 1  # «وكالة أعماق»
    if view.classes[at].base == "دول" and at in view.match:
        rest = view.knowledge.lookup(view.norm_of(at + 1, view.match[at].last))
        return bool(rest) and kind_of(view, rest[0]) == "igo"
    if view.classes[at].base not in word_set("compass-noun"):
        return False
    ids = view.knowledge.lookup(view.classes[at + 1].norm)
    places = view.knowledge.places
    whole = view.match[at].ids[0] if at in view.match else ""
    return (
        bool(ids)
        and ids[0] in places
        and places[ids[0]].kind == "country"
        and not (whole in places and places[whole].kind == "country")
    )


def _stands_alone(view: View, match: NameMatch) -> bool:
    """Tell whether a single word that equals a pack name is that name, not a word of daily use."""
    at = match.first
    word = view.classes[at]
    text = view.words.text[at]
    name = view.norm_of(at, at) if not word.cut else view.words.norm[at][word.cut :]
    before = view.classes[at - 1] if at and view.joined(at - 1) else None
    cut = match.start - view.words.start[at]
    if text.endswith(("ً", "ًا")):
        return False
    if text.endswith("ه") and word.common and not _ends_in_h(view, match.ids[0]):
        return False  # «حديثه» is not «حديثة»
    kinds = {kind_of(view, id_) for id_ in match.ids}
    if kinds <= _MEDIA and (
        word.common or word.stop or word.demonym or word.adjective or word.group or word.title
    ):
        # «اليوم», «العربية», «البلاد»
        return _as_medium(view, match) or _in_dateline(view, match)
    if view.type_of(match.ids[0]) != "LOC":
        return view.lexicon.ambiguous.get(name) is None or _as_medium(view, match)
    base = view.words.norm[at][cut:] if cut else view.words.norm[at]
    if cut and view.lexicon.given.get(view.words.norm[at], 0) >= _SURE_GIVEN:
        return False  # «باراك» is no «ب» + «اراك»
    if cut and view.words.norm[at].startswith(("ك", "فك", "وك")):
        return False
    record = view.knowledge.record(match.ids[0])
    known = isinstance(record, Place) and record.kind in ("country", "capital", "territory")
    if cut and not known and view.words.norm[at] in view.lexicon.common:
        return False  # «لغات» is no «ل» + «غات»
    need = view.lexicon.ambiguous.get(base) or view.lexicon.ambiguous.get(name)
    after_noun = (
        before is not None
        and before.place is not None
        and (not before.definite or before.place.kind == "capital")
    )
    if need is None:
        return not _is_adjective(view, at, base, before)
    if base in ("مدينه", "المدينه"):
        return False
    if after_noun:
        return True
    if need == "noun":
        return False
    return (cut and view.words.norm[at][cut - 1] == "ب") or (
        before is not None and view.words.norm[at - 1] in word_set("place-preposition")
    )


def _ends_in_h(view: View, id_: str) -> bool:
    """Tell whether a place's own name ends in «ه», not in «ة»."""
    place = view.knowledge.places.get(id_)
    return place is None or not any(name.endswith("ة") for name in place.names.get("ar", ()))


def _is_adjective(view: View, at: int, base: str, before: WordClass | None) -> bool:
    """«الطائرة السعودية», «مقاتلة سورية», «تحركا تركيا»: the name's word as an adjective."""
    word = view.classes[at]
    if before is None or not before.word or before.stop:
        return False
    if base.endswith("يا") and view.words.norm[at - 1].endswith("ا") and not before.definite:
        return len(before.base) > 3 and (at - 1) not in view.inside
    if not word.demonym:
        return False
    if before.demonym and before.definite == word.definite:
        return before.definite or word.letters == "و"
    if before.title or (before.place is not None and before.place.inside):
        return False
    if (before.definite and not before.cut) or (before.definite and before.letters):
        return bool(word.definite)
    return (
        not word.definite
        and before.base.endswith(("ه", "ات"))
        and before.role is None
        and before.place is None
    )


def in_context(view: View, match: NameMatch, countries: Counter[str]) -> tuple[str, ...]:
    """Return the ids of a match, the one the article means first."""
    if view.type_of(match.ids[0]) == "LOC" and _as_medium(view, match):
        names = view.knowledge.lookup(view.norm_of(match.first, match.last))
        press = tuple(id_ for id_ in names if kind_of(view, id_) in _MEDIA)
        if press:
            return press
    if len(match.ids) < 2:
        return match.ids
    if match.weak and view.type_of(match.ids[0]) == "ORG":
        # «التحالف»: which one, the conflict tells.
        return tuple(sorted(match.ids, key=lambda i: -_nearness(view, i, countries)))
    media = [id_ for id_ in match.ids if kind_of(view, id_) in _MEDIA]
    if media and len(media) < len(match.ids):
        if _as_medium(view, match):
            return (*media, *(i for i in match.ids if i not in media))
        return (*(i for i in match.ids if i not in media), *media)
    if len(media) == len(match.ids):
        return match.ids
    rule = view.knowledge.ambiguities.get(view.norm_of(match.first, match.last))
    if rule is None or rule.rule in ("country", "context"):
        best = max(match.ids, key=lambda i: countries.get(view.country_of(i), 0))
        if (
            countries.get(view.country_of(best), 0)
            > countries.get(view.country_of(match.ids[0]), 0)
            and view.type_of(best) == view.type_of(match.ids[0])
            and (rule is not None or match.weak)
        ):
            return (best, *(i for i in match.ids if i != best))
    return match.ids


def _as_medium(view: View, match: NameMatch) -> bool:
    """«لـ"الرياض"», «صحيفة الرياض»: in quotation marks after a preposition, or after its noun."""
    before = match.first - 1
    quoted = False
    while before >= 0 and (view.words.norm[before] in OPENING or view.words.norm[before] in QUOTES):
        quoted = True
        before -= 1
    if before < 0:
        return quoted
    word = view.classes[before]
    if word.body is not None and word.body.span in ("outside", "agency"):
        return True
    return quoted and (view.words.norm[before] in word_set("to-medium") or word.norm in ("ل", ""))


def _in_dateline(view: View, match: NameMatch) -> bool:
    """«سبق – جدة:», «10 أغسطس 2015 م واس»: beside a dash or at a line's end, near the top."""
    if match.first > _HEAD_WORDS or match.start != view.words.start[match.first]:
        return False
    after = view.words.norm[match.last + 1] if match.last + 1 < len(view) else ""
    if after in _DASHES:
        return True
    dated = match.first > 1 and any(
        view.words.norm[at].isdigit() for at in range(match.first - 2, match.first)
    )
    return dated and not view.joined(match.last)


def _means(view: View, match: NameMatch, countries: Counter[str], firm_ids: set[str]) -> bool:
    """Tell whether a weak name means its record here."""
    if any(id_ in firm_ids for id_ in match.ids):
        return True
    if all(kind_of(view, id_) in _MEDIA for id_ in match.ids):
        return _as_medium(view, match) or _in_dateline(view, match)
    word = view.classes[match.first]
    before = view.classes[match.first - 1] if match.first else None
    joined = match.first > 0 and view.joined(match.first - 1)
    type_ = view.type_of(match.ids[0])
    near = any(countries.get(view.country_of(id_), 0) for id_ in match.ids)
    if type_ == "LOC":
        if joined and before is not None and before.place is not None and not before.place.inside:
            return True
        if joined and _only_a_name(view, match):
            return True
        if word.common or word.given or word.family or word.stop or word.role or word.demonym:
            return False
        if not near or len(word.base) < 3:
            return False
        at_place = word.letters.endswith("ب") or (
            joined and view.words.norm[match.first - 1] in word_set("place-preposition")
        )
        return at_place and (match.last > match.first or word.definite or len(word.base) > 3)
    if type_ == "ORG":
        return _process_near(view, match, countries)
    if type_ == "PER":
        if joined and before is not None and before.title in ("person", "office", "rank"):
            return near or not word.common
        return near and joined and beside_forces(view, match)
    return True


def _only_a_name(view: View, match: NameMatch) -> bool:
    """«في بعقوبة»: after a preposition no other one can begin the word, so it is the place whole."""
    at = match.first
    word = view.classes[at]
    return (
        word.cut == 1
        and word.letters in ("ب", "ل", "ك")
        and match.start == view.words.start[at]
        and view.words.norm[at - 1].removeprefix("و") in word_set("place-preposition")
        and view.words.norm[at] not in view.lexicon.common
    )


def _names_a_day(view: View, match: NameMatch) -> bool:
    """«في جنوب اليمن اليوم الأربعاء»: the place and the day, not the newspaper."""
    if match.first == match.last or view.words.norm[match.last] != "اليوم":
        return False
    if not {kind_of(view, id_) for id_ in match.ids} <= _MEDIA:
        return False
    return not (_as_medium(view, match) or _in_dateline(view, match))


def _process_near(view: View, match: NameMatch, countries: Counter[str]) -> bool:
    return any(_nearness(view, id_, countries) for id_ in match.ids)


def _nearness(view: View, id_: str, countries: Counter[str]) -> int:
    """Return how often an article names the countries of an actor and of its processes."""
    record = view.knowledge.actors.get(id_)
    if record is None:
        return 0
    near = {record.country} if record.country else set()
    for process in record.processes:
        known = view.knowledge.processes.get(process)
        near.update(known.countries if known is not None else ())
    return sum(countries.get(country or "", 0) for country in near)


def _places_inside(view: View, match: NameMatch) -> list[Found]:
    """Return the places inside an instrument's name: «اتفاق [الصخيرات]»."""
    found = []
    done = match.first
    for at in range(match.first + 1, match.last + 1):
        word = view.classes[at]
        if at <= done:
            continue
        for size in (4, 3, 2, 1):
            last = at + size - 1
            if last > match.last:
                continue
            ids = tuple(
                i
                for i in view.knowledge.index.firm.ids.get(
                    " ".join((word.base, *view.words.norm[at + 1 : last + 1])), ()
                )
                if view.type_of(i) in ("LOC", "ORG")
            )
            if ids:
                type_ = view.type_of(ids[0]) or "LOC"
                found.append(Found(at, last, view.start(at), view.words.end[last], type_, ids))
                done = last
                break
    return found
