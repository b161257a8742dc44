"""What a statement does: assert, deny, demand, ..."""

from __future__ import annotations

from typing import cast

from mahdar.extraction.events.linear import LinearModel
from mahdar.extraction.statements.act_features import act_features
from mahdar.extraction.statements.draft import Draft
from mahdar.extraction.statements.view import View
from mahdar.model import Act


def tell_act(view: View, draft: Draft, model: LinearModel) -> Act:
    """Return the likeliest act of a statement."""
    scores = model.scores(act_features(view, draft))
    return cast(Act, model.labels[scores.index(max(scores))])
