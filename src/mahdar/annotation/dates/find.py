"""Expressions that tell when, in reading order, resolved against the article's day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from mahdar.annotation.dates.edtf import (
    UNKNOWN,
    Period,
    format_edtf,
    month_period,
    parse_edtf,
)
from mahdar.annotation.dates.frame import Frame
from mahdar.annotation.dates.grammar import Hit, parse_expression
from mahdar.annotation.dates.lexicon import look_up
from mahdar.annotation.dates.namesakes import drop_names
from mahdar.annotation.dates.phrases import (
    CalendarDate,
    Clock,
    Distance,
    Phrase,
    RelativeDay,
    Same,
    Stretch,
    Weekday,
    Within,
    Years,
    is_absolute,
)
from mahdar.annotation.dates.resolve import resolve_edtf, resolve_phrase
from mahdar.annotation.dates.speaking import agree_on_weekdays, speaking_day
from mahdar.annotation.dates.speech import SpeechDays
from mahdar.annotation.dates.stamps import find_stamps
from mahdar.annotation.dates.tense import find_tense, tells_a_toll, tells_how_often
from mahdar.annotation.dates.told import Told
from mahdar.annotation.document import ensure_article, text_of, words_of
from mahdar.model import Quotation, TimeExpression
from mahdar.text.normalize import surface_offset
from mahdar.text.numerals import is_number_word
from mahdar.text.words import Words

# A time of day belongs to a day told at most so many words before it.
_CLOCK_REACH = 8
# Days told longer ago than this are history, not the day of a speech.
_RECENT_DAYS = 6
# The date of an event stands at most so many words after «بعد يومين من».
_EVENT_REACH = 9
# Terms of more months than this are durations.
_LONGEST_TERM = 12
_CLAUSE_MARKS = frozenset(("،", ",", "؛", ":", "(", "«", '"', "“"))
_HITS = "mahdar_date_hits"
_NO_DAY = date(2000, 1, 1)


def find_dates(doc: Doc) -> tuple[TimeExpression, ...]:
    """Return the time expressions of an article, resolved against ``doc._.anchor``.

    Durations and vague words («مؤخرا») are left out. An expression whose day nothing tells has the
    value ``..``. Spans leave attached proclitics out.
    """
    ensure_article(doc)
    words = words_of(doc)
    hits = hits_of(doc)
    anchor = doc._.anchor
    period = parse_edtf(anchor.edtf) if anchor is not None else None
    if anchor is not None and anchor.rejected:
        # A printed date that contradicts the article tells nothing of what it reports.
        refused = {reason.partition(":")[0] for reason in anchor.rejected}
        foreign = {s.hit.first for s in find_stamps(words, hits) if format_edtf(s.day) in refused}
        hits = [hit for hit in hits if hit.first not in foreign]
    return resolve_hits(text_of(doc), words, hits, period, doc._.quotations or ())


def hits_of(doc: Doc) -> list[Hit]:
    """Return the document's time expressions outside noise, unresolved; found once per document."""
    hits: list[Hit] | None = doc.user_data.get(_HITS)
    if hits is None:
        words = words_of(doc)
        noise = ensure_article(doc).noise
        hits = find_hits(words)
        if noise:
            marked = sorted((span.start, span.end) for span in noise)
            starts = [start for start, _ in marked]
            hits = [hit for hit in hits if not _inside(words.start[hit.first], starts, marked)]
        doc.user_data[_HITS] = hits
    return hits


def _inside(char: int, starts: list[int], spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(starts, char) - 1
    return at >= 0 and char < spans[at][1]


def find_hits(words: Words) -> list[Hit]:
    """Return the time expressions of a text, unresolved, left to right without overlaps."""
    hits: list[Hit] = []
    i, last = 0, len(words)
    norm = words.norm
    while i < last:
        word = norm[i]
        if look_up(word) or word == "ال" or is_number_word(word):
            hit = parse_expression(words, i)
            if hit is not None:
                hits.append(hit)
                i = max(hit.end, i + 1)
                continue
        i += 1
    return drop_names(words, hits)


def resolve_hits(
    text: str,
    words: Words,
    hits: list[Hit],
    anchor: Period | None,
    quotations: tuple[Quotation, ...] = (),
) -> tuple[TimeExpression, ...]:
    """Return hits as time expressions with their values; ``hits`` are in reading order."""
    outlooks = [find_tense(words, hit.first, hit.end) for hit in hits]
    here = speaking_day(anchor, hits, words, outlooks)
    outlooks = agree_on_weekdays(hits, outlooks)
    speech = SpeechDays(quotations)
    out: list[TimeExpression] = []
    state = Told()
    for number, hit in enumerate(hits):
        state.enter(words.sentence[hit.first], text, words.start[hit.first])
        if isinstance(hit.phrase, Clock):
            if out and state.last_end is not None and hit.first - state.last_end <= _CLOCK_REACH:
                out[-1] = replace(out[-1], time=out[-1].time or hit.time)
            continue
        start = words.start[hit.first] + surface_offset(words.text[hit.first], hit.cut)
        now = here
        if quotations and isinstance(hit.phrase, RelativeDay | Weekday | Distance | Within):
            # «تشاورا (أمس)»: what a paper puts in brackets is its own word.
            inserted = _in_brackets(words, hit)
            now = here if inserted else speech.day_at(start, out) or here
        outlook, firm, _ = outlooks[number]
        phrase = _gloss(words, hits, number) or state.in_its_calendar(hit.phrase)
        if phrase is not hit.phrase and isinstance(phrase, RelativeDay):
            now = here
        elif now is here and _is_of_the_news(phrase, words, hit, speech.holds(start)):
            now = _day_before(state.previous, here) or here
        if now is here and _follows_what_is_told(hit.phrase, outlook):
            now = _recent_day(state.told, here) or here
        frame = Frame(
            now.start if now else _NO_DAY,
            outlook,
            firm,
            state.previous,
            state.told,
            state.story,
            _day_of_event(words, hits, number, now),
        )
        value = None if outlook > 0 and firm else state.repeated(phrase)
        value = value or resolve_edtf(phrase, now, frame)
        if state.headed_at is not None and isinstance(phrase, Distance) and here is not None:
            value = _in_chronology(here, state.story) or value
        if not _is_date(hit.phrase, value, outlook, now):
            continue
        if isinstance(phrase, Within) and tells_how_often(words, hit.first):
            continue
        if isinstance(phrase, Within) and not outlook and tells_a_toll(words, hit.first):
            value = _up_to_now(phrase, frame) or value
        end = words.end[hit.end - 1]
        absolute = is_absolute(hit.phrase)
        against = None if now is None or absolute else format_edtf(now)
        out.append(TimeExpression(start, end, value, text[start:end], against, hit.time))
        heads = hit.first == 0 or words.sentence[hit.first - 1] != words.sentence[hit.first]
        # «أدنى مستوى منذ فبراير 2010» sets no year for what the sentence goes on to tell.
        absolute = absolute and (hit.first == 0 or words.norm[hit.first - 1] != "منذ")
        if isinstance(hit.phrase, CalendarDate) and hit.phrase.event:
            absolute = False
        state.keep(phrase, value)
        line = start if _heads_line(text, words, hit) else None
        state.tell(parse_edtf(value), hit.end, absolute=absolute, heads=heads, line=line)
    return tuple(out)


def _heads_line(text: str, words: Words, hit: Hit) -> bool:
    """Tell whether a year heads a line of a chronology: «1952- …»."""
    if not isinstance(hit.phrase, Years) or hit.end >= len(words):
        return False
    return words.text[hit.end] in ("-", "–", ":") and not text[
        text.rfind("\n", 0, words.start[hit.first]) + 1 : words.start[hit.first]
    ].strip(" -•*")


def _up_to_now(phrase: Within, frame: Frame) -> str | None:
    """Return the stretch of a headline without a verb: «مقتل 260 خلال أسبوع»."""
    if phrase.count is None or phrase.of_event:
        return None
    back = resolve_phrase(Distance(phrase.unit, phrase.count, -1), frame)
    if back is None:
        return None
    if phrase.unit == "month":
        return format_edtf(
            Period(back.start, month_period(frame.now.year, frame.now.month).end, "month")
        )
    return format_edtf(Period(back.start, frame.now, "day", phrase.about))


def _in_brackets(words: Words, hit: Hit) -> bool:
    """Tell whether brackets stand right around an expression."""
    if hit.first == 0 or hit.end >= len(words):
        return False
    return words.text[hit.first - 1] in ("(", "[") and words.text[hit.end] in (")", "]")


def _gloss(words: Words, hits: list[Hit], number: int) -> Phrase | None:
    """Return the day that a paper puts in brackets after a day told by others: «فجر اليوم (أمس السبت)»."""
    hit = hits[number]
    if number + 1 == len(hits) or not isinstance(hit.phrase, RelativeDay) or hit.phrase.weekday:
        return None
    following = hits[number + 1]
    if following.first != hit.end + 1 or not _in_brackets(words, following):
        return None
    return following.phrase if isinstance(following.phrase, RelativeDay) else None


def _is_of_the_news(phrase: Phrase, words: Words, hit: Hit, spoken: bool) -> bool:
    """Tell whether an expression is of the day the news is of, which for a paper is the day before.

    «وقبل ساعات عزل بخاري قادته», and «هذا الصباح» or «الليلة» in somebody's words.
    """
    if isinstance(phrase, Distance):
        return phrase.unit == "hour" and phrase.sign < 0 and not phrase.of_event
    if not spoken or not isinstance(phrase, RelativeDay) or phrase.weekday is not None:
        return False
    return phrase.offset == 0 and (
        words.norm[hit.first] == "هذا" or words.norm[hit.first].endswith("الليله")
    )


def _in_chronology(here: Period, year: int | None) -> str | None:
    """Return the month of the article's day in the year of a chronology: «1956 - … بعد يومين»."""
    if year is None or here.start != here.end:
        return None
    return format_edtf(month_period(year, here.start.month, approximate=True))


def _day_before(told: Period | None, here: Period | None) -> Period | None:
    """Return the day told last where it is the one before the article's."""
    if told is None or here is None or told.start != told.end or here.start != here.end:
        return None
    return told if (here.start - told.start).days == 1 else None


def _day_of_event(words: Words, hits: list[Hit], number: int, now: Period | None) -> Period | None:
    """Return the day told of the event that hit ``number`` counts from, if it is told right after.

    «بعد يومين من لقاء الخميس»: the next expression, in the same clause.
    """
    phrase = hits[number].phrase
    if not isinstance(phrase, Distance | Within) or not phrase.of_event or now is None:
        return None
    if number + 1 == len(hits) or now.start != now.end:
        return None
    end, following = hits[number].end, hits[number + 1]
    if (
        following.first - end > _EVENT_REACH
        or words.sentence[end - 1] != words.sentence[following.first]
    ):
        return None
    if any(norm in _CLAUSE_MARKS for norm in words.norm[end : following.first]):
        return None
    outlook = find_tense(words, following.first, following.end)
    frame = Frame(now.start, outlook.side, outlook.firm)
    day = resolve_phrase(following.phrase, frame)
    return day if day is not None and day.start == day.end else None


def _follows_what_is_told(phrase: Phrase, outlook: int) -> bool:
    """Tell whether an expression counts from the day told before it in its sentence.

    «قال الثلاثاء إن الوفد سيصل الخميس» is the Thursday after that Tuesday; «أكد أمس أن الجيش سينسحب
    خلال 15 يوما» counts from yesterday. Coarser expressions come out the same from either day.
    """
    if isinstance(phrase, Weekday):
        return phrase.direction is None and outlook > 0
    if isinstance(phrase, Within):
        return phrase.count is not None
    if isinstance(phrase, Distance):
        return phrase.unit in ("hour", "day", "week") and not phrase.since and not phrase.of_event
    return (
        isinstance(phrase, Stretch) and phrase.unit in ("hour", "day") and phrase.count is not None
    )


def _recent_day(told: Period | None, here: Period | None) -> Period | None:
    """Return a day told that lies in the week before the article's day."""
    if told is None or here is None or told.start != told.end or here.start != here.end:
        return None
    return told if 0 < (here.start - told.start).days <= _RECENT_DAYS else None


def _is_date(phrase: Phrase, value: str, outlook: int, now: Period | None) -> bool:
    """Tell whether a resolved expression says when, rather than how long or something vague."""
    if isinstance(phrase, Within):
        # Longer stretches are durations more often than terms («خلال ثلاثة أعوام»).
        short = phrase.unit in ("day", "week", "month") or (
            phrase.unit == "hour" and (phrase.count or 24) >= 12
        )
        if phrase.unit == "month" and (phrase.count or 1) > _LONGEST_TERM:
            return False
        if phrase.count is None and outlook <= 0 and not phrase.firm:
            return False
        return short and outlook >= 0
    if value != UNKNOWN:
        return True
    if isinstance(phrase, Distance):
        # «بعد يومين من الانتخابات»: a point in time, on a day that the text does not tell. Of months
        # and years it is a duration («بعد أربعة أشهر من المعارك»).
        return phrase.count is not None and phrase.unit in ("hour", "day", "week")
    if isinstance(phrase, Stretch):
        return phrase.unit in ("year", "decade", "century")
    return not isinstance(phrase, Same) and (now is None or now.start != now.end)
