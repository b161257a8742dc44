"""Planned events and due commitments as iCalendar (RFC 5545): whole days, ids that stay.

Nothing in it is certain: every event is TENTATIVE and says who reports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from mahdar.consolidation.days import Days, parse_days
from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.coded import ARRANGED, Reason, iter_judged
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.i18n import tr, tr_code

_LINE_OCTETS = 75
_LONGEST_DAYS = 31
"""A longer time («this year») is no date in a calendar."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def write_calendar(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write one calendar; returns the number of its events under the file's name."""
    lang = source.request.lang
    count = 0
    with out.open("w", encoding="utf-8", newline="") as stream:
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mahdar//mahdar export//EN"]
        name = _text("X-WR-CALNAME", tr("export.calendar", lang))
        stream.write(_lines([*head, "CALSCALE:GREGORIAN", "METHOD:PUBLISH", name]))
        for lines in iter_events(source, tick):
            stream.write(_lines(lines))
            count += 1
        stream.write(_lines(["END:VCALENDAR"]))
    return {out.name: count}


def iter_events(source: Source, tick: Tick) -> Iterator[list[str]]:
    """Yield each event's lines; what is neither planned nor due, or has no day, is counted."""
    for bundle in iter_judged(source, tick, _leave):
        entry = bundle.row
        due = entry.kind == "commitment"
        days = parse_days(entry.best("due")) if due else bundle.days
        if days is None:
            source.left_out.add("no_due_day" if due else "no_planned_day")
        elif days.length > _LONGEST_DAYS:
            source.left_out.add("too_wide")
        else:
            yield _event(source, bundle, days, due=due)


def _leave(entry: Chosen) -> Reason | None:
    if entry.kind == "commitment" or (entry.modality == "planned" and entry.kind not in ARRANGED):
        return None
    return "not_planned", entry.kind


def _event(source: Source, bundle: EntryBundle, days: Days, *, due: bool) -> list[str]:
    entry, lang = bundle.row, source.request.lang
    comma = "، " if lang == "ar" else ", "
    people = comma.join(ref.label(lang) for ref in entry.people()[:6])
    what = tr("export.due", lang) if due else tr_code("event", entry.type, lang)
    summary = f"{what}: {people}" if people else what
    if due:
        summary = f"{summary} – {entry.text}"
    place = source.geography.locate(entry.place.key if entry.place else None)
    last = date.fromordinal(days.last)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.id}@mahdar",
        # When it was first reported: the same record gives the same file.
        f"DTSTAMP:{_stamp(bundle)}",
        f"DTSTART;VALUE=DATE:{date.fromordinal(days.first):%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        _text("SUMMARY", summary),
        _text("DESCRIPTION", _describe(bundle, lang)),
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "CATEGORIES:" + ",".join(c.translate(_ESCAPED) for c in (entry.kind, *entry.processes)),
        _text("X-MAHDAR-STANDING", entry.standing),
        f"X-MAHDAR-ORIGINS:{entry.origins}",
        _text("X-MAHDAR-CLAIMS", " ".join(told.claim.uid for told in bundle.told)),
        _text("X-MAHDAR-REVIEW", bundle.judged.state),
    ]
    if entry.place:
        lines.append(_text("LOCATION", entry.place.label(lang)))
    if place.placed:
        lines.append(f"GEO:{place.lat};{place.lon}")
    if bundle.tlp:
        lines += ["CLASS:CONFIDENTIAL", _text("X-MAHDAR-TLP", bundle.tlp)]
    return [*lines, "END:VEVENT"]


def _describe(bundle: EntryBundle, lang: str) -> str:
    entry = bundle.row
    reported = tr(
        "export.reported",
        lang,
        articles=entry.articles,
        origins=entry.origins,
        standing=tr_code("standing", entry.standing, lang),
        text=entry.text,
    )
    sources = [
        " · ".join(part for part in (told.publisher, (told.published or "")[:10], told.url) if part)
        for told in bundle.told
    ]
    return "\n".join([reported, *dict.fromkeys(sources), f"mahdar show entry {entry.id}"])


def _stamp(bundle: EntryBundle) -> str:
    days = [d.first for t in bundle.told if (d := parse_days(t.published))]
    first = date.fromordinal(min(days)) if days else date(1970, 1, 1)
    return f"{first:%Y%m%d}T000000Z"


def _text(name: str, value: str) -> str:
    return f"{name}:{value.translate(_ESCAPED)}"


def _lines(lines: list[str]) -> str:
    return "".join(map(fold_line, lines))


def fold_line(line: str) -> str:
    """Return a content line ended and folded at 75 octets, never inside a character."""
    out: list[str] = []
    size = 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LINE_OCTETS:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += octets
    return "".join(out) + "\r\n"
