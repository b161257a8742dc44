"""Who plays which part in an entry, as most of its claims tell it."""

from __future__ import annotations

from collections import Counter

from mahdar.views import EntryRow, Ref

_FEW = 3
"""With fewer claims than this nobody is left out for being told of less than others."""


def settle_roles(
    entry: EntryRow, told: Counter[tuple[str, str]], enough: int = 1
) -> dict[str, list[Ref]]:
    """Return the actors of an entry by role, from how many claims give each actor each role.

    Descriptions («delegation of ...») stand only where a role has fewer than ``enough`` names.
    """
    best: dict[str, tuple[int, str]] = {}
    for (actor, role), number in told.items():
        before = best.get(actor)
        if before is None or number > before[0]:
            best[actor] = (number, role)
        elif number == before[0] and before[1] != role:
            best[actor] = (number, "party")
    most = max((number for number, _ in best.values()), default=1)
    out: dict[str, list[Ref]] = {}
    for ref in dict.fromkeys(entry.people()):
        number, role = best.get(ref.key, (most, _role_of(entry, ref)))
        if 2 * number >= most or most < _FEW:
            out.setdefault(role, []).append(ref)
    for role, refs in out.items():
        refs.sort(key=lambda ref: -best.get(ref.key, (most, ""))[0])
        named = [ref for ref in refs if _is_named(ref)]
        out[role] = named if len(named) >= enough else refs
    return out


def _is_named(ref: Ref) -> bool:
    """Tell whether a name says who is meant: no description, and more than one word of an unknown person."""
    if ref.key.startswith("unnamed:"):
        return False
    return " " in ref.key or not ref.key.startswith("PER:")


def _role_of(entry: EntryRow, ref: Ref) -> str:
    return next(role for other, role in entry.actors if other == ref)
