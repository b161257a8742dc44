"""Which process talks belong to that only their track's place tells: «الجولة الجديدة في أستانة»."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mahdar.extraction.events.context import Context
from mahdar.knowledge.load import Knowledge
from mahdar.model import Event
from mahdar.text.normalize import normalize_word
from mahdar.text.words import iter_word_spans

_TALKS = frozenset(("NEGOTIATE", "MEET"))
_held: dict[int, tuple[Knowledge, dict[str, tuple[str, ...]]]] = {}


def assign_tracks(
    context: Context, events: Sequence[Event], knowledge: Knowledge
) -> tuple[Event, ...]:
    """Return events; talks without a process get the one whose track their place or track names.

    Only processes count that other events of the article belong to: much is talked of in Moscow that is
    none of the Moscow consultations. Of several that meet in one place (Geneva) the most told of is taken.
    """
    of_place = _processes_of_places(knowledge)
    counts = Counter(p for event in events for p in event.processes)
    out = []
    for event in events:
        if event.type in _TALKS and not event.processes:
            found = _find(context, event, of_place, counts)
            if found is not None:
                event = replace(event, processes=(found,))
        out.append(event)
    return tuple(out)


def _find(
    context: Context, event: Event, of_place: dict[str, tuple[str, ...]], counts: Counter[str]
) -> str | None:
    places = [d.entity for d in event.details if d.name == "track"]
    if event.type == "NEGOTIATE":
        places.append(event.place)
    for place in places:
        entity = context.entities.get(place or "")
        candidates = of_place.get(entity.kb or "", ()) if entity is not None else ()
        told = [p for p in candidates if counts[p]]
        if told:
            return max(told, key=lambda p: (counts[p], p))
    return None


def _processes_of_places(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Return the processes whose names and cues name a place, by the place; made once per set of packs."""
    held = _held.get(id(knowledge))
    if held is not None and held[0] is knowledge:
        return held[1]
    names: dict[str, set[str]] = {}
    for place in knowledge.places.values():
        if place.kind != "country":
            for name in place.names.get("ar", ()):
                names.setdefault(normalize_word(name), set()).add(place.id)
    found: dict[str, dict[str, None]] = {}
    for process in knowledge.processes.values():
        for name in (*process.names.get("ar", ()), *process.cues):
            for start, end in iter_word_spans(name):
                for place_id in names.get(normalize_word(name[start:end]), ()):
                    found.setdefault(place_id, {})[process.id] = None
    if len(_held) > 8:
        _held.clear()
    made = {place: tuple(processes) for place, processes in found.items()}
    _held[id(knowledge)] = (knowledge, made)
    return made
