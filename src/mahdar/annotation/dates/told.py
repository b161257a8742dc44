"""What an article has told so far: the period last told, the year of its story, days with their year."""

from __future__ import annotations

from dataclasses import dataclass, field

from mahdar.annotation.dates.edtf import Period, parse_edtf
from mahdar.annotation.dates.hijri import hijri_month
from mahdar.annotation.dates.phrases import CalendarDate, Phrase

_DAY_LENGTH = len("2015-07-21")


@dataclass(slots=True)
class Told:
    """What has been told so far: in the article and in the sentence."""

    previous: Period | None = None
    told: Period | None = None
    story: int | None = None
    sentence: int = -1
    last_end: int | None = None
    headed_at: int | None = None
    hijri: tuple[int, int] | None = None
    days: dict[tuple[int, int], str] = field(default_factory=dict)

    def enter(self, sentence: int, text: str, char: int) -> None:
        """Enter a sentence; a year that heads its line («1952- …») holds to the line's end."""
        if sentence == self.sentence:
            return
        self.sentence, self.told, self.last_end = sentence, None, None
        if self.headed_at is None or "\n" in text[self.headed_at : char]:
            self.story = self.headed_at = None

    def in_its_calendar(self, phrase: Phrase) -> Phrase:
        """Return «السابع من نفس الشهر» as a Hijri day where a Hijri month was told last."""
        if self.hijri is None or not isinstance(phrase, CalendarDate) or not phrase.same_month:
            return phrase
        year, month = self.hijri
        return CalendarDate(phrase.day, month, year, hijri=True)

    def repeated(self, phrase: Phrase) -> str | None:
        """Return the value of a day and month that the article told before with its year."""
        if not isinstance(phrase, CalendarDate) or not _is_day_and_month(phrase):
            return None
        return self.days.get((phrase.day or 0, phrase.month or 0))

    def keep(self, phrase: Phrase, value: str) -> None:
        """Keep the value of a day told with its year or on which side of now it lies."""
        if isinstance(phrase, CalendarDate) and phrase.month and not phrase.same_month:
            period = parse_edtf(value)
            told = phrase.hijri and period is not None
            self.hijri = hijri_month(period.start) if told and period is not None else None
        if isinstance(phrase, CalendarDate) and phrase.day and phrase.month and not phrase.hijri:
            if len(value) == _DAY_LENGTH and not _is_day_and_month(phrase):
                self.days.setdefault((phrase.day, phrase.month), value)

    def tell(
        self, period: Period | None, end: int, *, absolute: bool, heads: bool, line: int | None
    ) -> None:
        """Keep a period told; ``line`` is where its line begins if it is a year that heads it."""
        self.last_end = end
        if period is None:
            return
        if line is not None:
            self.headed_at = line
        self.previous = self.told = period
        year = period.start.year
        if absolute and year == period.end.year and (heads or period.precision != "year"):
            self.story = year


def _is_day_and_month(date: CalendarDate) -> bool:
    """Tell whether a date is a day and month with nothing that tells its year."""
    told = (date.year, date.direction, date.year_offset, date.weekday, date.last_day)
    return bool(date.day and date.month) and not date.hijri and all(part is None for part in told)
