"""Judgements and the table of their kinds: what each may be about, and what it must say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mahdar.model import Span

SubjectKind = Literal["claim", "entry", "actor", "article", "source", "process", "judgement"]
Action = Literal[
    "accept",
    "edit",
    "reject",
    "needs_second",
    "confirm",
    "reopen",
    "assign",
    "comment",
    "same",
    "different",
    "split",
    "rate",
    "credit",
    "mark",
    "undo",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of actions.

    ``about`` are the kinds of subject it may have; ``needs`` the keys that its detail must have;
    ``reason`` whether it must say why.
    """

    about: tuple[SubjectKind, ...]
    needs: tuple[str, ...] = ()
    reason: bool = False


_REVIEWED: tuple[SubjectKind, ...] = ("claim", "entry")
_IDENTITY: tuple[SubjectKind, ...] = ("claim", "entry", "actor")
_ANY: tuple[SubjectKind, ...] = ("claim", "entry", "actor", "article", "source", "process")

ACTIONS: Mapping[str, Kind] = {
    "accept": Kind(_REVIEWED),
    "edit": Kind(_REVIEWED, ("new",), reason=True),
    "reject": Kind(_REVIEWED, reason=True),
    "needs_second": Kind(_REVIEWED),
    "confirm": Kind(_REVIEWED),
    "reopen": Kind(_REVIEWED, reason=True),
    "assign": Kind(_REVIEWED, ("to",)),
    "comment": Kind(_ANY, reason=True),
    "same": Kind(_IDENTITY, ("with",)),
    "different": Kind(_IDENTITY, ("with",)),
    "split": Kind(("entry", "actor"), ("claims",)),
    "rate": Kind(("source",), ("reliability",)),
    "credit": Kind(("claim",), ("credibility",)),
    "mark": Kind(("claim", "entry", "article", "process"), ("tlp",)),
    "undo": Kind(("judgement",)),
}
"""Merging is ``same``. ``mark`` with ``tlp`` null takes a marking away, ``rate`` and ``credit`` alike."""

RELIABILITY = ("A", "B", "C", "D", "E", "F")
"""Admiralty code: reliability of a source, A completely reliable ... F cannot be judged."""
CREDIBILITY = (1, 2, 3, 4, 5, 6)
"""Admiralty code: credibility of what is told, 1 confirmed ... 6 cannot be judged."""
TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""Traffic Light Protocol 2.0, the widest circle of readers first."""

CLAIM_FIELDS = (
    "type",
    "time",
    "place",
    "modality",
    "mode",
    "killed",
    "injured",
    "instrument",
    "subtype",
    "due",
    "roles",
    "processes",
    "spans",
)
"""What can be edited in a claim. ``roles`` are ``[actor, role]`` pairs, ``spans`` ``[role, start, end]``."""
ENTRY_FIELDS = (
    "type",
    "time",
    "place",
    "modality",
    "killed",
    "injured",
    "instrument",
    "subtype",
    "mode",
    "due",
    "roles",
    "processes",
)
"""What can be edited in an entry as a whole: it is shown instead of what the claims give."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim as the reviewer saw it, so that it is found again when a newer engine renames it.

    ``quote`` is a hash of the characters under the spans: what ``mahdar verify`` compares.
    """

    claim: str
    article: str
    kind: str
    type: str
    spans: tuple[tuple[str, Span], ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the log: who decided what, when, about what, and why.

    A person gives ``action, kind, subject, who, reason, detail``; the record fills in the rest.

    Args:
        action: a key of ``ACTIONS``.
        kind: what the subject is.
        subject: claim uid, entry id, actor key, article hash, name of a publisher or key of an
            agency (source), process id, or the number of a judgement.
        who: name of the person; not empty.
        reason: why, in the person's words.
        detail: what the action needs, plain JSON values.
        claims: the claims that the subject stood for when it was judged.
        engine: versions of the engine that read these claims, joined by ``; ``.
        at: moment in UTC, ISO 8601.
        seq: number in the log, from 1.
        previous: hash of the row before, empty for the first.
        hash: of this row: ``chain_hash``.
    """

    action: str
    kind: str
    subject: str
    who: str
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    claims: tuple[Anchor, ...] = ()
    engine: str = ""
    at: str = ""
    seq: int = 0
    previous: str = ""
    hash: str = ""

    @property
    def uids(self) -> tuple[str, ...]:
        """The claims that the reviewer saw, by uid."""
        return tuple(anchor.claim for anchor in self.claims)
