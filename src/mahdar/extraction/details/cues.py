"""Cues of further facts, and which event or arrangement each belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mahdar.extraction.details.takers import TAKERS, take_before, take_instrument, take_text
from mahdar.extraction.events.context import Context
from mahdar.extraction.phrases import PhraseIndex, make_phrase_index
from mahdar.lexicon.tables import load_table
from mahdar.model import Detail, Instrument

_AFTER_HOST, _BEFORE_HOST = 45, 10
"""Words after an event's trigger, and before it, in which a cue still speaks of it."""
_MANDATE_REACH = 5
"""A mandate stands right behind the name of the body: «لجان لبحث ملفات المعتقلين»."""
_ONLY_BEHIND = frozenset(("mandate", "member", "chair", "provision", "exchange_for", "title"))
_ONCE = frozenset(("mandate", "duration", "starts", "ends", "chair", "exchange_for"))
"""Facts of which an arrangement or event has one per mention: the first told."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue introduces: the fact's name, whose fact it is, what follows."""

    name: str
    of: frozenset[str]
    takes: str


@dataclass(frozen=True, slots=True)
class Host:
    """Something that facts are told of: ``number`` names it, ``kind`` is its type of event or kind of
    arrangement, ``type`` the type of arrangement, ``[first, last]`` the words that name it once."""

    number: int
    kind: str
    first: int
    last: int
    type: str = ""


@cache
def _cues() -> tuple[PhraseIndex, dict[str, tuple[Cue, ...]]]:
    rows: dict[str, list[Cue]] = {}
    for row in load_table("details_cues"):
        cue = Cue(row["name"], frozenset(row["of"].split(";")), row["takes"])
        rows.setdefault(row["cue"], []).append(cue)
    return make_phrase_index((cue, cue) for cue in rows), {k: tuple(v) for k, v in rows.items()}


def iter_told(
    context: Context, hosts: Sequence[Host], instruments: Sequence[Instrument]
) -> Iterator[tuple[int, Detail]]:
    """Yield what cues introduce, each with the number of the host it is told of.

    A cue belongs to the nearest host before it in its sentence, else to the nearest after it.

    Args:
        context: the article's layers.
        hosts: what facts may be told of, in reading order.
        instruments: the article's instruments.
    """
    if not hosts:
        return
    words = context.words
    by_sentence: dict[int, list[Host]] = {}
    for host in hosts:
        by_sentence.setdefault(words.sentence[host.first], []).append(host)
    named = {words.at(i.start): i for i in instruments}
    index, cues = _cues()
    once: set[tuple[int, int, str]] = set()
    for sentence in _sentences(context, by_sentence):
        first, last = sentence
        held = by_sentence[words.sentence[first]]
        for at, end, _, phrase in index.iter_matches(words.norm, first, last):
            for cue in cues[phrase]:
                owner = _host_of(cue, at, end, held)
                if owner is None:
                    continue
                if cue.takes == "instrument":
                    found = take_instrument(context, end + 1, named)
                elif cue.takes == "before":
                    found = take_before(context, at)
                elif cue.takes == "text" and words.norm[at].startswith("ل"):
                    found = take_text(
                        context, at
                    )  # «لبحث ملفات المعتقلين»: the purpose begins here
                else:
                    found = TAKERS[cue.takes](context, end + 1) if end < last else []
                if cue.name in _ONCE and found:
                    if (owner.number, owner.first, cue.name) in once:
                        continue
                    once.add((owner.number, owner.first, cue.name))
                for detail in found:
                    if not _is_host_itself(context, owner, detail):
                        yield owner.number, replace(detail, name=cue.name)
                if found and cue.takes != "date":
                    break


def _sentences(context: Context, wanted: dict[int, list[Host]]) -> Iterator[tuple[int, int]]:
    words = context.words
    seen: set[int] = set()
    for hosts in wanted.values():
        at = hosts[0].first
        number = words.sentence[at]
        if number not in seen:
            seen.add(number)
            yield context.first_of[at], context.last_of[at]


def _host_of(cue: Cue, at: int, end: int, hosts: Sequence[Host]) -> Host | None:
    before: Host | None = None
    after: Host | None = None
    within: Host | None = None
    for host in hosts:
        if host.kind not in cue.of and host.type not in cue.of:
            continue
        if host.first <= end and at <= host.last:
            within = host
        elif host.last < at and at - host.last <= _AFTER_HOST:
            before = host
        elif host.first > end and host.first - end <= _BEFORE_HOST and after is None:
            after = host
    if before is not None and cue.name == "mandate" and at - before.last > _MANDATE_REACH:
        return None
    if cue.name in _ONLY_BEHIND:
        return before or within  # «وينص الاتفاق على» holds the agreement's own name
    return before or after or within


def _is_host_itself(context: Context, host: Host, detail: Detail) -> bool:
    """Tell whether a detail is only the words that name its host."""
    start, end = context.words.start[host.first], context.words.end[host.last]
    return detail.start >= start and detail.end <= end
