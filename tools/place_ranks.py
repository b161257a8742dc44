"""How safely the name of a place means it on its own: ranks, from what precedes it in the press."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from mahdar.knowledge.attest import iter_press_texts
from mahdar.knowledge.index import NameIndex
from mahdar.knowledge.spelling import name_units
from mahdar.text.normalize import normalize_word
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words
from place_sources import CITY_PEOPLE, Row

# Nouns after which a settlement stands, in normal form: their share tells a name from a word.
# «منطقة», «وسط», «شمال» are left out, since common nouns follow them as often.
PLACE_NOUNS = frozenset(
    map(
        normalize_word,
        [
            "مدينة",
            "بلدة",
            "قرية",
            "محافظة",
            "مديرية",
            "ولاية",
            "قضاء",
            "ناحية",
            "مخيم",
            "مطار",
            "بلدتي",
            "مدينتي",
            "محافظتي",
            "مدن",
            "قرى",
            "بلدات",
            "محافظات",
            "مقاطعة",
            "ضاحية",
        ],
    )
)
PREPOSITIONS = frozenset(
    map(normalize_word, ["في", "إلى", "من", "قرب", "بين", "نحو", "داخل", "باتجاه"])
)
FATHERS = frozenset(("بن", "ال", "محمد", "احمد", "علي", "عبدالله", "حسن", "السيد", "الشيخ"))
# Countries whose conflicts the packs are about: their small places stay weak rather than silent.
WATCHED = frozenset(
    [
        "SY",
        "YE",
        "IQ",
        "LY",
        "PS",
        "IL",
        "LB",
        "SD",
        "SS",
        "UA",
        "TR",
        "AF",
        "EH",
        "IR",
        "JO",
        "EG",
        "SA",
        "TN",
        "DZ",
        "MA",
        "ML",
        "SO",
    ]
)
FIRM_PEOPLE = 200_000  # from here on a name that is no word in the press is firm
RIVAL = 10  # a namesake this many times larger silences a place outside the watched countries
FEW = 5  # occurrences below which the press tells nothing
# Measured on 31,030 articles of 2015: towns stand after a place noun in 2-40 % of their
# occurrences, common words in under 0.4 %; short names must be shown to be places more often.
FIRM_NOUN_SHARE = 0.02
WORD_NOUN_SHARE = 0.004
OFTEN = 300  # a small place this frequent in the press would be known: ask for firm evidence
PREPOSITION_SHARE = 0.35
PERSON_SHARE = 0.12


@dataclass
class Contexts:
    """What stands before a name in the press."""

    total: int = 0
    noun: int = 0
    preposition: int = 0
    person: int = 0
    articles: set[int] = field(default_factory=set)


def count_contexts(rows: list[Row], press: Path) -> dict[str, Contexts]:
    """Return name in units -> what precedes it in the press."""
    index = NameIndex()
    for row in rows:
        for name in row.arabic:
            key = " ".join(name_units(name))
            index.firm.add(tuple(key.split()), key)
    found: dict[str, Contexts] = defaultdict(Contexts)
    for number, text in enumerate(iter_press_texts(press)):
        words = find_words(text, split_sentences(text))
        for match in index.find(words):
            context = found[match.ids[0]]
            before = words.norm[match.first - 1] if match.first else ""
            plain = before.lstrip("وب") if len(before) > 4 else before
            cut = match.start - words.start[match.first]
            context.total += 1
            context.noun += before in PLACE_NOUNS or plain in PLACE_NOUNS
            context.preposition += before in PREPOSITIONS or cut > 0
            context.person += before in FATHERS
            if len(context.articles) < 1000:
                context.articles.add(number)
    return found


def rank_spelling(row: Row, name: str, context: Contexts) -> int:
    """Return 2, 1 or 0: how safely one bare spelling means the place."""
    letters = sum(map(len, name_units(name)))
    if context.total < FEW:
        if letters > 4 and row.population >= FIRM_PEOPLE:
            return 2
        return int(letters > 3 and (row.country in WATCHED or row.population >= CITY_PEOPLE))
    noun = context.noun / context.total
    least = FIRM_NOUN_SHARE if context.total > OFTEN else WORD_NOUN_SHARE
    if noun < least or context.person / context.total > PERSON_SHARE:
        return 0
    placed = noun + context.preposition / context.total
    known = row.kind in ("city", "admin1") or row.country in WATCHED
    if known and noun >= FIRM_NOUN_SHARE and placed >= PREPOSITION_SHARE:
        return 2 if letters > 3 or context.total >= 10 * FEW else 1
    return 1


def rank_rows(rows: list[Row], contexts: dict[str, Contexts]) -> None:
    """Set every row's rank, and keep only the spellings of that rank, most frequent first."""
    largest: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in row.arabic:
            key = " ".join(name_units(name))
            largest[key] = max(largest[key], row.population)
    for row in rows:
        graded: dict[str, int] = {}
        counts: dict[str, int] = {}
        for name in row.arabic:
            key = " ".join(name_units(name))
            context = contexts.get(key, Contexts())
            graded[name] = rank_spelling(row, name, context)
            counts[name] = context.total
            if row.country not in WATCHED and largest[key] > RIVAL * row.population:
                graded[name] = 0
        row.rank = max(graded.values(), default=0)
        row.arabic = [name for name in row.arabic if graded[name] == row.rank]
        row.arabic.sort(key=lambda name: -counts[name])
