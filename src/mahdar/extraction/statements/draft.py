"""A statement in the making, by word numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from mahdar.extraction.statements.candidates import Candidate
from mahdar.extraction.statements.speaker_options import Option
from mahdar.model import Setting


@dataclass(slots=True)
class Draft:
    """A cue with its content ``[first, last]`` by words; ``start`` is the content's first character.

    ``quoted``: the content is one quotation. ``outer``: the statement whose content the cue stands
    in. ``sources``: entities that «بحسب» after the words names. ``via``: nearest to the paper first.
    ``to_medium``: the speaker talked to a medium. ``options``: who may have said it, with features. ``announced``: the medium that «بحسب» names before the cue («وحسب القناة، قال فلان»).
    ``apart``: further stretches of the content, by words, before or behind the main one.
    """

    candidate: Candidate
    first: int
    start: int
    last: int
    quoted: bool
    outer: Draft | None
    speakers: tuple[str, ...] = ()
    sources: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)
    setting: Setting = "unknown"
    announced: str | None = None
    to_medium: bool = False
    options: list[Option] = field(default_factory=list)
    apart: tuple[tuple[int, int], ...] = ()
