"""Dates in metadata: ISO 8601 and the mail form, nothing that needs guessing."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO_DAY = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_ISO_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])|(\d{4})")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)")


def iso_date(value: str | None) -> str | None:
    """Return a metadata date as ``YYYY-MM-DD`` (with ``THH:MM:SS`` and zone where given), or ``None``.

    Understands ISO 8601, months and years alone included (``2016-04``), ``YYYY/MM/DD``, ``YYYYMMDD`` and
    RFC 5322. A day that no calendar has is no date.
    """
    if not value:
        return None
    value = value.strip()
    if _ISO_MONTH.fullmatch(value):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        pass
    else:
        bare = len(value) <= 10 or (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        return moment.date().isoformat() if bare else moment.isoformat()
    found = _ISO_DAY.match(value) or _COMPACT.match(value)
    if found:
        year, month, day = map(int, found.groups())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError):
        return None
