"""The date against which an article's relative dates are resolved.

Metadata come first. Without them the article's own words are asked, the strongest first: a day that
spells itself out («اليوم الخميس 8 جوان 2017»), the date of a dateline, the date in the address of the
page, a printed stamp that nothing in the article contradicts, and last the months and years that
its words allow («نيسان الجاري» between the latest date it tells and the end of a post it names).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from spacy.tokens import Doc

from mahdar.annotation.dates.bounds import Bounds, find_bounds
from mahdar.annotation.dates.edtf import (
    Period,
    format_edtf,
    month_period,
    parse_edtf,
)
from mahdar.annotation.dates.find import find_hits, hits_of
from mahdar.annotation.dates.frame import Frame
from mahdar.annotation.dates.grammar import Hit
from mahdar.annotation.dates.phrases import CalendarDate, RelativeDay, is_absolute
from mahdar.annotation.dates.resolve import resolve_phrase
from mahdar.annotation.dates.stamps import Stamp, absolute_day, find_stamps
from mahdar.annotation.dates.tense import find_outlook
from mahdar.annotation.document import ensure_article, words_of
from mahdar.errors import KnowledgeError
from mahdar.knowledge.load import load_knowledge
from mahdar.model import Anchor, Article, Basis, Span
from mahdar.text.words import Words, find_words

# A printed date this far from the article's date is another's («last update», a reprint's issue).
_FAR_DAYS = 45
# A stamp years after the latest date that the article tells is no date of the article.
_STALE_DAYS = 3 * 365
# A dateline ends within so many words of the text and has so few words before its date.
# Months from-to that are further apart say too little to be called an anchor.
_OPEN_DAYS = 2 * 366
_DATELINE_WORDS = 60
_LEAD_WORDS = 14
_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-/_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)"
)
_ANY_DAY = date(2000, 1, 1)


@dataclass(slots=True)
class _Evidence:
    """What the article's own words say of its date."""

    spelled: list[tuple[date, Hit]] = field(default_factory=list)
    datelines: list[tuple[date, Hit]] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    weekdays: list[Hit] = field(default_factory=list)
    months: dict[int, Hit] = field(default_factory=dict)
    latest: date | None = None
    latest_hit: Hit | None = None


def find_anchor(doc: Doc) -> Anchor:
    """Return the article's anchor date with its basis and certainty.

    ``edtf`` is a day, a month, or months from-to; ``None`` where neither metadata, address nor
    words tell. ``evidence`` are the words it rests on, also where they do not suffice.
    """
    article = ensure_article(doc)
    words = words_of(doc)
    hits = hits_of(doc)
    evidence = _gather(words, hits)
    evidence.stamps.extend(_stamps_of_noise(article))
    published = parse_edtf(article.published)
    if published is not None:
        agreeing = [
            h for day, h in (*evidence.spelled, *evidence.datelines) if _near(day, published)
        ]
        rejected = _reject(evidence.stamps, published, "days from the publication date")
        url = _url_date(article.url)
        if url is not None and not _near(url, published):
            rejected.append(f"{url}: in the address, far from the publication date")
        return Anchor(
            format_edtf(published),
            "metadata",
            1.0,
            _spans(words, [*agreeing, *evidence.weekdays]),
            tuple(rejected),
        )
    return _anchor_of_words(words, evidence, article.url)


def _stamps_of_noise(article: Article) -> list[Stamp]:
    """Return the dates printed in page furniture: last updates, issue numbers."""
    stamps: list[Stamp] = []
    for span in article.noise:
        line = span.of(article.text)
        words = find_words(line, [(0, len(line))])
        stamps.extend(find_stamps(words, find_hits(words)))
    return stamps


def _gather(words: Words, hits: list[Hit]) -> _Evidence:
    found = _Evidence(stamps=find_stamps(words, hits))
    stamped = {stamp.hit.first for stamp in found.stamps}
    for hit in hits:
        phrase = hit.phrase
        if isinstance(phrase, RelativeDay):
            if phrase.date is not None and is_absolute(phrase.date):
                day = resolve_phrase(phrase.date, Frame(_ANY_DAY))
                if day is not None and 1 < day.start.year < 9999:
                    found.spelled.append((day.start - timedelta(days=phrase.offset), hit))
            elif phrase.weekday is not None:
                found.weekdays.append(hit)
        elif isinstance(phrase, CalendarDate) and hit.first not in stamped:
            if phrase.direction == 0 and phrase.month is not None and not phrase.hijri:
                found.months.setdefault(phrase.month, hit)
            told = resolve_phrase(phrase, Frame(_ANY_DAY)) if is_absolute(phrase) else None
            if told is None:
                continue
            if _is_dateline(words, hit):
                found.datelines.append((told.start, hit))
            elif find_outlook(words, hit.first, hit.end) <= 0 and (
                found.latest is None or told.start > found.latest
            ):
                found.latest, found.latest_hit = told.start, hit
    return found


def _is_dateline(words: Words, hit: Hit) -> bool:
    """Tell whether a full date stands in the dateline: near the top, after a place or another date."""
    if hit.first > _DATELINE_WORDS or absolute_day(hit) is None:
        return False
    sentence = words.sentence[hit.first]
    before = [
        words.norm[i]
        for i in range(max(0, hit.first - _LEAD_WORDS), hit.first)
        if words.sentence[i] == sentence
    ]
    if any(norm in ("في", "منذ", "حتي", "يوم") for norm in before):
        return False
    # «القاهرة 25 شوال 1436 هـ الموافق 10 أغسطس»: the second date stands behind the first.
    most = 9 if "الموافق" in before[-2:] else 3
    return sum(norm.isalpha() for norm in before) <= most


def _anchor_of_words(words: Words, evidence: _Evidence, url: str | None) -> Anchor:
    """Return the anchor that the words and the page's address give."""
    bounds = _bounds(words)
    supporting = _spans(
        words,
        [
            *(h for _, h in evidence.spelled),
            *(h for _, h in evidence.datelines),
            *evidence.weekdays,
            *evidence.months.values(),
            *([evidence.latest_hit] if evidence.latest_hit else []),
        ],
    )
    supporting = tuple(sorted({*supporting, *bounds.evidence}))
    rejected: list[str] = []

    def fits(day: date, name: str) -> bool:
        reason = _contradiction(day, evidence, bounds)
        if reason is not None:
            rejected.append(f"{day}: {name}, {reason}")
        return reason is None

    candidates: list[tuple[date, Basis, float, str]] = [
        *((day, "text", 0.95, "spelt out") for day, _ in evidence.spelled),
        *((day, "text", 0.9, "in the dateline") for day, _ in evidence.datelines),
    ]
    address = _url_date(url)
    if address is not None:
        candidates.append((address, "url", 0.85, "in the address"))
    candidates += [
        (stamp.day.start, "text", 0.4 if stamp.update else 0.7, "printed on the page")
        for stamp in evidence.stamps
    ]
    chosen: Anchor | None = None
    for day, basis, certainty, name in candidates:
        if not fits(day, name):
            continue
        if chosen is None:
            chosen = Anchor(day.isoformat(), basis, certainty, supporting)
        elif not _near(day, parse_edtf(chosen.edtf)):
            rejected.append(f"{day}: {name}, far from {chosen.edtf}")
    if chosen is None:
        chosen = _anchor_of_bounds(evidence, bounds, supporting)
    return Anchor(chosen.edtf, chosen.basis, chosen.certainty, supporting, tuple(rejected))


def _contradiction(day: date, evidence: _Evidence, bounds: Bounds) -> str | None:
    """Return why a day cannot be the article's, ``None`` if nothing speaks against it."""
    if evidence.months:
        closest = min(abs((day - _nearest(day, month)).days) for month in evidence.months)
        if closest > 7:
            return "outside the month that the article calls current"
    latest = evidence.latest
    if latest is not None and latest > day + timedelta(days=2):
        return f"before {latest}, which the article tells as past"
    if bounds.last is not None and day > bounds.last + timedelta(days=31):
        return f"after {bounds.last}, when a post named in the article ended"
    if bounds.first is not None and day < bounds.first - timedelta(days=31):
        return f"before {bounds.first}, the date of what the article names"
    own = max((d for d in (latest, bounds.first) if d is not None), default=None)
    if own is not None and (day - own).days > _STALE_DAYS and not evidence.spelled:
        return f"years after {own}, the latest date the article gives"
    return None


def _nearest(day: date, month: int) -> date:
    """Return the day of a month, of this year or a neighbour, that lies nearest to a day."""
    periods = [month_period(year, month) for year in (day.year - 1, day.year, day.year + 1)]
    return min(
        (min(max(day, p.start), p.end) for p in periods), key=lambda near: abs((near - day).days)
    )


def _anchor_of_bounds(evidence: _Evidence, bounds: Bounds, supporting: tuple[Span, ...]) -> Anchor:
    """Return the months that the article's words leave open, if they are few enough to be of use."""
    first = max((d for d in (evidence.latest, bounds.first) if d is not None), default=None)
    last = bounds.last
    if first is None:
        return Anchor(None, "none", 0.0)
    if evidence.months:
        years = range(first.year, (last.year if last else first.year + 1) + 1)
        months = [
            period
            for year in years
            for month in evidence.months
            if (period := month_period(year, month)).end >= first
            and (last is None or period.start <= last)
        ]
        if len(months) == 1 and last is not None:
            return Anchor(format_edtf(months[0]), "text", 0.8, supporting)
        if months and last is None and (months[0].start - first).days < 365:
            return Anchor(format_edtf(months[0]), "text", 0.4, supporting)
        return Anchor(None, "none", 0.0)
    if last is not None and first <= last and (last - first).days <= _OPEN_DAYS:
        span = Period(first.replace(day=1), month_period(last.year, last.month).end, "month")
        return Anchor(format_edtf(span), "text", 0.3, supporting)
    return Anchor(None, "none", 0.0)


def _bounds(words: Words) -> Bounds:
    try:
        return find_bounds(words, load_knowledge())
    except KnowledgeError:
        return Bounds()


def _reject(stamps: list[Stamp], published: Period, reason: str) -> list[str]:
    return [
        f"{format_edtf(stamp.day)}: printed on the page, {_gap(stamp.day.start, published)} {reason}"
        for stamp in stamps
        if not _near(stamp.day.start, published)
    ]


def _gap(day: date, period: Period) -> int:
    return (period.start - day).days if day < period.start else max(0, (day - period.end).days)


def _near(day: date, period: Period | None) -> bool:
    return period is not None and _gap(day, period) <= _FAR_DAYS


def _url_date(url: str | None) -> date | None:
    """Return the day in a page's address («/2015/07/21/», «20150721»), ``None`` if there is none."""
    for found in _URL_DATE.finditer(url or ""):
        try:
            return date(int(found[1]), int(found[3]), int(found[4]))
        except ValueError:
            continue
    return None


def _spans(words: Words, hits: list[Hit]) -> tuple[Span, ...]:
    return tuple(sorted({Span(words.start[h.first], words.end[h.end - 1]) for h in hits}))
