"""Whom joint nominals stand for: «الوزيران», «الجانبان», «البلدان», «نظيريه الروسي والأمريكي»."""

from __future__ import annotations

from collections import Counter

from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.discourse import KIND_OF_GROUP, Discourse
from mahdar.annotation.names.meant_persons import is_post_of, resolve_counterpart
from mahdar.annotation.names.view import Phrase
from mahdar.knowledge.records import Place

_NEARBY = 16  # mentions back that «البلدان» may mean


def join_members(talk: Discourse, phrase: Phrase) -> None:
    """«الوزيران», «الجانبان»: an entity of its own whose members are named where they are clear."""
    cluster = talk.clusters.local(phrase.type, f"?{phrase.start}", name=phrase.key)
    cluster.add(phrase.start, phrase.end, "nominal")
    cluster.members = _members(talk, phrase)


def _members(talk: Discourse, phrase: Phrase) -> list[Cluster]:
    states = [
        place
        for id_ in (phrase.country, phrase.second)
        if id_ and (place := talk.view.knowledge.places.get(id_)) is not None
    ]
    if phrase.type == "PER":
        return _two_persons(talk, phrase, states)
    if len(states) == 2:
        return [talk.clusters.known(place.id, "LOC") for place in states]
    if phrase.kind == "states":
        return _two(_countries_nearby(talk))
    if phrase.kind == "side":
        return _two(_countries_nearby(talk))
    kinds = KIND_OF_GROUP.get(phrase.kind, frozenset())
    return _two([c for c in reversed(talk.recent["ORG"]) if c.kind in kinds])


def _two_persons(talk: Discourse, phrase: Phrase, states: list[Place]) -> list[Cluster]:
    if phrase.kind == "counterpart" and len(states) == 2:
        out = []
        for place in states:
            single = Phrase(
                phrase.first, phrase.last, phrase.start, phrase.end, "PER", "نظير", "counterpart",
                country=place.id, key=f"نظير {place.id}",
            )  # fmt: skip
            found = resolve_counterpart(talk, single)
            if found is not None:
                out.append(found)
        return out
    if len(states) == 2 and phrase.title:
        ids = [talk.view.knowledge.holders(phrase.title, p.id, talk.date) for p in states]
        if all(ids):
            return [talk.clusters.known(i[0], "PER") for i in ids]
    fitting = [
        c
        for c in reversed(talk.recent["PER"])
        if any(f.lemma == phrase.lemma or is_post_of(talk, f, phrase) for f in c.facts)
    ]
    if len(fitting) < 2:
        fitting += [c for c in reversed(talk.recent["PER"]) if c not in fitting]
    return _two(fitting)


def _countries_nearby(talk: Discourse) -> list[Cluster]:
    """The states mentioned most just before; a capital or a person counts for its state."""
    counts: Counter[str] = Counter()
    for _, cluster in talk.timeline[max(0, talk.pos - _NEARBY) : talk.pos]:
        state = cluster.state or talk.view.knowledge.capital_of.get(cluster.kb or "", "")
        if cluster.type == "PER":
            state = talk.view.knowledge.states.get(cluster.country, "")
        if state:
            counts[state] += 1
    return [talk.clusters.known(state, "LOC") for state, _ in counts.most_common(2)]


def _two(candidates: list[Cluster]) -> list[Cluster]:
    return candidates[1::-1] if len(candidates) >= 2 else []
