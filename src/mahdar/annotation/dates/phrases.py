"""What a time expression says, before it is resolved: small frozen trees that the grammar builds.

``direction`` is -1 past, 0 current, 1 to come, ``None`` unsaid; ``steps`` is 2 for «قبل الماضي».
Units are hour, day, week, month, year, decade, century, season.
"""

from __future__ import annotations

from dataclasses import dataclass

Unit = str


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day counted from the day of writing: «أمس», «غدا الثلاثاء»."""

    offset: int
    weekday: int | None = None
    date: CalendarDate | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday: «الجمعة», «الأحد المقبل», «الاثنين من الأسبوع المقبل»; ``until`` is «ليل الجمعة السبت»."""

    weekday: int
    direction: int | None = None
    steps: int = 1
    week: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date of a calendar, any part of it unsaid.

    ``last_day`` and ``last_month`` close a range inside it («4 و5 مايو», «سبتمبر أو أكتوبر»);
    ``month_offset`` and ``year_offset`` count from the day of writing («من الشهر الجاري»).
    ``same_month``: the month is the one told before («29 من الشهر نفسه»), ``same_year`` the year
    («سبتمبر من السنة نفسها»), ``near_month`` the current one or its neighbour («26 من الشهر»).
    ``event``: the year is that of the event that the day names («أحداث 11 سبتمبر»).
    """

    day: int | None = None
    month: int | None = None
    year: int | None = None
    hijri: bool = False
    direction: int | None = None
    steps: int = 1
    last_day: int | None = None
    last_month: int | None = None
    month_offset: int | None = None
    year_offset: int | None = None
    weekday: int | None = None
    unsure: bool = False
    same_month: bool = False
    same_year: bool = False
    near_month: bool = False
    event: bool = False


@dataclass(frozen=True, slots=True)
class RelativeUnit:
    """A whole unit counted from the current one: «الأسبوع الماضي» is -1, «هذا العام» 0.

    ``new``: the one that begins next or has just begun («العام الجديد»).
    """

    unit: Unit
    offset: int
    new: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Several units up to now or from now: «الأيام الماضية», «السنوات الـ35 الماضية»."""

    unit: Unit
    count: int | None
    direction: int


@dataclass(frozen=True, slots=True)
class Distance:
    """A point so far from now: «قبل شهرين», «منذ أربع سنوات ونصف», «بعد أسبوع».

    ``of_event`` is True when it counts from an event («بعد يوم من سحب»), ``of_told`` when it
    counts from the day told last («بعد شهرين من ذلك»), ``from_now`` when it says so («من الآن»).
    """

    unit: Unit
    count: int | None
    sign: int
    half: bool = False
    about: bool = False
    since: bool = False
    of_event: bool = False
    of_told: bool = False
    from_now: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """A stretch that starts now: «في غضون 20 يوما», «خلال 48 ساعة».

    ``firm``: «غضون», which is never a mere duration; ``of_event``: it starts with something told
    («خلال 30 يوما من تسلم الصك»), on a day nobody knows.
    """

    unit: Unit
    count: int | None
    about: bool = False
    firm: bool = False
    of_event: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """Years told outright: a year, years, a decade, a century."""

    first: int
    last: int
    hijri: bool = False


@dataclass(frozen=True, slots=True)
class Century:
    """A century counted from the current one."""

    offset: int


@dataclass(frozen=True, slots=True)
class Decade:
    """A decade by name: «التسعينات», 90, in the century of ``century`` (1900) or the nearest past."""

    first: int
    century: int | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """A season: months from-to, in a year or on a side of now."""

    first_month: int
    last_month: int
    year: int | None = None
    direction: int | None = None
    year_offset: int | None = None


@dataclass(frozen=True, slots=True)
class Fraction:
    """The ``number``-th of ``parts`` of a year or month; ``offset`` counts from the current one."""

    parts: int
    number: int | None
    of: Phrase | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Beginning, middle or end of a longer period.

    ``near``: of the week that the words around mean («في نهاية الأسبوع» told on a Monday).
    """

    part: str
    of: Phrase
    near: bool = False


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast by its calendar date; ``year`` is a Gregorian year said of it.

    ``either``: «العيد» without more, the nearer of the two, whose date is told as of al-Fitr.
    """

    date: CalendarDate
    year: int | None = None
    either: bool = False


@dataclass(frozen=True, slots=True)
class Same:
    """The day, month, week or year last told, moved by ``step``: «نفس اليوم», «اليوم التالي».

    ``near``: only one told in the same sentence will do («أمس، في اليوم الثالث للعملية»).
    """

    unit: Unit
    step: int = 0
    near: bool = False


@dataclass(frozen=True, slots=True)
class Like:
    """The day or month of writing in another year: «مثل هذا اليوم من العام الماضي»."""

    unit: Unit
    year: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """From one phrase to another."""

    first: Phrase
    last: Phrase


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, ``HH:MM`` with the zone as written, of the day it stands with."""

    time: str


Phrase = (
    RelativeDay
    | Weekday
    | CalendarDate
    | RelativeUnit
    | Stretch
    | Distance
    | Within
    | Years
    | Century
    | Decade
    | Season
    | Fraction
    | Part
    | Feast
    | Same
    | Like
    | Interval
    | Clock
)

Parsed = tuple[Phrase, int]
"""A phrase and the index of the first word after it."""


def is_absolute(phrase: Phrase) -> bool:
    """Tell whether an expression means the same whenever it is written."""
    if isinstance(phrase, CalendarDate):
        return phrase.month is not None and phrase.year is not None
    if isinstance(phrase, Years):
        return True
    if isinstance(phrase, RelativeDay):
        return phrase.date is not None and is_absolute(phrase.date)
    if isinstance(phrase, Season):
        return phrase.year is not None
    if isinstance(phrase, Decade):
        return phrase.century is not None
    if isinstance(phrase, Feast):
        return phrase.year is not None or phrase.date.year is not None
    if isinstance(phrase, Part):
        return is_absolute(phrase.of)
    if isinstance(phrase, Fraction):
        return phrase.of is not None and phrase.offset is None and is_absolute(phrase.of)
    if not isinstance(phrase, Interval) or not is_absolute(phrase.last):
        return False
    first = phrase.first
    if isinstance(first, CalendarDate) and isinstance(phrase.last, CalendarDate):
        # «بين يناير ونوفمبر 2016»: the first month takes the year of the second.
        return first.month is not None and not first.hijri and first.year_offset is None
    return is_absolute(first)
