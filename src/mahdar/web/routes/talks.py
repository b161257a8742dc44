"""Talks: the tracks of each process, the rounds held, and what is to come."""

# No postponed annotations here: FastAPI reads them.
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mahdar.views import Filters, Ref, TalkRow, list_talks
from mahdar.views.fresh import find_present
from mahdar.web.paging import cut_page, sort_latest
from mahdar.web.questions import FiltersDep, Pager, RowsDep
from mahdar.web.visitor import HouseDep

STATES = ("held", "ongoing", "planned", "proposed", "postponed", "denied")
_COMING_ROWS = 12
_TRACKS, _ATTENDED = 6, 6


@dataclass(frozen=True, slots=True)
class Track:
    """The talks of one process in short.

    ``held`` counts those held or under way; ``places`` are what its tracks are called by, ``attended`` who took
    part in how many, both most often first. ``last`` was held last, ``next`` is the first to come.
    """

    process: Ref
    held: int
    coming: int
    places: tuple[Ref, ...]
    attended: tuple[tuple[Ref, int], ...]
    last: TalkRow | None
    next: TalkRow | None


@dataclass(frozen=True, slots=True)
class TalksData:
    """The processes, what is to come, and a page of talks.

    ``tracks`` stands on the first page alone. ``coming`` is empty where a state was asked for.
    """

    tracks: tuple[Track, ...]
    coming: tuple[TalkRow, ...]
    coming_total: int
    rows: tuple[TalkRow, ...]
    pager: Pager
    filters: Filters
    state: str
    states: tuple[str, ...]
    processes: tuple[str, ...]


def load_talks(
    house: HouseDep,
    filters: FiltersDep,
    rows: RowsDep,
    state: Literal["", "held", "ongoing", "planned", "proposed", "postponed", "denied"] = "",
) -> TalksData:
    """Rounds and meetings of each process, the latest first, and what is to come."""
    record = house.record
    found = list_talks(record, filters)
    coming = _sort_coming(talk for talk in found if talk.to_come)
    past = [talk for talk in found if (talk.state == state if state else not talk.to_come)]
    past = sort_latest(past, lambda talk: talk.entry.day, find_present(record))
    shown, pager = cut_page(past, rows)
    if state:
        coming = []
    return TalksData(
        tracks=tuple(_track(talks) for talks in _by_process(found)) if rows.page == 1 else (),
        coming=tuple(coming[:_COMING_ROWS]) if rows.page == 1 else (),
        coming_total=len(coming),
        rows=shown,
        pager=pager,
        filters=filters,
        state=state,
        states=STATES,
        processes=tuple(house.knowledge.processes),
    )


def _sort_coming(talks: Iterable[TalkRow]) -> list[TalkRow]:
    """Return talks by day, the undated last, of one day the best attested first."""
    return sorted(talks, key=lambda t: (t.entry.time is None, t.entry.day or "", -t.entry.articles))


def _by_process(found: Iterable[TalkRow]) -> list[list[TalkRow]]:
    """Return the talks of each process, the process of most talks first."""
    groups: dict[str, list[TalkRow]] = {}
    for talk in found:
        groups.setdefault(talk.process.key, []).append(talk)
    return sorted(groups.values(), key=lambda talks: (-len(talks), talks[0].process.key))


def _track(talks: Sequence[TalkRow]) -> Track:
    held = [talk for talk in talks if talk.state in ("held", "ongoing") and not talk.to_come]
    coming = _sort_coming(talk for talk in talks if talk.to_come)
    places = Counter(talk.track for talk in talks if talk.track)
    attended = Counter(ref for talk in held for ref in talk.attended)
    return Track(
        process=talks[0].process,
        held=len(held),
        coming=len(coming),
        places=tuple(ref for ref, _ in _most(places, _TRACKS)),
        attended=tuple(_most(attended, _ATTENDED)),
        last=max(held, key=lambda talk: (talk.entry.day or "", talk.entry.articles), default=None),
        next=next((talk for talk in coming if talk.state == "planned"), None),
    )


def _most(counted: Counter[Ref], most: int) -> list[tuple[Ref, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0].key))[:most]
