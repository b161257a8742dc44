"""Named instruments: resolutions, agreements, communiqués, initiatives where the text names them.

A bare «الاتفاق» is not named. Names come from the knowledge packs and from patterns: a numbered
resolution; a head noun with a place («اتفاق الصخيرات»), with adjectives of nationality («المبادرة
الخليجية»), with a topic («الاتفاق النووي») or with a person («مبادرة فلان»).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from spacy.tokens import Doc

from mahdar.annotation.document import ensure_article, words_of
from mahdar.extraction.fixed_names import FixedNames
from mahdar.knowledge.load import Knowledge
from mahdar.lexicon.tables import load_table
from mahdar.model import Entity, Instrument
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word, surface_offset
from mahdar.text.words import Words

# A span of words with the folded proclitic characters of its first word, and an id if one is known.
Found = tuple[int, int, int, str | None]

_RESOLUTIONS = frozenset(
    ("قرار", "القرار", "قرارا", "قرارات", "القرارات", "قراري", "القرارين", "القراران")
)
# Whose resolution it is, or a word that may stand between «قرار» and its number.
_OF_COUNCIL = frozenset(
    [
        "مجلس",
        "الامن",
        "الدولي",
        "الاممي",
        "الدوليين",
        "الامميين",
        "الامميه",
        "الدوليه",
        "التابع",
        "للامم",
        "المتحده",
        "رقم",
        "رقمي",
    ]
)
_OF_ASSEMBLY = frozenset(["الجمعيه", "العامه", "للجمعيه"])
# Decisions of other bodies carry numbers too («قرار وزاري رقم 12»).
_OTHERS = frozenset(
    [
        "وزاري",
        "الوزاري",
        "ملكي",
        "الملكي",
        "جمهوري",
        "الجمهوري",
        "اداري",
        "الاداري",
        "رئاسي",
        "الرئاسي",
        "الوزراء",
        "الوزير",
        "قضائي",
    ]
)
_NUMBERS = range(40, 3000)
# First words of pack names that are events, drafts or descriptions rather than names of a text.
_NO_HEADS = frozenset(
    [
        "هدنة",
        "الهدنة",
        "وقف",
        "مسودة",
        "المسودة",
        "مؤتمر",
        "لقاء",
        "الآلية",
        "آلية",
        "البروتوكول",
        "الإعلان",
        "مشروع",
        "قرار",
    ]
)
_ARTICLE = "ال"
_LETTERS = dict(
    zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ",
        ["a", "b", "t", "th", "j", "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t", "z", "a", "gh", "f", "q", "k", "l", "m", "n", "h", "w", "y", "-", "y", "w"], strict=True)
)  # fmt: skip


def find_instruments(doc: Doc, knowledge: Knowledge) -> tuple[Instrument, ...]:
    """Return each occurrence of a named instrument in reading order, without overlaps."""
    words = words_of(doc)
    entities: tuple[Entity, ...] = doc._.entities or ()
    anchor = doc._.anchor
    day = anchor.edtf if anchor is not None else ensure_article(doc).published
    places = _mention_ends(words, entities, "LOC")
    states = [
        e for e in entities if (p := knowledge.places.get(e.kb or "")) and p.kind == "country"
    ]
    countries = _mention_ends(words, states, "LOC")
    persons = _mention_ends(words, entities, "PER")
    found: list[Found] = [
        (m.first, m.last, m.cut, _known_by(m.ids, knowledge, day))
        for m in _pack_names(knowledge).find(words)
    ]
    found.extend(_resolutions(words))
    found.extend(_headed(words, places, countries, persons, knowledge))
    return tuple(_as_instrument(words, item, knowledge) for item in _longest(found))


def _known_by(ids: tuple[str, ...], knowledge: Knowledge, day: str | None) -> str | None:
    """Return the id that a name means on a day: of several the latest, none that is yet to come."""
    dated = [(knowledge.instruments[i].date or "", i) for i in ids]
    if day:
        dated = [d for d in dated if d[0][: len(day)] <= day[: len(d[0]) or None]]
    return max(dated)[1] if dated else None


def _longest(found: list[Found]) -> list[Found]:
    """Return the spans left to right, of overlapping ones the longest."""
    out: list[Found] = []
    for item in sorted(found, key=lambda f: (f[0], -f[1], f[3] is None)):
        if out and item[0] <= out[-1][1]:
            if item[1] - item[0] > out[-1][1] - out[-1][0]:
                out[-1] = item
            continue
        out.append(item)
    return out


def _as_instrument(words: Words, item: Found, knowledge: Knowledge) -> Instrument:
    first, last, cut, known = item
    start = words.start[first] + surface_offset(words.text[first], cut)
    if known is not None and known in knowledge.instruments:
        names = knowledge.instruments[known].names
        label = {lang: forms[0] for lang, forms in names.items() if forms}
        return Instrument(start, words.end[last], known, label)
    norms = [words.norm[first][cut:], *words.norm[first + 1 : last + 1]]
    name = " ".join(words.text[first + 1 : last + 1])
    label = {"ar": f"{words.text[first][surface_offset(words.text[first], cut) :]} {name}".strip()}
    return Instrument(start, words.end[last], known or slug_of(norms), label)


def slug_of(norms: list[str]) -> str:
    """Return a stable id from the words of a name in normal form: Latin letters, articles dropped."""
    parts = []
    for norm in norms:
        bare = norm[2:] if norm.startswith(_ARTICLE) and len(norm) > 4 else norm
        latin = "".join(
            _LETTERS.get(char, char if char.isascii() and char.isalnum() else "") for char in bare
        )
        if latin.strip("-"):
            parts.append(latin.strip("-"))
    return "-".join(parts) or "instrument"


_indexes: dict[int, tuple[Knowledge, FixedNames]] = {}


def _pack_names(knowledge: Knowledge) -> FixedNames:
    """Return the index of the packs' instrument names, made once per set of packs."""
    held = _indexes.get(id(knowledge))
    if held is None or held[0] is not knowledge:
        index = FixedNames(
            (name, record.id)
            for record in knowledge.instruments.values()
            for name in record.names.get("ar", ())
            if len(name.split()) > 1 and name.split()[0] not in _NO_HEADS
        )
        if len(_indexes) > 8:
            _indexes.clear()
        held = _indexes[id(knowledge)] = (knowledge, index)
    return held[1]


def _bare(norm: str) -> Iterator[tuple[int, str]]:
    """Yield the ways to read a word without its proclitics."""
    yield from proclitic_splits(norm)


def _resolutions(words: Words) -> Iterator[Found]:
    """Yield numbered resolutions of the Security Council or the General Assembly."""
    norms = words.norm
    for at, norm in enumerate(norms):
        if "قرار" not in norm:
            continue
        cut = next((c for c, rest in _bare(norm) if rest in _RESOLUTIONS), None)
        if cut is None:
            continue
        assembly = False
        k = at + 1
        while k < len(norms) and words.sentence[k] == words.sentence[at] and k - at < 9:
            word = norms[k]
            if word in _OTHERS:
                break
            assembly = assembly or word in _OF_ASSEMBLY
            if word.isdigit():
                yield from _numbers(words, at, k, cut, "unga" if assembly else "unsc")
                break
            if (
                word not in _OF_COUNCIL
                and word not in _OF_ASSEMBLY
                and word not in ("(", "[", "«", '"', "/")
            ):
                break
            k += 1


def _numbers(words: Words, at: int, k: int, cut: int, body: str) -> Iterator[Found]:
    """Yield the resolution whose number stands at ``k`` and those listed after it («2216 و2231»)."""
    norms = words.norm
    first = at
    while k < len(norms) and norms[k].isdigit():
        number = int(norms[k]) if len(norms[k]) < 6 else 0
        if number not in _NUMBERS:
            return
        closed = k + 1 < len(norms) and norms[k + 1] in (")", "]") and norms[k - 1] in ("(", "[")
        last = k + 1 if closed else k
        yield first, last, cut if first == at else 0, f"{body}-{number}"
        k = last + 1
        if k < len(norms) and norms[k] in ("و", "،", ","):
            k += 1
        if k < len(norms) and norms[k] in ("(", "["):
            k += 1
        if k >= len(norms) or not norms[k].isdigit() or norms[at] in ("قرار", "القرار"):
            return
        first = k


@cache
def _heads() -> Mapping[str, frozenset[str]]:
    """Return the head nouns in normal form with what may follow them."""
    return {
        normalize_word(row["head"]): frozenset(row["follows"].split())
        for row in load_table("instruments_heads")
    }


@cache
def _topics() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return for each head noun the topics that make a name of it, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_table("instruments_topics"):
        topic = tuple(normalize_word(word) for word in row["topic"].split())
        for head in row["heads"].split(";"):
            found.setdefault(normalize_word(head), []).append((topic, row["form"]))
    return {head: tuple(sorted(t, key=lambda x: -len(x[0]))) for head, t in found.items()}


def _mention_ends(words: Words, entities: Iterable[Entity], kind: str) -> dict[int, int]:
    """Return the named mentions of a type: first word -> last word; proclitics bar a mention."""
    out: dict[int, int] = {}
    for entity in entities:
        if entity.type != kind:
            continue
        for mention in entity.mentions:
            where = words.between(mention.start, mention.end)
            if len(where) and mention.kind == "named" and words.start[where[0]] == mention.start:
                out[where[0]] = max(where[-1], out.get(where[0], 0))
    return out


def _headed(
    words: Words,
    places: dict[int, int],
    countries: dict[int, int],
    persons: dict[int, int],
    knowledge: Knowledge,
) -> Iterator[Found]:
    """Yield names made of a head noun and what follows it."""
    heads = _heads()
    norms = words.norm
    for at, norm in enumerate(norms):
        if len(norm) < 3:
            continue
        for cut, rest in _bare(norm):
            definite = rest.startswith(_ARTICLE)
            head = rest[2:] if definite else rest
            follows = heads.get(head) or heads.get(rest)
            if follows is None:
                continue
            last = _end_of_name(
                words, at, head, definite, follows, places, countries, persons, knowledge
            )
            if last is not None:
                yield at, last, cut, None
            break


def _end_of_name(
    words: Words,
    at: int,
    head: str,
    definite: bool,
    follows: frozenset[str],
    places: dict[int, int],
    countries: dict[int, int],
    persons: dict[int, int],
    knowledge: Knowledge,
) -> int | None:
    """Return the last word of the name that begins at a head noun, ``None`` if it makes none."""
    norms = words.norm
    nxt = at + 1
    if nxt >= len(norms) or words.sentence[nxt] != words.sentence[at]:
        return None
    for topic, form in _topics().get(head, ()):
        if form == "definite" and definite and norms[nxt] == _ARTICLE + topic[0]:
            return _adjectives(words, nxt, knowledge)
        if form == "phrase" and not definite and tuple(norms[nxt : nxt + len(topic)]) == topic:
            return _trailing(words, nxt + len(topic) - 1)
    if definite:
        if head == "بيان":
            return _joint_statement(words, at, knowledge)
        if "adj" in follows and _demonym(norms[nxt], knowledge):
            return _adjectives(words, nxt, knowledge)
        return None
    if "place" in follows and nxt in places:
        last = places[nxt]
        if last + 1 < len(norms) and norms[last + 1] == "النووي":
            return last + 1
        if nxt in countries and "state" not in follows:
            return None
        return _numbered(words, last)
    if "person" in follows and nxt in persons:
        return persons[nxt]
    return None


def _joint_statement(words: Words, at: int, knowledge: Knowledge) -> int | None:
    """Return the end of «البيان A B المشترك», where A and B are adjectives of nationality."""
    norms = words.norm
    last = _adjectives(words, at, knowledge)
    if last > at and last + 1 < len(norms) and norms[last + 1] == "المشترك":
        return last + 1
    return None


def _demonym(norm: str, knowledge: Knowledge) -> bool:
    return norm.startswith(_ARTICLE) and norm[2:] in knowledge.demonyms


def _adjectives(words: Words, at: int, knowledge: Knowledge) -> int:
    """Return the last of the adjectives of nationality that go on from a word («التركية الروسية»)."""
    norms = words.norm
    last = at
    k = at + 1
    while k < len(norms) and words.sentence[k] == words.sentence[at]:
        if norms[k] in ("-", "–") and k + 1 < len(norms) and _demonym(norms[k + 1], knowledge):
            k += 1
            continue
        if not _demonym(norms[k], knowledge):
            break
        last = k
        k += 1
    return last


def _trailing(words: Words, last: int) -> int:
    """Return the last word of a phrase with definite adjectives that belong to it («العربية»)."""
    nxt = last + 1
    if (
        nxt < len(words)
        and words.sentence[nxt] == words.sentence[last]
        and re.fullmatch("ال[^ ]{2,}ي(ه|ات)?", words.norm[nxt])
        and words.norm[last].startswith(_ARTICLE)
    ):
        return nxt
    return last


def _numbered(words: Words, last: int) -> int:
    """Return the end of a place name with its number («جنيف 2», «مينسك 2»)."""
    nxt = last + 1
    if nxt < len(words) and words.sentence[nxt] == words.sentence[last]:
        norm = words.norm[nxt]
        if norm.isdigit() and len(norm) < 3 and words.start[nxt] - words.end[last] <= 1:
            return nxt
        after = words.norm[nxt + 1] if nxt + 1 < len(words) else ""
        if (
            norm in ("-", "–")
            and after.isdigit()
            and len(after) < 3
            and words.end[last] == words.start[nxt]
        ):
            return nxt + 1
    return last
