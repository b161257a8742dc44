"""A cue with what it introduces."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.extraction.statements.complement import Complement
from mahdar.extraction.statements.cues import CueForm, Verb


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue by word numbers with its complement; ``form`` is None for colons and «بحسب».

    ``speech_before``: another cue stands before it in the sentence. ``over``: a possible cue that stands
    between it and what is said, and that a word of its subject only looks like or describes it with
    («قال المرصد ومقره لندن إن»); it counts where that one does not.
    """

    first: int
    last: int
    form: CueForm | None
    complement: Complement
    speech_before: bool = False
    over: Candidate | None = None

    @property
    def verb(self) -> Verb | None:
        """The reporting verb, if the cue is one."""
        return self.form.verb if self.form else None
