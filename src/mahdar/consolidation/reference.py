"""What consolidation takes from the knowledge packs: places in places, and agencies by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mahdar.consolidation.claims import ActorFacts
from mahdar.consolidation.flatten import normalize_words
from mahdar.knowledge.load import Knowledge

_WIDE = frozenset({"country", "region"})
_MAX_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Reference:
    """``parents`` maps a place to the place it lies in; ``wide`` are places too large to tell two
    incidents apart by; ``agency_names`` maps a normalised name to the agency's id; ``processes`` are peace
    processes with their names.
    """

    parents: Mapping[str, str] = field(default_factory=dict)
    wide: frozenset[str] = frozenset()
    agencies: Mapping[str, ActorFacts] = field(default_factory=dict)
    agency_names: Mapping[str, str] = field(default_factory=dict)
    processes: Mapping[str, ActorFacts] = field(default_factory=dict)


def reference_of(knowledge: Knowledge) -> Reference:
    """Return the facts of all loaded packs that consolidation looks up.

    A place without a nearer parent lies in its country. Names that two agencies share are left out.
    """
    parents: dict[str, str] = {}
    for place in knowledge.places.values():
        parent = place.parent or (
            knowledge.states.get(place.country, place.country) if place.country else None
        )
        if parent and parent != place.id:
            parents[place.id] = parent
    agencies: dict[str, ActorFacts] = {}
    meant: dict[str, set[str]] = {}
    for actor in knowledge.actors.values():
        if actor.kind != "agency":
            continue
        arabic, english = actor.names.get("ar", ()), actor.names.get("en", ())
        agencies[actor.id] = ActorFacts(
            actor.id,
            actor.type,
            actor.id,
            arabic[0] if arabic else "",
            english[0] if english else "",
            actor.country,
        )
        for name in (*arabic, *english):
            meant.setdefault(normalize_words(name), set()).add(actor.id)
    return Reference(
        parents=parents,
        wide=frozenset(p.id for p in knowledge.places.values() if p.kind in _WIDE),
        agencies=agencies,
        agency_names={
            name: next(iter(ids)) for name, ids in meant.items() if name and len(ids) == 1
        },
        processes={
            process.id: ActorFacts(
                process.id,
                "PROCESS",
                process.id,
                next(iter(process.names.get("ar", ())), ""),
                next(iter(process.names.get("en", ())), ""),
            )
            for process in knowledge.processes.values()
        },
    )


def find_credits(byline: str | None, agency_names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the agencies that a byline names («لندن: رويترز», «واس - الرياض»), in its order.

    In saudinewsnet one article in five is credited so, mostly outside its text.
    """
    words = normalize_words(byline or "").split()
    found: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(_MAX_NAME_WORDS, len(words) - at), 0, -1):
            agency = agency_names.get(" ".join(words[at : at + size]))
            if agency is not None:
                found.append(agency)
                at += size
                break
        else:
            at += 1
    return tuple(dict.fromkeys(found))
