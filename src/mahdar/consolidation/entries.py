"""Entries: what a record shows, every value with the claims that carry it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Reason
from mahdar.consolidation.days import Days, format_day, overlap, parse_days
from mahdar.consolidation.origins import group_origins

Standing = Literal[
    "single_source", "same_origin_repeat", "independently_confirmed", "disputed", "denied"
]

_MODALITY_ORDER = (
    "occurred",
    "ongoing",
    "planned",
    "proposed",
    "demanded",
    "conditional",
    "denied",
)
"""What happened outlives what was planned; a denial is shown by the standing."""
_PREFIX = {"detention": "d", "designation": "g", "formation": "f", "humanitarian": "h"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field and the uids of the claims that tell it."""

    value: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a claim stands in its entry: the rule's confidence and reasons; none for the first."""

    claim: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One happening or utterance as the whole record tells it.

    ``id`` is a hash of the identity (kind, who, where, when, and the words of a statement), so
    that building the record again gives it again. ``actors`` are ``(actor key, role)``, best
    attested first. ``time`` is EDTF, ``None`` when no claim tells. ``first_day`` and ``last_day``
    are ISO days to sort by: of ``time``, else of the first article. ``fields`` maps a field's
    name to every value told, best attested first. ``origins`` counts independent origins.
    """

    id: str
    kind: str
    type: str
    standing: Standing
    claims: tuple[Joined, ...]
    actors: tuple[tuple[str, str], ...]
    fields: dict[str, tuple[Value, ...]]
    articles: int
    origins: int
    confidence: float
    place: str | None = None
    time: str | None = None
    first_day: str | None = None
    last_day: str | None = None
    modality: str | None = None
    instrument: str | None = None
    processes: tuple[str, ...] = ()
    text: str = ""


def _values(claims: Sequence[Claim], get: Callable[[Claim], object]) -> tuple[Value, ...]:
    """Return the distinct values of a field, the one with most articles first."""
    if len(claims) == 1:  # nine entries of ten
        value = get(claims[0])
        return () if value is None or value == "" else (Value(str(value), (claims[0].uid,)),)
    carriers: dict[str, list[Claim]] = {}
    for claim in claims:
        value = get(claim)
        if value is not None and value != "":
            carriers.setdefault(str(value), []).append(claim)
    ranked = sorted(
        carriers.items(), key=lambda item: (-len({c.article for c in item[1]}), item[0])
    )
    return tuple(Value(value, tuple(c.uid for c in by)) for value, by in ranked)


_FIELDS: dict[str, Callable[[Claim], object]] = {
    "type": lambda c: c.type,
    "time": lambda c: c.time,
    "place": lambda c: c.place,
    "modality": lambda c: c.modality,
    "killed": lambda c: c.killed,
    "injured": lambda c: c.injured,
    "instrument": lambda c: c.instrument,
    "subtype": lambda c: c.subtype,
    "mode": lambda c: c.mode,
    "due": lambda c: c.due,
    "text": lambda c: c.text,
}


def _fact_values(claims: Sequence[Claim]) -> dict[str, tuple[Value, ...]]:
    """Return every further fact told, by name, the one with most articles first."""
    names = dict.fromkeys(fact.name for claim in claims for fact in claim.facts)
    out: dict[str, tuple[Value, ...]] = {}
    for name in names:
        carriers: dict[str, list[Claim]] = {}
        for claim in claims:
            for value in dict.fromkeys(claim.told(name)):
                carriers.setdefault(value, []).append(claim)
        ranked = sorted(
            carriers.items(), key=lambda item: (-len({c.article for c in item[1]}), item[0])
        )
        out[name] = tuple(Value(value, tuple(c.uid for c in by)) for value, by in ranked)
    return out


def find_standing(claims: Sequence[Claim], origins: int) -> Standing:
    """Return an entry's standing, derived from who tells it and who denies it."""
    denials = [c for c in claims if c.modality == "denied"]
    if denials:
        return "denied" if len(denials) == len(claims) else "disputed"
    if len({c.article for c in claims}) == 1:
        return "single_source"
    return "independently_confirmed" if origins > 1 else "same_origin_repeat"


def _actors(claims: Sequence[Claim]) -> tuple[tuple[str, str], ...]:
    seen: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        for pair in claim.roles:
            seen.setdefault(pair, set()).add(claim.article)
    best: dict[str, tuple[str, str]] = {}
    for pair in sorted(seen, key=lambda pair: -len(seen[pair])):  # reading order among equals
        best.setdefault(pair[0], pair)
    return tuple(best.values())


def _best_time(claims: Sequence[Claim]) -> str | None:
    """Return the time that most articles tell or allow; of equals the narrowest, then the earliest.

    «July» speaks for the 14th of July as well as for the 21st, and against the 13th of May.
    """
    told = [(value.value, len(value.claims)) for value in _values(claims, lambda c: c.time)]
    windows = [(value, count, days) for value, count in told if (days := parse_days(value))]
    if not windows:
        return None

    def rank(item: tuple[str, int, Days]) -> tuple[int, int, int, int]:
        _, count, days = item
        allowed = sum(n for _, n, other in windows if overlap(days, other))
        return -allowed, days.length, -count, days.first

    return min(windows, key=rank)[0]


def _earliest(claims: Iterable[Claim]) -> Claim:
    return min(claims, key=lambda c: (c.published or "9999", c.uid))


def _identity(kind: str, first: Claim) -> str:
    who = ",".join(sorted(first.actors))
    return "|".join(
        (
            kind,
            first.type if kind != "statement" else "",
            "real" if first.real else "unreal",
            who,
            first.place or "",
            first.instrument or "",
            first.time or first.published or "",
            first.words,
        )
    )


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Name:
    """What an entry is called by: the hash of its identity, and its earliest claim.

    Where several entries have one identity, the one with the smallest ``first`` has ``base`` as its
    id and the others ``longer``.
    """

    base: str
    first: str

    @property
    def longer(self) -> str:
        """The id where another entry has ``base``."""
        return self.base[:2] + _digest(f"{self.base}|{self.first}")


def name_cluster(kind: str, cluster: Cluster) -> Name:
    """Return what the entry of a cluster is called by."""
    first = _earliest(cluster.members)
    return Name(f"{_PREFIX.get(kind, kind[0])}-{_digest(_identity(kind, first))}", first.uid)


def settle_ids(names: Iterable[Name]) -> dict[str, str]:
    """Return the id of every entry, by its earliest claim.

    Args:
        names: of all entries that share an identity with one of them.
    """
    names = list(names)
    plain: dict[str, str] = {}
    for name in names:
        plain[name.base] = min(plain.get(name.base, name.first), name.first)
    return {n.first: n.base if plain[n.base] == n.first else n.longer for n in names}


def build_entry(kind: str, cluster: Cluster, context: Context, entry_id: str) -> Entry:
    """Return the entry of a cluster.

    Args:
        kind: the entry's kind, for instance ``meeting``.
        cluster: claims that are one.
        context: actors and articles of the record.
        entry_id: its id, from ``settle_ids``.
    """
    members = cluster.members
    first = _earliest(members)
    fields = _fact_values(members)
    fields |= {name: v for name, get in _FIELDS.items() if (v := _values(members, get))}
    time = _best_time(members)
    days = parse_days(time) or _narrow(first.published_days)
    origins = len(group_origins(members, context))
    told = {c.modality for c in members if c.modality}
    joins = cluster.matches[1:]
    return Entry(
        id=entry_id,
        kind=kind,
        type=fields["type"][0].value,
        standing=find_standing(members, origins),
        claims=tuple(
            Joined(c.uid, m.score, m.reasons) for c, m in zip(members, cluster.matches, strict=True)
        ),
        actors=_actors(members),
        fields=fields,
        articles=len({c.article for c in members}),
        origins=origins,
        confidence=round(min((m.score for m in joins), default=1.0), 3),
        place=fields["place"][0].value if "place" in fields else None,
        time=time,
        first_day=format_day(days.first) if days else None,
        last_day=format_day(days.last) if days else None,
        modality=next((m for m in _MODALITY_ORDER if m in told), None),
        instrument=fields["instrument"][0].value if "instrument" in fields else None,
        processes=tuple(sorted({p for c in members for p in c.processes})),
        text=max((c.text for c in members), key=lambda t: (len(t), t), default=""),
    )


def _narrow(days: Days | None) -> Days | None:
    return Days(days.last, days.last) if days is not None else None
