"""Which place a nominal means: «المدينة», «البلاد», «بلاده», «العاصمة المصرية»."""

from __future__ import annotations

from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.discourse import STATES, Discourse
from mahdar.annotation.names.meant_bodies import state_of
from mahdar.annotation.names.view import Phrase

_CITY_KINDS = frozenset(("city", "capital", "town", "village"))


def resolve_place(talk: Discourse, phrase: Phrase) -> Cluster | None:
    """Return the place a noun means; ``None`` when the article has none it may mean."""
    state = state_of(talk, phrase)
    if phrase.kind == "capital":
        if state is not None and state.capital in talk.view.knowledge.places:
            return talk.clusters.known(state.capital or "", "LOC")
        return _recent_place(talk, frozenset(("capital",)))
    if phrase.kind == "state":
        if phrase.lemma == "مملكه" and state is None:
            return _kingdom(talk)
        if state is not None:
            return talk.clusters.known(state.id, "LOC")
        if phrase.owned:
            return _own_country(talk)
        if phrase.lemma in ("بلاد", "دوله", "بلد"):
            return _main_country(talk) or _recent_place(talk, STATES)
        return None
    kinds = _CITY_KINDS if phrase.kind == "city" else frozenset((phrase.kind,))
    found = _recent_place(talk, kinds, noun=phrase.lemma)
    if found is None and phrase.kind in ("admin1", "region", "area"):
        return None
    return found


def _kingdom(talk: Discourse) -> Cluster | None:
    """Bare «المملكة» is Saudi Arabia unless the article is about another kingdom only."""
    for id_ in ("saudi-arabia", "jordan", "morocco", "bahrain"):
        if id_ in talk.order or (id_ == "saudi-arabia" and id_ in talk.view.knowledge.places):
            if (
                id_ == "saudi-arabia"
                and id_ not in talk.order
                and any(other in talk.order[:1] for other in ("jordan", "morocco", "bahrain"))
            ):
                continue
            return talk.clusters.known(id_, "LOC")
    return None


def _own_country(talk: Discourse) -> Cluster | None:
    """«بلاده»: the country of whoever speaks, else of the person named last."""
    state = talk.view.knowledge.states.get(talk.subject.country, "") if talk.subject else ""
    if state:
        return talk.clusters.known(state, "LOC")
    for cluster in reversed(talk.recent["PER"]):
        if cluster.country:
            state = talk.view.knowledge.states.get(cluster.country, "")
            if state:
                return talk.clusters.known(state, "LOC")
    return _recent_place(talk, STATES)


def _main_country(talk: Discourse) -> Cluster | None:
    return talk.clusters.known(talk.order[0], "LOC") if talk.order else None


def _recent_place(talk: Discourse, kinds: frozenset[str], *, noun: str = "") -> Cluster | None:
    for cluster in reversed(talk.recent["LOC"]):
        if cluster.kind in kinds or (noun and cluster.head == noun):
            return cluster
    return None
