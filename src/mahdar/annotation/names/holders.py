"""Persons whom the article names by surname and post alone: «وزير الدفاع الأمريكي كارتر»."""

from __future__ import annotations

from mahdar.annotation.names.clusters import Cluster, Clusters, same_person
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.records import Actor
from mahdar.knowledge.spelling import name_units, surname_of


def link_holders(clusters: Clusters, knowledge: Knowledge, date: str | None) -> None:
    """Link each unknown person to the one who held the post that the article gives them.

    The surname must be that of the holder on the article's date (on any date where that is not
    known), and of one holder only.
    """
    for cluster in list(clusters.all):
        if cluster.type != "PER" or cluster.kb or cluster.merged or not cluster.named:
            continue
        found = {
            id_ for id_ in _holders(cluster, knowledge, date) if _named_so(knowledge, id_, cluster)
        }
        if len(found) == 1:
            known = clusters.known(found.pop(), "PER")
            clusters.merge(known, cluster)


def _holders(cluster: Cluster, knowledge: Knowledge, date: str | None) -> set[str]:
    return {
        id_
        for fact in cluster.facts
        if fact.title and not fact.former
        for body in (*fact.of, fact.country)
        if body
        for id_ in knowledge.holders(fact.title, body, date)
    }


def _named_so(knowledge: Knowledge, id_: str, cluster: Cluster) -> bool:
    """Tell whether a person may be called as the article calls an unknown one."""
    actor = knowledge.actors.get(id_)
    if actor is None or not cluster.units:
        return False
    names = [name_units(name) for name in actor.names.get("ar", ())]
    if any(same_person(cluster.units, name) for name in names):
        return True
    bare = _bare(cluster.units)
    return any(bare == _bare(surname) for surname in _surnames(actor, names))


def _surnames(actor: Actor, names: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    if actor.surname:
        return [name_units(name) for name in actor.surname]
    return [surname_of(name) for name in names]


def _bare(units: tuple[str, ...]) -> tuple[str, ...]:
    return (units[0].removeprefix("ال"), *units[1:]) if units else ()
