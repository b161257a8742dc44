"""Zones, bodies and lists that a peace process sets up, wherever an article tells of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mahdar.extraction.details.cues import Host, iter_told
from mahdar.extraction.details.heads import Head, iter_heads
from mahdar.extraction.details.people import iter_listed, iter_members
from mahdar.extraction.details.status import Stand, tell_status
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.processes import ProcessHints
from mahdar.extraction.statements.issues import issue_phrases
from mahdar.model import Arrangement, Detail, Instrument, Span
from mahdar.text.numerals import parse_number, parse_ordinal

_MOST = 80
"""Arrangements of one article: pages that list committees by the hundred are no news."""
_PLACE_REACH = 8
_PLACE_BACK = 5
_DATE_REACH = 14
_APART_REACH = 14
_PLACED_REACH = 8
_AGAIN_SENTENCES = 2
_PEACE_ISSUES = frozenset(
    (
        "ceasefire",
        "de-escalation-zones",
        "detainees",
        "disarmament",
        "humanitarian-access",
        "political-process",
        "reconciliation",
        "representation",
        "transition",
        "violations",
        "withdrawal",
    )
)
"""Issues of which a committee beside them is one of a peace process: clubs and councils sanction and elect too."""
_MUST_STAND = frozenset(("cue", "again", "apart"))
"""Names that tell of an arrangement only where a word of status stands by them."""
_IN = frozenset(("في", "ب", "داخل", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "علي"))
_KINDS_OF_PLACE = frozenset(
    ("محافظه", "مدينه", "ريف", "منطقه", "بلده", "اقليم", "كل", "من", "شمال", "جنوب", "شرق", "غرب")
)
_MADE_ZONE = frozenset(("اعلان", "ضم", "اعتبار", "تحويل", "لضم", "باعلان", "جعل"))
_DUAL = ("ين", "ان")


def find_arrangements(
    context: Context, hints: ProcessHints | None, instruments: Sequence[Instrument] = ()
) -> tuple[Arrangement, ...]:
    """Return the zones, bodies and lists of an article in reading order, one per place told of.

    Args:
        context: the article's layers.
        hints: what tells the processes; without it none is given.
        instruments: the article's instruments.
    """
    heads = [head for head in iter_heads(context) if _may_stand(context, hints, head)]
    if not heads:
        return ()
    hosts = [Host(n, h.kind, h.first, h.last, h.type) for n, h in enumerate(heads)]
    told: dict[int, list[Detail]] = {}
    for number, detail in iter_told(context, hosts, instruments):
        told.setdefault(number, []).append(detail)
    out: list[Arrangement] = []
    zones: list[str] = []  # places of the zone named last, for «هاتين المنطقتين»
    kind_before, zone_sentence = "de-escalation", -1
    for number, head in enumerate(heads):
        if head.gate == "again":
            reach = _AGAIN_SENTENCES if head.last > head.first else 0
            if not zones or context.words.sentence[head.first] - zone_sentence > reach:
                continue
            head = replace(head, type=kind_before)
        stand = tell_status(context, head.kind, head.first, head.last)
        people = told.get(number, [])
        if head.kind == "list":
            people = [*people, *iter_listed(context, head, stand)]
        elif head.kind == "body":
            people = [*people, *iter_members(context, head, stand)]
        if stand.status == "named" and (
            head.gate in _MUST_STAND or (head.kind == "body" and head.gate and not people)
        ):
            continue
        places = _places(context, head)
        if head.kind == "zone":
            if head.gate == "again":
                places = places or zones
            zones = places or zones
            zone_sentence = context.words.sentence[head.first]
            kind_before = head.type
        if head.gate == "apart" and not people:
            continue
        made = _make(context, hints, head, stand, people)
        out.extend(replace(made, place=place) for place in places or (None,))
    return tuple(_distinct(out))[:_MOST]


def _may_stand(context: Context, hints: ProcessHints | None, head: Head) -> bool:
    words = context.words
    first, last = context.first_of[head.first], context.last_of[head.first]
    if head.gate == "placed":
        return any(
            s.entity.type == "LOC"
            for s in context.spots_between(head.last + 1, min(last, head.last + _PLACED_REACH))
        )
    if head.gate == "apart":
        return "عن" in words.norm[head.last + 1 : min(last, head.last + _APART_REACH) + 1]
    if head.gate == "process":
        return hints is not None and bool(hints.of_sentence(words.sentence[head.first]))
    if head.gate == "context":
        if hints is not None and hints.of_sentence(words.sentence[head.first]):
            return True
        found = issue_phrases().iter_matches(words.norm, first, last)
        return any(issue in _PEACE_ISSUES for _, _, _, issue in found)
    return True


def _make(
    context: Context,
    hints: ProcessHints | None,
    head: Head,
    stand: Stand,
    told: list[Detail],
) -> Arrangement:
    words = context.words
    start, end = words.start[head.first], words.end[head.name_last]
    speech = context.speech[head.first]
    details = list({(d.name, d.value, d.entity): d for d in told}.values())
    if head.called:
        details.append(Detail("called", head.called, start, end))
    if (number := _number(context, head)) is not None:
        details.append(number)
    if head.kind == "zone" and (ordinal := _ordinal(context, head)) is not None:
        details.append(ordinal)
    return Arrangement(
        start,
        end,
        head.kind,  # type: ignore[arg-type]
        head.type,
        stand.status,
        stand.modality,
        None,
        _time(context, head),
        speech.id if speech else None,
        hints.of_sentence(words.sentence[head.first]) if hints else (),
        tuple(sorted(details, key=lambda d: (d.start, d.name))),
        stand.evidence,
    )


def _number(context: Context, head: Head) -> Detail | None:
    """Return how many are set up: «أربع مجموعات عمل», «لجنتين»."""
    words = context.words
    if head.first > 0 and words.sentence[head.first - 1] == words.sentence[head.first]:
        number = parse_number(words, head.first - 1)
        if number is not None and number.end == head.first and 1 < number.value < 100:
            at = head.first - 1
            return Detail("number", str(number.value), words.start[at], words.end[at])
    token = words.norm[head.first]
    if (
        head.kind == "body"
        and token.endswith(_DUAL)
        and token.removesuffix(token[-2:]).endswith("ت")
    ):
        return Detail("number", "2", words.start[head.first], words.end[head.first])
    return None


def _ordinal(context: Context, head: Head) -> Detail | None:
    """Return which of several zones is meant: «منطقة خفض التصعيد الرابعة»."""
    words = context.words
    at = head.last + 1
    if at < context.size and words.sentence[at] == words.sentence[head.first]:
        ordinal = parse_ordinal(words, at)
        if ordinal is not None and ordinal.definite:
            return Detail(
                "ordinal", str(ordinal.value), words.start[at], words.end[ordinal.end - 1]
            )
    return None


def _time(context: Context, head: Head) -> str | None:
    last = min(context.last_of[head.last], head.last + _DATE_REACH)
    for _, _, date in context.dates_between(head.last + 1, last):
        if date.value != "..":
            return date.value
    return None


def _places(context: Context, head: Head) -> list[str]:
    """Return the places of a zone or body: after it with «في», before it («إعلان إدلب منطقة ...»), or
    the last one named before «في المنطقة»."""
    words = context.words
    last = min(context.last_of[head.last], head.last + _PLACE_REACH)
    out: list[str] = []
    at = head.last + 1
    while at <= last:
        spot = context.at[at]
        token = words.norm[at]
        if spot is not None and spot.first == at and spot.entity.type == "LOC":
            if out or _leads(context, head, at):
                out.append(spot.entity.id)
                at = spot.last + 1
                if at > last or not words.norm[at].startswith("و"):
                    break
                continue
        if token in "،؛." or (out and not token.startswith("و")):
            break
        if token == "المنطقه" and at > head.last + 1 and words.norm[at - 1] == "في":
            return _place_before(context, head.first, context.first_of[head.first])
        at += 1
    if out:
        return out
    if head.kind == "zone":
        first = max(context.first_of[head.first], head.first - _PLACE_BACK)
        return _place_before(context, head.first, first)
    return []


def _leads(context: Context, head: Head, at: int) -> bool:
    """Tell whether a place after a head is where it lies: «في إدلب», «في محافظة إدلب», «بإدلب»."""
    norm = context.words.norm
    back = at - 1
    while back > head.last and norm[back].removeprefix("ال") in _KINDS_OF_PLACE:
        back -= 1
    if back > head.last and norm[back] in _IN:
        return True
    first = norm[back + 1]
    spot = context.at[back + 1]
    return first[0] in "بل" and (spot is None or spot.start > context.words.start[back + 1])


def _place_before(context: Context, at: int, first: int) -> list[str]:
    """Return the place named last before a word, where it is what is declared a zone or where it lies."""
    norm = context.words.norm
    for spot in reversed(context.spots_between(first, at - 1)):
        if spot.entity.type != "LOC" or spot.last >= at:
            continue
        before = norm[spot.first - 1] if spot.first > 0 else ""
        attached = spot.start > context.words.start[spot.first]
        if before in _MADE_ZONE or before in _IN or before in _KINDS_OF_PLACE or attached:
            return [spot.entity.id]
    return []


def _distinct(found: Sequence[Arrangement]) -> Iterator[Arrangement]:
    """Yield arrangements, those at the same words and place once."""
    seen: set[tuple[Span, str | None]] = set()
    for a in found:
        key = (Span(a.start, a.end), a.place)
        if key not in seen:
            seen.add(key)
            yield a
