"""The day on which quoted words were spoken: «قال أول من أمس: «سنجتمع غدا»»."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from mahdar.annotation.dates.edtf import Period, parse_edtf
from mahdar.model import Quotation, TimeExpression

# The day of a speech is told at most so many characters before its quotation opens.
_REACH_CHARS = 60


class SpeechDays:
    """Finds the quotation around a place and the day that introduces it, in logarithmic time.

    Quoted names and labels do not count; of nested quotations the outer one is the speech.
    """

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for quotation in sorted(quotations, key=lambda q: (q.start, -q.end)):
            if quotation.speech and (not self._ends or quotation.start >= self._ends[-1]):
                self._starts.append(quotation.start)
                self._ends.append(quotation.end)

    def holds(self, char: int) -> bool:
        """Tell whether the words at ``char`` are somebody's."""
        at = bisect_right(self._starts, char) - 1
        return at >= 0 and char < self._ends[at]

    def day_at(self, char: int, told: Sequence[TimeExpression]) -> Period | None:
        """Return the day on which the words at ``char`` were spoken; ``None`` if nothing tells it.

        Args:
            char: a place in the text.
            told: the time expressions found so far, in reading order.
        """
        at = bisect_right(self._starts, char) - 1
        if at < 0 or char >= self._ends[at]:
            return None
        opening = self._starts[at]
        before = bisect_right(told, opening, key=lambda expression: expression.end) - 1
        if before < 0 or opening - told[before].end > _REACH_CHARS:
            return None
        day = parse_edtf(told[before].value)
        if day is None or day.precision != "day" or day.start != day.end:
            return None
        return day
