"""From what a form says to a judgement: which fields changed, and into what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from mahdar.i18n import load_messages
from mahdar.judgements import Judgement
from mahdar.model import Act, EventType
from mahdar.store import judge
from mahdar.views import EntryRow
from mahdar.views.articles import ArticleClaim
from mahdar.web.errors import WebError
from mahdar.web.house import House
from mahdar.web.team.access import RestrictedRecord
from mahdar.web.team.users import set_named

TEXT_FIELDS = ("type", "time", "due", "modality", "mode", "place", "instrument")
COUNTED_FIELDS = ("killed", "injured")
_OF_CLAIMS: Mapping[str, tuple[str, ...]] = {
    "statement": ("type", "time", "mode"),
    "event": ("type", "time", "place", "modality", "killed", "injured"),
    "commitment": ("due",),
    "instrument": (),
    "naming": (),
    "arrangement": ("type", "time", "place", "modality"),
}
"""Fields that the form for each kind of claim shows; who takes part and the spans always stand there."""
ENTRY_FIELDS = ("time", "place", "modality", "killed", "injured", "due")
"""Fields of an entry that the form shows, where it has them."""


def keep_judgement(house: House, wanted: Judgement) -> Judgement:
    """Write a judgement about what the visitor may see; return it as it stands in the log.

    Who marks something TLP:RED is named for it, so that they go on seeing it.

    Raises:
        JudgementError: it is not possible.
        WebError: 404, the record as they see it has no such thing.
    """
    record = house.record
    if not isinstance(record, RestrictedRecord):
        return judge(record, wanted)
    whole = record.admit(wanted)
    written = judge(whole, wanted)
    if written.action == "mark" and written.detail.get("tlp") == "RED":
        set_named(whole, written.who, written.kind, written.subject)
    return written


@dataclass(frozen=True, slots=True)
class Given:
    """What a form for editing says. ``fields`` are as typed; ``roles`` pairs; ``spans`` ``role:start:end``.

    ``None`` means that the form does not have it.
    """

    fields: Mapping[str, str]
    roles: Sequence[tuple[str, str]] | None = None
    spans: Sequence[str] | None = None


_ROLES: Mapping[str, tuple[str, ...]] = {
    "statement": ("speaker", "addressee"),
    "commitment": ("by",),
    "event": ("actor", "target", "mediator", "host"),
    "arrangement": (
        "member",
        "founder",
        "chair",
        "monitor",
        "guarantor",
        "sponsor",
        "listed",
        "lister",
    ),
    "naming": ("target",),
    "instrument": (),
}
"""Roles that somebody can have in each kind of claim."""


def roles_of(kind: str) -> tuple[str, ...]:
    """Return the roles that somebody can have in a kind of claim."""
    return _ROLES.get(kind, ("actor",))


def types_of(kind: str) -> tuple[str, ...]:
    """Return the types that a kind of claim can have: acts, events or arrangements."""
    if kind == "statement":
        return get_args(Act)
    if kind == "event":
        return get_args(EventType)
    if kind == "arrangement":
        named = (key.partition(".") for key in load_messages())
        return tuple(code for table, _, code in named if table == "arrangement")
    return ()


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the fields that the form for a kind of claim shows."""
    return _OF_CLAIMS.get(kind, ("type", "time", "place", "modality"))


def values_of_claim(claim: ArticleClaim) -> dict[str, Any]:
    """Return the values of a claim as judgements name them."""
    return {
        "type": claim.type,
        "time": claim.time,
        "due": claim.due,
        "modality": claim.modality,
        "mode": claim.mode,
        "place": claim.place.key if claim.place else None,
        "instrument": claim.instrument.key if claim.instrument else None,
        "killed": claim.killed,
        "injured": claim.injured,
        "roles": [[ref.key, role] for ref, role in claim.actors],
        "spans": [[role, span.start, span.end] for role, span in claim.spans],
    }


def values_of_entry(entry: EntryRow) -> dict[str, Any]:
    """Return the values of an entry as judgements name them."""
    best = {name: entry.best(name) for name in ("killed", "injured", "due")}
    return {
        "time": entry.time,
        "place": entry.place.key if entry.place else None,
        "modality": entry.modality,
        "killed": int(best["killed"]) if best["killed"] else None,
        "injured": int(best["injured"]) if best["injured"] else None,
        "due": best["due"],
        "roles": [[ref.key, role] for ref, role in entry.actors],
    }


def find_changes(given: Given, now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a form changes, with their new values.

    Raises:
        WebError: a number or span that is none.
    """
    new: dict[str, Any] = {}
    for name, typed in given.fields.items():
        value = _value(name, typed.strip())
        if value != now.get(name):
            new[name] = value
    if given.roles is not None:
        roles = [[actor, role] for actor, role in given.roles if actor and role]
        if roles != now["roles"]:
            new["roles"] = roles
    if given.spans is not None:
        spans = [_span(text) for text in given.spans if text]
        if spans != now["spans"]:
            new["spans"] = spans
    return new


def _value(name: str, typed: str) -> str | int | None:
    if not typed:
        return None
    if name not in COUNTED_FIELDS:
        return typed
    try:
        return int(typed)  # reads Arabic-Indic digits too
    except ValueError:
        raise WebError(400, "judgement", f"{name}: {typed}") from None


def _span(text: str) -> list[str | int]:
    role, _, rest = text.partition(":")
    start, _, end = rest.partition(":")
    if not (role.isidentifier() and start.isdecimal() and end.isdecimal()):
        raise WebError(400, "judgement", f"span: {text}")
    return [role, int(start), int(end)]


def edit_of(kind: str, subject: str, who: str, reason: str, new: Mapping[str, Any]) -> Judgement:
    """Return the judgement that edits a claim or entry.

    Raises:
        WebError: nothing changes.
    """
    if not new:
        raise WebError(400, "no_change")
    return Judgement("edit", kind, subject, who, reason, {"new": dict(new)})
