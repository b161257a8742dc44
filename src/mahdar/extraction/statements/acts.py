"""What a statement does: assert, deny, demand, ..."""

from __future__ import annotations

from typing import cast

from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.view import View
from mahdar.model import Act, Mode


def tell_act(view: View, draft: Draft, mode: Mode) -> Act:
    """Return the act of a statement."""
    verb = draft.candidate.verb
    return cast(Act, verb.act if verb else "assert")
