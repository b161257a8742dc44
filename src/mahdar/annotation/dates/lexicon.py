"""What single words can mean in a time expression: the lexicon's date tables, indexed by normal form.

A word that can begin or continue a time expression has entries; all others have none, which is what
keeps the walk over an article fast.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from mahdar.lexicon.tables import load_table
from mahdar.text.clitics import proclitic_splits
from mahdar.text.normalize import normalize_word
from mahdar.text.words import Words

# At this share of a hundred the names beside weekdays in the press were given names before surnames.
_NAME_SHARE = 25


class Entry(NamedTuple):
    """One meaning of a form.

    ``value`` and ``detail`` depend on ``kind``: month 1-12 and its calendar, weekday 0-6, offset in
    days, direction, first year of a decade, unit and its number. ``rest`` are the further words of
    the form. ``cut`` counts proclitic characters before it; ``definite`` tells of the article.
    """

    kind: str
    value: int = 0
    detail: str = ""
    rest: tuple[str, ...] = ()
    cut: int = 0
    definite: bool = False


@cache
def _index() -> dict[str, tuple[Entry, ...]]:
    """Return the first word of every form with its meanings, longest form first."""
    index: dict[str, list[Entry]] = {}

    def add(form: str, entry: Entry, *, article: bool = False) -> None:
        first, *rest = (normalize_word(word) for word in form.split())
        index.setdefault(first, []).append(entry._replace(rest=tuple(rest)))
        if article:
            last = [*rest[:-1], "ال" + rest[-1]] if rest else []
            head = first if rest else "ال" + first
            index.setdefault(head, []).append(entry._replace(rest=tuple(last), definite=True))

    for row in load_table("dates_months"):
        kind = "month" if row["bare"] == "1" else "shy_month"
        add(row["form"], Entry(kind, int(row["month"]), row["calendar"]))
    for row in load_table("dates_weekdays"):
        add(row["form"], Entry("weekday", int(row["weekday"])))
    for row in load_table("dates_days"):
        add(row["form"], Entry("day", int(row["offset"])))
    for row in load_table("dates_parts"):
        add(row["form"], Entry("part_of_" + row["of"], 0, row["part"]), article=row["of"] == "day")
    for row in load_table("dates_units"):
        number = {"singular": 1, "dual": 2, "plural": 0}[row["number"]]
        add(row["form"], Entry("unit", number, row["unit"]), article=True)
    for row in load_table("dates_directions"):
        add(row["form"], Entry("direction", int(row["direction"]), row["kind"]))
    for row in load_table("dates_seasons"):
        months = f"{row['first_month']}-{row['last_month']}"
        add(row["form"], Entry("season", 0, months), article=True)
    for row in load_table("dates_feasts"):
        date = f"{row['calendar']}-{row['month']}-{row['day']}"
        add(row["form"], Entry("feast", 0, date))
    for row in load_table("dates_decades"):
        add(row["form"], Entry("decade", int(row["first_year"])), article=True)
    for row in load_table("dates_words"):
        add(row["form"], Entry(row["kind"]))
    for form in ("ربع", "نصف", "ثلث"):
        add(form, Entry("fraction", {"ربع": 4, "نصف": 2, "ثلث": 3}[form]), article=True)
    for form, which in (("ساعه", "clock"),):
        add("ال" + form, Entry(which))
    return {
        first: tuple(sorted(entries, key=lambda e: -len(e.rest)))
        for first, entries in index.items()
    }


@lru_cache(maxsize=65536)
def look_up(norm: str) -> tuple[Entry, ...]:
    """Return the meanings of a word in normal form, uncut readings first; empty for most words."""
    index = _index()
    out: list[Entry] = []
    for cut, rest in proclitic_splits(norm):
        for entry in index.get(rest, ()):
            out.append(entry._replace(cut=cut) if cut else entry)
    return tuple(out)


@cache
def near_months() -> dict[str, int]:
    """Return spellings one letter short or one letter long of a Gregorian month's name, with it.

    A letter too many is one that stands twice or before the name («يجوان» for «جوان»); two
    neighbours may have changed places («سبمتبر»). Real words and other months are left out.
    """
    names = {
        row["form"]: int(row["month"])
        for row in load_table("dates_months")
        if row["calendar"] == "gregorian" and " " not in row["form"] and len(row["form"]) > 3
    }
    near: dict[str, int] = {}
    for name, month in names.items():
        variants = {"ي" + name, "ا" + name} | {
            name[:n] + name[n] + name[n:] for n in range(len(name))
        }
        if len(name) > 4:
            variants |= {name[:n] + name[n + 1 :] for n in range(len(name))}
            variants |= {
                name[:n] + name[n + 1] + name[n] + name[n + 2 :] for n in range(len(name) - 1)
            }
        for variant in variants:
            near.setdefault(variant, month)
    return {v: m for v, m in near.items() if v not in names and not _index().get(v)}


@cache
def _given_names() -> frozenset[str]:
    """Return words that mostly are given names, after which a weekday is a surname («محمد الخميس»)."""
    return frozenset(
        row["form"] for row in load_table("names_given") if int(row["share"]) >= _NAME_SHARE
    )


def is_given_name(norm: str) -> bool:
    """Tell whether a word mostly is a given name."""
    return norm in _given_names()


def norm_at(words: Words, i: int, sentence: int) -> str:
    """Return the normal form of word ``i`` if it stands in that sentence, else the empty string."""
    if 0 <= i < len(words.norm) and words.sentence[i] == sentence:
        return words.norm[i]
    return ""


def entry_at(
    words: Words, i: int, sentence: int, *kinds: str, cut: bool = False
) -> tuple[Entry, int] | None:
    """Return a meaning of one of the kinds at word ``i`` and the index after it.

    With ``cut`` false only whole words count, as inside an expression.
    """
    norm = norm_at(words, i, sentence)
    if not norm:
        return None
    for entry in look_up(norm):
        if entry.kind not in kinds or (entry.cut and not cut):
            continue
        if all(norm_at(words, i + n, sentence) == w for n, w in enumerate(entry.rest, start=1)):
            return entry, i + 1 + len(entry.rest)
    return None


def is_kind(words: Words, i: int, sentence: int, *kinds: str, cut: bool = False) -> bool:
    """Tell whether word ``i`` has a meaning of one of the kinds; ``cut`` lets proclitics stand."""
    return entry_at(words, i, sentence, *kinds, cut=cut) is not None
