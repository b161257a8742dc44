"""What speaks for two claims being one: time, place, participants, words. Shared by the rules."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import combinations

from mahdar.consolidation.claims import Claim, Context
from mahdar.consolidation.cluster import Cluster, Match, Reason
from mahdar.consolidation.days import Days, format_day, overlap

VAGUE_DAYS = 7
"""A window longer than this does not tell which of several happenings is meant."""
REPORTED_WITHIN_DAYS = 2
"""News without a date of its own is taken to be at most this old when it is printed."""
_NAME_ONLY = "LOC:"
"""How the key of a place begins that no knowledge pack has."""
_ALIGNED = 12
"""Characters by which two prints of a sentence may shift the word that tells a happening."""
_MAX_PAIRED = 8
"""Participants of one claim that are paired into blocks; rounds with dozens share the first ones."""


def reported_window(claim: Claim) -> Days | None:
    """Return the days in which an undated claim's happening is looked for; ``None`` if unknown."""
    published = claim.published_days
    if published is None or published.length > VAGUE_DAYS:
        return None
    if claim.modality in ("planned", "proposed", "demanded", "conditional"):
        return Days(published.first, published.last + VAGUE_DAYS, False)
    return Days(published.first - REPORTED_WITHIN_DAYS, published.last, False)


def search_window(claim: Claim) -> Days | None:
    """Return the claim's days if it gives narrow ones, else those in which it was reported."""
    days = claim.days
    if days is None:
        return reported_window(claim)
    return days if days.length <= VAGUE_DAYS else None


def iter_days(window: Days | None) -> Iterator[int]:
    """Yield the days of a narrow window."""
    if window is not None:
        yield from range(window.first, min(window.last, window.first + 2 * VAGUE_DAYS) + 1)


def compare_time(
    cluster: Cluster, claim: Claim, slack_days: int = 0
) -> tuple[float, Reason] | None:
    """Return how well a claim's time fits an entry; ``None`` when it does not.

    1 for the same day, 0.8 for overlapping windows, 0.55 where one side gives no date and the
    days of publication allow it.
    """
    days, window = claim.days, cluster.window
    if days is not None and window is not None:
        if overlap(days, window):
            if days.length == window.length == 1:
                return 1.0, ("same_day", format_day(days.first))
            if min(days.length, window.length) > VAGUE_DAYS:
                return 0.55, ("overlapping_time",)
            return 0.8, ("overlapping_time",)
        if slack_days and overlap(days, window, slack_days):
            return 0.7, ("near_days", str(slack_days))
        return None
    mine = search_window(claim)
    theirs = window if window is not None else reported_window(cluster.leader)
    if mine is None or theirs is None or not overlap(mine, theirs, slack_days):
        return None
    return 0.55, ("reported_together",)


def compare_place(cluster: Cluster, claim: Claim, context: Context) -> tuple[float, Reason] | None:
    """Return how well places fit; ``None`` for different ones.

    1 for the same place, 0.85 for one inside the other, 0.5 where one side names none or only a
    name that no pack knows.
    """
    place, other = claim.place, cluster.place
    if place is None or other is None:
        return 0.5, ()
    if place in cluster.places:
        return 1.0, ("same_place", place)
    if other in context.places_above(place):
        return 0.85, ("place_within", place, other)
    if place in context.places_above(other):
        return 0.85, ("place_within", other, place)
    if _unplaced(place) != _unplaced(other):
        return 0.5, ()
    return None


def shared_actors(cluster: Cluster, claim: Claim, context: Context) -> tuple[list[str], int]:
    """Return the participants that a claim shares with an entry, and how many it could share.

    Who has no name is left out («مسؤولون» here and there may be anybody), and so is the place
    itself where it is told as a target («قصف عدن»): it counts as place. A state stands for its officials and they for it: «واشنطن وموسكو» meet where Kerry and Lavrov do.
    """
    venues = {claim.place, *cluster.places}
    core = {a for a in cluster.core_actors() if a not in venues and not context.unnamed(a)}
    mine = [a for a in claim.actors if a not in venues and not context.unnamed(a)]
    shared = [a for a in mine if a in core]
    left = core.difference(shared)
    for actor in mine:
        if actor in core:
            continue
        stand_in = next(
            (other for other in sorted(left) if _stands_for(actor, other, context)), None
        )
        if stand_in is not None:
            left.discard(stand_in)
            shared.append(actor)
    return shared, min(len(core), len(mine))


def told_apart(
    cluster: Cluster, claim: Claim, context: Context, *, least: int = 2, alike: bool = False
) -> bool:
    """Tell whether a claim's own article tells the entry's happening as another one.

    A headline, the lead and a later paragraph tell one happening with more or fewer of its
    participants, so that two claims of one article may be one: where one names nobody whom the
    other leaves out, and places, days and the dead do not differ.

    Args:
        cluster: the entry.
        claim: a claim that may stand in an article with some of the entry's claims.
        context: places and actors.
        least: named participants that the shorter list must have, unless both are the same.
        alike: whether both must name the very same, as where an article lists many of one kind.
    """
    if claim.article not in cluster.articles:
        return False
    return any(
        member.article == claim.article and not _one_telling(member, claim, context, least, alike)
        for member in cluster.members
    )


def _one_telling(a: Claim, b: Claim, context: Context, least: int, alike: bool) -> bool:
    if alike:
        actors = set(a.actors)
        return bool(actors) and actors == set(b.actors) and _nothing_differs(a, b)
    first = {actor for actor in a.actors if not context.unnamed(actor)}
    second = {actor for actor in b.actors if not context.unnamed(actor)}
    if first != second and (
        min(len(first), len(second)) < least or not (first <= second or second <= first)
    ):
        return False
    return (
        bool(first or second or not least)
        and _days_fit(a, b)
        and _places_fit(a, b, context)
        and (not a.killed or not b.killed or a.killed == b.killed)
    )


def _nothing_differs(a: Claim, b: Claim) -> bool:
    return (None in (a.place, b.place) or a.place == b.place) and (
        None in (a.time, b.time) or a.time == b.time
    )


def _days_fit(a: Claim, b: Claim) -> bool:
    first, second = a.days, b.days
    return first is None or second is None or overlap(first, second)


def _places_fit(a: Claim, b: Claim, context: Context) -> bool:
    if a.place is None or b.place is None or a.place == b.place:
        return True
    return (
        _unplaced(a.place) != _unplaced(b.place)
        or a.place in context.places_above(b.place)
        or b.place in context.places_above(a.place)
    )


def _unplaced(place: str) -> bool:
    """Tell whether a place is only a name («قصر السلام»), which may lie in any other place."""
    return place.startswith(_NAME_ONLY)


def _stands_for(a: str, b: str, context: Context) -> bool:
    first, second = context.actors.get(a), context.actors.get(b)
    if first is None or second is None:
        return False
    return (second.type == "LOC" and first.country == b and first.type != "LOC") or (
        first.type == "LOC" and second.country == a and second.type != "LOC"
    )


def actor_pairs(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield the pairs of participants that make blocks, each sorted."""
    yield from combinations(sorted(claim.actors)[:_MAX_PAIRED], 2)


@dataclass(frozen=True, slots=True)
class Copied:
    """Blocks and matches of claims that stand in the same sentence or in copies of one text."""

    @staticmethod
    def blocks(claim: Claim, context: Context) -> Iterator[Hashable]:
        """Yield the blocks of a claim's sentence and of its group of copies."""
        if claim.sentence_key:
            yield ("sentence", claim.type, claim.real, claim.sentence_key)
        article = context.articles.get(claim.article)
        if article is not None and article.copies:
            yield ("copies", claim.type, claim.real, article.copies, tuple(sorted(claim.actors)))

    @staticmethod
    def match(cluster: Cluster, claim: Claim, context: Context) -> Match | None:
        """Return a match for a claim that another paper prints in the same words."""
        if claim.article in cluster.articles or claim.type != cluster.leader.type:
            return None
        actors = set(claim.actors)
        for member in cluster.members[:4]:
            if claim.sentence_key and claim.sentence_key == member.sentence_key:
                others = set(member.actors)
                if actors <= others or others <= actors:
                    # A sentence may tell two happenings of one kind: the same word tells the same one.
                    aligned = abs(_offset(claim) - _offset(member)) <= _ALIGNED
                    return Match(0.97 if aligned else 0.9, (("same_sentence",),))
        article = context.articles.get(claim.article)
        leader = context.articles.get(cluster.leader.article)
        if (
            article is not None
            and leader is not None
            and article.copies
            and article.copies == leader.copies
            and actors
            and actors == set(cluster.leader.actors)
            and claim.time == cluster.leader.time
            and claim.place == cluster.leader.place
        ):
            return Match(0.9, (("copies_of_one_text",),))
        return None


def _offset(claim: Claim) -> int:
    return claim.spans[0][1].start - claim.sentence.start if claim.spans else 0


def reason_actors(shared: list[str]) -> Reason:
    """Return the reason that names shared participants."""
    return ("same_participants", *sorted(shared))


def reason_agency(cluster: Cluster, claim: Claim, context: Context) -> tuple[Reason, ...]:
    """Return the reason «both via Reuters» where both credit one agency."""
    mine = context.articles.get(claim.article)
    theirs = context.articles.get(cluster.leader.article)
    if mine is None or theirs is None:
        return ()
    both = sorted(set(mine.agencies) & set(theirs.agencies))
    return (("same_agency", *both),) if both else ()
