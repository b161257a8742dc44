"""Whether a judgement says all that it must, before it is looked at with the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from mahdar.consolidation.consolidate import FAMILIES
from mahdar.consolidation.days import parse_days
from mahdar.errors import JudgementError
from mahdar.judgements.kinds import (
    ACTIONS,
    CLAIM_FIELDS,
    CREDIBILITY,
    ENTRY_FIELDS,
    RELIABILITY,
    TLP,
    Judgement,
)
from mahdar.model import Act, Modality, Mode

_COUNTED = frozenset({"killed", "injured"})
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "modality": get_args(Modality),
    "mode": get_args(Mode),
    "type": (
        *(type_ for _, _, types, _ in FAMILIES for type_ in types),
        *get_args(Act),
        "COMMITMENT",
    ),
}
_VALUES: Mapping[str, tuple[Any, ...]] = {
    "reliability": RELIABILITY,
    "credibility": CREDIBILITY,
    "tlp": TLP,
}


def check_judgement(judgement: Judgement) -> None:
    """Check that a judgement is well formed: what it is about, who, why, and its detail.

    Raises:
        JudgementError: it is not; says what is missing or wrong, and what is possible.
    """
    kind = ACTIONS.get(judgement.action)
    if kind is None:
        raise JudgementError(
            f"{judgement.action}: no such action. Mend: one of {', '.join(ACTIONS)}."
        )
    about = f"{judgement.action} {judgement.kind} {judgement.subject}"
    if judgement.kind not in kind.about:
        raise JudgementError(
            f"{about}: {judgement.action} is about {' or '.join(kind.about)}. Mend: name one of these."
        )
    if not judgement.who.strip():
        raise JudgementError(f"{about}: nobody judged. Mend: give the name of who judges.")
    if not judgement.subject.strip():
        raise JudgementError(f"{about}: about nothing. Mend: give the id of a {judgement.kind}.")
    if kind.reason and not judgement.reason.strip():
        raise JudgementError(f"{about}: no reason. Mend: say why.")
    for name in kind.needs:
        if name not in judgement.detail:
            raise JudgementError(f"{about}: its detail lacks {name}. Mend: give it.")
    for name, allowed in _VALUES.items():
        if name in judgement.detail:
            value = judgement.detail[name]
            if value is not None and value not in allowed:
                shown = ", ".join(map(str, allowed))
                raise JudgementError(f"{about}: no {name} is {value!r}. Mend: one of {shown}.")
    if judgement.action == "edit":
        _check_fields(about, judgement.kind, judgement.detail["new"])
    if judgement.action == "assign" and not str(judgement.detail["to"]).strip():
        raise JudgementError(f"{about}: assigned to nobody. Mend: give a name.")
    if judgement.action == "split" and not judgement.detail["claims"]:
        raise JudgementError(f"{about}: no claims to part. Mend: name the claims that leave.")
    if judgement.kind == "actor" and judgement.action == "split" and not judgement.detail.get("to"):
        raise JudgementError(f"{about}: to whom do these claims belong? Mend: give an actor as to.")


def _check_fields(about: str, kind: str, new: object) -> None:
    known = CLAIM_FIELDS if kind == "claim" else ENTRY_FIELDS
    if not isinstance(new, Mapping) or not new:
        raise JudgementError(f"{about}: nothing is edited. Mend: give field and value.")
    for name, value in new.items():
        if name not in known:
            raise JudgementError(
                f"{about}: {name} cannot be edited. Mend: one of {', '.join(known)}."
            )
        problem = _problem(name, value)
        if problem:
            raise JudgementError(f"{about}: {name} {value!r} is {problem}.")


def _problem(name: str, value: object) -> str | None:
    """Return what is wrong with a new value, ``None`` when nothing is."""
    if name in ("roles", "spans", "processes"):
        if not isinstance(value, list | tuple):
            return "no list. Mend: give a list"
        shape = {"roles": (str, str), "spans": (str, int, int)}.get(name)
        for item in value:
            parts = tuple(item) if shape and isinstance(item, list | tuple) else (item,)
            wanted = shape or (str,)
            if len(parts) != len(wanted) or not all(map(isinstance, parts, wanted)):
                return (
                    f"no list of {' and '.join(t.__name__ for t in wanted)}. Mend: give such a list"
                )
        return None
    if value is None:
        return "needed. Mend: give a value" if name == "type" else None
    if name in _COUNTED:
        counted = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return None if counted else "no number of people. Mend: a whole number, 0 or more"
    if not isinstance(value, str) or not value.strip():
        return "no text. Mend: give text, or nothing to take the value away"
    if name in ("time", "due") and parse_days(value) is None:
        return "no date. Mend: give EDTF, as in 2015-08-03, 2015-08 or 2015-08-03/2015-08-05"
    if name in _CHOICES and value not in _CHOICES[name]:
        return f"unknown. Mend: one of {', '.join(_CHOICES[name])}"
    return None
