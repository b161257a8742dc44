"""What an expression is resolved against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mahdar.annotation.dates.edtf import Period


@dataclass(frozen=True, slots=True)
class Frame:
    """What an expression is resolved against.

    ``now`` is the day of writing or speaking. ``outlook`` is -1 where the words around tell of the
    past, 1 of what is to come, 0 where they do not say; ``firm`` where that outweighs nearness.
    ``previous`` is the period last told in
    the article, ``told`` the one told before in the same sentence, ``story`` the year that a date
    before in the sentence, or a year that heads its line, sets for what follows. ``event`` is the
    day of the event that a distance counts from («بعد يومين من لقاء الخميس»).
    """

    now: date
    outlook: int = 0
    firm: bool = False
    previous: Period | None = None
    told: Period | None = None
    story: int | None = None
    event: Period | None = None
