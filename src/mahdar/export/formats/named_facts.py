"""Which further facts name an actor, a place or an instrument: the lexicon's, and those of flattening."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mahdar.consolidation.claims import Claim
from mahdar.consolidation.facts import MEMBER_ROLES
from mahdar.lexicon.tables import load_table
from mahdar.views.rows import EntryRow

_NAMING = frozenset({"actors", "before", "places", "instrument"})
_OF_CLAIMS = frozenset({"act_place", "act_party", "accused", "place", "instrument"})


@cache
def named_facts() -> frozenset[str]:
    """Return the names of facts and fields whose values are keys of the record."""
    cues = {row["name"] for row in load_table("details_cues") if row["takes"] in _NAMING}
    return frozenset(cues) | _OF_CLAIMS | MEMBER_ROLES.keys()


def keys_in_claim(claim: Claim) -> Iterator[str]:
    """Yield the actors, places and instruments that a claim names, in its facts too."""
    yield from (key for key, _ in claim.roles)
    yield from claim.chain
    yield from (key for key in (claim.place, claim.instrument) if key)
    yield from (fact.value for fact in claim.facts if fact.name in named_facts())


def keys_in_entry(entry: EntryRow) -> Iterator[str]:
    """Yield the actors, places and instruments that an entry names, in its values too."""
    yield from (ref.key for ref, _ in entry.actors)
    yield from (ref.key for ref in (entry.place, entry.instrument) if ref)
    names = named_facts()
    yield from (told.value for name, all_ in entry.fields.items() if name in names for told in all_)
