"""Counts, dates and lists in words, Arabic and English, from the patterns of ``i18n/brief.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from mahdar.consolidation.days import parse_days
from mahdar.export.brief.model import Digits
from mahdar.i18n import tr, tr_count

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_QUOTED = re.compile(r"(«[^»]*»)")
_MONTH_DAYS = (28, 31)
_YEAR_DAYS = (365, 366)
_NAMED = 3
"""So many names in a row are read; more are «and others»."""


def count(noun: str, number: int, lang: str) -> str:
    """Return a number with its noun in the right form: «ثلاثة أصول مستقلة», "three independent origins".

    Args:
        noun: a key under ``brief.count``.
        number: how many.
        lang: ``ar`` or ``en``.
    """
    if 2 < number <= 10 and noun != "unit_H":
        word = tr(f"brief.number.{number}", lang)
    else:
        word = f"{number:,}"
    return tr_count(f"brief.count.{noun}", number, lang, word)


def put_digits(text: str, digits: Digits) -> str:
    """Return a text with its digits as asked for; what stands between « and » is a source's and stays."""
    if digits != "arabic":
        return text
    parts = _QUOTED.split(text)
    return "".join(p if p.startswith("«") else p.translate(_ARABIC) for p in parts)


def join_names(names: Iterable[str], lang: str, *, most: int = _NAMED) -> str:
    """Return names as a list in words, «A وB وC»; past ``most`` of them «and others»."""
    told = list(dict.fromkeys(name for name in names if name))
    others = len(told) > most
    told = told[:most]
    if not told:
        return ""
    if others:
        return tr("brief.names.others", lang, names=_comma(lang).join(told))
    if len(told) == 1:
        return told[0]
    if lang == "ar":
        return " و".join(told)
    return tr("brief.names.and", lang, names=", ".join(told[:-1]), last=told[-1])


def _comma(lang: str) -> str:
    return "، " if lang == "ar" else ", "


def name_day(day: date, lang: str, *, year: bool = True) -> str:
    """Return a day in words: «3 آب/أغسطس 2015», "3 August 2015"."""
    text = f"{day.day} {tr(f'brief.month.{day.month}', lang)}"
    return f"{text} {day.year}" if year else text


def name_time(edtf: str | None, lang: str, *, year: int | None = None) -> str:
    """Return an EDTF time in words; empty for none or what is no date.

    Args:
        edtf: a day, month, year or interval.
        lang: ``ar`` or ``en``.
        year: the year that goes without saying.
    """
    days = parse_days(edtf)
    if edtf is None or days is None:
        return ""
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    quiet = first.year == last.year == year
    if edtf.endswith("/.."):
        return tr("brief.time.from", lang, day=name_day(first, lang, year=first.year != year))
    if edtf.startswith("../"):
        return tr("brief.time.until", lang, day=name_day(last, lang, year=last.year != year))
    if days.length == 1:
        text = name_day(first, lang, year=not quiet)
    elif days.length in range(_MONTH_DAYS[0], _MONTH_DAYS[1] + 1) and first.day == 1:
        text = f"{tr(f'brief.month.{first.month}', lang)} {first.year}"
    elif days.length in _YEAR_DAYS and first.day == first.month == 1:
        text = str(first.year)
    else:
        text = name_span(first, last, lang, year=not quiet)
    return tr("brief.time.about", lang, time=text) if edtf[-1] in "~?%" else text


def name_span(first: date, last: date, lang: str, *, year: bool = True) -> str:
    """Return a stretch of days in words: «21 تموز/يوليو – 11 آب/أغسطس 2015»."""
    if first == last:
        return name_day(first, lang, year=year)
    left = name_day(first, lang, year=first.year != last.year)
    return f"{left} – {name_day(last, lang, year=year)}"


def clip(text: str, most: int, start: int = 0) -> str:
    """Return the first ``most`` characters of a text from ``start`` on, cut between words, white space folded.

    Quotation marks «» inside become ‹› so that the text can stand between them.
    """
    head = "… " if text[:start].strip() else ""
    flat = " ".join(text[start:].split()).replace("«", "‹").replace("»", "›")
    if len(flat) <= most:
        return head + flat
    return f"{head}{flat[:most].rsplit(' ', 1)[0].rstrip('،,؛;: ')} …"
