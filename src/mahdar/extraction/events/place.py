"""Where an event is: one of the article's places, or none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from mahdar.extraction.events.candidates import WHERE, distance
from mahdar.extraction.events.context import Context, Spot
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.relations import entity_features, link_before
from mahdar.extraction.events.triggers import Trigger

# Places weighed for one event.
_MAX_PLACES = 14
_MAX_TRIGGERS = 6


def _scale(context: Context, entity_id: str) -> str:
    if context.entities[entity_id].type == "ORG":
        return "body"
    return context.place_kinds.get(entity_id, "?")


def place_features(
    context: Context,
    group: Sequence[Trigger],
    entity_id: str,
    spots: Sequence[Spot],
    outline: Outline,
) -> list[str]:
    """Return the features of the question: is the event at this place?"""
    kind = group[0].lemma.type
    scale = _scale(context, entity_id)
    out = ["bias", "ty=" + kind, "scale=" + scale, f"{kind}|scale={scale}"]
    rank = outline.place_rank.get(entity_id, 9)
    out.append(f"rank={min(rank, 3)}")
    out.append(f"{kind}|rank={min(rank, 2)}")
    share = outline.freq[entity_id] / max(1, outline.place_mentions)
    out.append("share=" + ("big" if share > 0.4 else "mid" if share > 0.2 else "small"))
    if entity_id in outline.title:
        out += ["intitle", f"{kind}|intitle"]
    met = 0
    for trigger in group[:_MAX_TRIGGERS]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        own = [s for s in spots if first <= s.first <= last]
        if own:
            met += 1
            spot = min(own, key=lambda s: distance(s, at))
            out.extend(entity_features(context, trigger, spot, outline.others, between=False))
            link = link_before(context, spot)
            side = "a" if spot.first > at else "b"
            out += [f"{scale}|{side}|{link}", f"in={link}", f"{kind}|in={link}"]
            nearer = sum(
                context.spots[k].entity.type == "LOC"
                for k in _indexes_between(context, min(at, spot.last), max(at, spot.first))
            )
            out.append(f"nearer={min(nearer, 2)}|{side}")
        else:
            before = [s for s in spots if s.last < first]
            if before:
                apart = context.words.sentence[at] - context.words.sentence[before[-1].first]
                link = link_before(context, before[-1])
                out.append("back=" + ("1" if apart == 1 else "2" if apart == 2 else "far"))
                out.append("back|in" if link in ("في", "ب-", "الي", "في~") else "back|other")
                if outline_last_place(context, first) == entity_id:
                    out += ["lastplace", f"{kind}|lastplace"]
            elif spots:
                out.append("ahead")
        for k in (at + 1, at + 2, at + 3, at + 4):
            if k <= last and context.demonym(k) == entity_id:
                out += ["demonym", f"{kind}|demonym"]
        out += _country_features(context, trigger, entity_id, kind)
    out.append("met=" + str(min(met, 2)))
    if met:
        out.append(f"{kind}|met")
    return list(dict.fromkeys(out))


def _country_features(context: Context, trigger: Trigger, entity_id: str, kind: str) -> list[str]:
    """Return features of the place as the country of those named near, or as a part of it."""
    country = context.countries.get(entity_id)
    if country is None:
        return []
    at = trigger.word
    first = max(context.first_of[at], at - 25)
    near = context.spots_between(first, min(context.last_of[at], at + 25))
    mates = {s.entity.id for s in near if context.countries.get(s.entity.id) == country}
    mates.discard(entity_id)
    out = []
    is_country = context.place_kinds.get(entity_id) == "country"
    people = sum(context.entities[m].type != "LOC" for m in mates)
    out.append(f"mates={min(people, 2)}|{is_country:d}")
    out.append(f"{kind}|mates={min(people, 2)}|{is_country:d}")
    others = {context.place_kinds.get(m, "?") for m in mates if context.entities[m].type == "LOC"}
    if is_country and others:
        out.append("has-part")
    if not is_country and "country" in others:
        out.append("part-of")
    return out


def _indexes_between(context: Context, low: int, high: int) -> range:
    return range(
        bisect_right(context.spot_firsts, low), bisect_right(context.spot_firsts, high - 1)
    )


def outline_last_place(context: Context, word: int) -> str | None:
    """Return the last place mentioned before a word."""
    for spot in reversed(context.spots_between(max(0, word - 40), word - 1)):
        if spot.entity.type == "LOC":
            return spot.entity.id
    return None


def iter_place_questions(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> list[tuple[str, list[str]]]:
    """Return the places an event may be at, with their features: near ones, then frequent ones.

    A body counts as a place where the text puts something into it («في جامعة الأنبار»).
    """
    near: dict[str, int] = {}
    for trigger in group[:_MAX_TRIGGERS]:
        at = trigger.word
        first, last = context.first_of[at], context.last_of[at]
        for spot in context.spots_between(max(first - 40, at - 80, 0), min(last, at + 60)):
            if spot.entity.type == "LOC" or houses(context, spot):
                gap = distance(spot, at) + (100 if spot.first < first else 0)
                near[spot.entity.id] = min(gap, near.get(spot.entity.id, gap))
    ids = sorted(near, key=lambda i: near[i])[: _MAX_PLACES - 3]
    ids += [i for i in outline.places[:4] if i not in near]
    by_id: dict[str, list[Spot]] = {i: context.spots_of[i] for i in ids}
    return [(i, place_features(context, group, i, spots, outline)) for i, spots in by_id.items()]


def houses(context: Context, spot: Spot) -> bool:
    """Tell whether a body is named as a place: named, behind «في» or a word like it."""
    return spot.entity.type == "ORG" and spot.named and link_before(context, spot) in WHERE


def none_features(kind: str, options: int, voice: str, lemma: str = "") -> list[str]:
    """Return the features of the answer «none of these» to a choice."""
    out = ["none", f"none|{kind}", f"none|{min(options, 3)}", f"none|{voice}"]
    return [*out, f"none|{lemma}"] if lemma else out
