"""Numbers and dates as the visitor reads them: which digits, which month names."""

from __future__ import annotations

import re

from mahdar.consolidation.days import format_day, parse_days
from mahdar.i18n import Language, tr

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PLAIN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}:\d{2})[^~?%]*)?([~?%]*)")
_SEASONS = range(21, 25)


def put_digits(text: str, digits: str) -> str:
    """Return a text of the interface with its digits as ``arabic`` (٠-٩) or ``latin``."""
    return text.translate(_ARABIC) if digits == "arabic" else text


def format_number(value: float, digits: str) -> str:
    """Return a number grouped by thousands (``12,345``, ``١٢٬٣٤٥``)."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    if digits == "arabic":
        return put_digits(text.replace(",", "٬").replace(".", "٫"), digits)
    return text


def format_date(edtf: str | None, lang: Language, digits: str) -> str:
    """Return an EDTF date in words (``3 Aug 2015``, ``نحو آب/أغسطس ٢٠١٥``); an em dash for none.

    What is not understood is given as it stands.
    """
    if not edtf or edtf == "..":
        return "—"
    if "/" in edtf:
        left, right = edtf.split("/", 1)
        if left in ("", ".."):
            return tr("date.until", lang, date=format_date(right, lang, digits))
        if right in ("", ".."):
            return tr("date.from", lang, date=format_date(left, lang, digits))
        return _span(left, right, lang, digits)
    found = _PLAIN.fullmatch(edtf)
    if found is None:
        days = parse_days(edtf) if "W" in edtf else None
        if days is not None:  # a week, told by its days
            return format_date(f"{format_day(days.first)}/{format_day(days.last)}", lang, digits)
        return put_digits(edtf, digits)
    year, month, day, clock, mark = found.groups()
    words = [year]
    if month:
        number = int(month)
        known = 1 <= number <= 12 or number in _SEASONS
        words.insert(0, tr(f"month.{number}", lang) if known else month)
    if day:
        words.insert(0, str(int(day)))
    text = " ".join(words)
    if clock:
        text = f"{text}, {clock}" if lang == "en" else f"{text}، {clock}"
    if mark:
        text = tr("date.about", lang, date=text)
    return put_digits(text, digits)


def _span(left: str, right: str, lang: Language, digits: str) -> str:
    """Return two dates as one span; what both share is said once (``21–28 May 2023``)."""
    first, last = _PLAIN.fullmatch(left), _PLAIN.fullmatch(right)
    if left == right:
        return format_date(left, lang, digits)
    if first is None or last is None or not (first[3] and last[3]):
        return f"{format_date(left, lang, digits)} – {format_date(right, lang, digits)}"
    plain = not any((first[4], first[5], last[4], last[5]))
    if plain and first.group(1, 2) == last.group(1, 2):
        return f"{put_digits(str(int(first[3])), digits)}–{format_date(right, lang, digits)}"
    if plain and first[1] == last[1]:
        begun = f"{int(first[3])} {tr(f'month.{int(first[2])}', lang)}"
        return f"{put_digits(begun, digits)} – {format_date(right, lang, digits)}"
    return f"{format_date(left, lang, digits)} – {format_date(right, lang, digits)}"
