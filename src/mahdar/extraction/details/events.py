"""The further facts of an article's events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mahdar.extraction.details.counted import iter_counted
from mahdar.extraction.details.cues import Host, iter_told
from mahdar.extraction.details.rounds import iter_rounds
from mahdar.extraction.details.takers import take_duration, take_title
from mahdar.extraction.events.context import Context
from mahdar.model import Detail, Event, Instrument

HOSTS = frozenset(
    ("AGREE", "CEASEFIRE", "AID", "DETAIN", "RELEASE", "FORM", "NEGOTIATE", "MEET", "WITHDRAW")
)
"""Types of events that further facts are looked for."""
_COUNTED = frozenset(("AID", "DETAIN", "RELEASE"))
_MOST_DETAILS = 40
_MOST_MENTIONS = 6
"""Mentions of one event whose sentences are read: an article that repeats itself adds nothing new."""


def add_details(
    context: Context, events: Sequence[Event], instruments: Sequence[Instrument] = ()
) -> tuple[Event, ...]:
    """Return events with the further facts told beside their triggers, in reading order.

    Args:
        context: the article's layers.
        events: the article's events.
        instruments: the article's instruments.
    """
    hosts = sorted(_hosts(context, events), key=lambda host: host.first)
    if not hosts:
        return tuple(events)
    told: dict[int, dict[tuple[str, str, str | None], Detail]] = {}

    def keep(number: int, detail: Detail) -> None:
        held = told.setdefault(number, {})
        if len(held) < _MOST_DETAILS:
            held.setdefault((detail.name, detail.value, detail.entity), detail)

    for number, detail in iter_told(context, hosts, instruments):
        keep(number, detail)
    for number, detail in iter_counted(context, [h for h in hosts if h.kind in _COUNTED]):
        keep(number, detail)
    for number, detail in iter_rounds(context, hosts):
        keep(number, detail)
    for host in hosts:
        if host.kind == "CEASEFIRE":
            for found in take_duration(context, host.last + 1):
                keep(host.number, replace(found, name="duration"))
        elif host.kind == "AGREE" and _is_noun(context, host):
            for found in take_title(context, host.first):
                keep(host.number, replace(found, name="title"))
    return tuple(
        replace(event, details=tuple(sorted(told[n].values(), key=lambda d: (d.start, d.name))))
        if n in told
        else event
        for n, event in enumerate(events)
    )


def _hosts(context: Context, events: Sequence[Event]) -> Iterator[Host]:
    words = context.words
    for number, event in enumerate(events):
        if event.type not in HOSTS:
            continue
        for trigger in event.triggers[:_MOST_MENTIONS]:
            at = words.at(trigger.start)
            if at >= 0 and words.start[at] <= trigger.start < words.end[at]:
                yield Host(number, event.type, at, at)


_NOUNS = ("اتفاق", "مذكره", "معاهده", "وثيقه", "ميثاق", "مبادره", "تفاهم", "صفقه", "خارطه", "بيان")


def _is_noun(context: Context, host: Host) -> bool:
    norm = context.words.norm[host.first]
    return norm.removeprefix("ال").startswith(_NOUNS) or norm[1:].startswith(_NOUNS)
