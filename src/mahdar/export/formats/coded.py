"""What the coded formats share: who acted on whom, what kinds of actor they are, and where it is known from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mahdar.export.formats.bundles import Chosen, EntryBundle
from mahdar.export.formats.columns import Row
from mahdar.export.formats.data import load_map, load_rows
from mahdar.export.formats.figures import claim_ids
from mahdar.export.formats.geography import Located
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.review import REJECTED
from mahdar.export.formats.source import Source
from mahdar.views.rows import EntryRow, Ref

_MUTUAL = frozenset({"MEET", "CALL", "NEGOTIATE", "AGREE", "CEASEFIRE"})
"""Types in which each party acts on the others."""
REAL = ("occurred", "ongoing")
"""Modalities of what is told as happened."""
ARRANGED = ("zone", "body", "listing")
"""Kinds of entry that tell of something set up rather than of an event."""
_MUTUAL_KINDS = frozenset({("ATTACK", "clash")})


@dataclass(frozen=True, slots=True)
class Sides:
    """Who acted and on whom. ``mutual``: each of ``actors`` on the others, and ``targets`` is empty."""

    actors: tuple[Ref, ...]
    targets: tuple[Ref, ...]
    mutual: bool

    def two(self) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
        """Return two sides: of a mutual event the first party and the others."""
        if self.mutual and len(self.actors) > 1:
            return self.actors[:1], self.actors[1:]
        return self.actors, self.targets


def sides_of(entry: EntryRow) -> Sides:
    """Return the sides of an entry, by the roles that are told."""
    actors, targets = entry.people("actor"), entry.people("target")
    mutual = entry.type in _MUTUAL or (entry.type, entry.best("subtype")) in _MUTUAL_KINDS
    if mutual and actors and targets:
        mutual = False
    if mutual and not actors:
        actors, targets = targets, ()
    return Sides(actors, targets, mutual and len(actors) > 1)


Reason = tuple[str, str]
"""Why an entry is left out: the end of a message key, and a detail."""


def iter_judged(
    source: Source, tick: Tick, leave: Callable[[Chosen], Reason | None]
) -> Iterator[EntryBundle]:
    """Yield entries for a coded format; those left out are counted, and most are never loaded.

    Args:
        source: the record.
        tick: called for every entry, taken or not.
        leave: why a format does not take an entry, ``None`` where it does. What a reviewer rejected
            no coded format takes.
    """
    taken: list[Chosen] = []
    for chosen in source.selection.entries:
        reason = leave(chosen)
        if reason is None and source.review.entry(chosen.id).verdict == REJECTED:
            reason = ("rejected", "")
        if reason is None:
            taken.append(chosen)
        else:
            source.left_out.add(*reason)
            tick()
    for bundle in source.iter_entries(taken):
        tick()
        yield bundle


def provenance(bundle: EntryBundle) -> Row:
    """Return the columns that go with every coded row."""
    entry = bundle.row
    return {
        "standing": entry.standing,
        "articles": entry.articles,
        "origins": entry.origins,
        "confidence": entry.confidence,
        "publishers": bundle.publishers,
        "claims": claim_ids(bundle),
        "review": bundle.judged.state,
        "verdict": bundle.judged.verdict,
        "tlp": bundle.tlp,
    }


def actor_country(source: Source, ref: Ref) -> str | None:
    """Return an actor's country as ISO alpha-2: of a state its own; ``None`` where packs tell none."""
    known = source.knowledge.record(ref.key)
    country = getattr(known, "country", None)
    return country if isinstance(country, str) else None


def actor_kind(source: Source, ref: Ref) -> str:
    """Return the packs' kind of an actor; ``state`` for a country that acts, empty if unknown."""
    known = source.knowledge.record(ref.key)
    if known is None:
        return ""
    kind = getattr(known, "kind", "")
    if ref.type == "LOC":
        capital = ref.key in source.knowledge.capital_of
        return "state" if capital or kind in ("country", "territory") else ""
    return str(kind)


def inter_of(source: Source, ref: Ref, country: str | None) -> str:
    """Return what ACLED calls an actor's kind, seen from the country of the event; empty if unknown."""
    row = _inter().get(actor_kind(source, ref))
    if row is None:
        return ""
    return row["home"] if country and actor_country(source, ref) == country else row["abroad"]


def _inter() -> dict[str, dict[str, str]]:
    return {row["kind"]: row for row in load_rows("actor_kinds")}


def ged_region(place: Located) -> str | None:
    """Return UCDP's region of a place."""
    return (
        load_map("ged_regions", "region", "ged").get(place.country.region)
        if place.country
        else None
    )


def name_of(ref: Ref) -> str:
    """Return an actor's English name where known, else its Arabic one."""
    return ref.en or ref.ar or ref.key
