"""Nominals that no name stands beside: whom «الوزير الروسي», «الحركة», «بلاده» or «الجانبان» mean."""

from __future__ import annotations

from mahdar.annotation.names.appositions import give
from mahdar.annotation.names.clusters import Cluster
from mahdar.annotation.names.discourse import Discourse
from mahdar.annotation.names.joint import join_members
from mahdar.annotation.names.meant_bodies import resolve_body, resolve_people
from mahdar.annotation.names.meant_persons import resolve_person
from mahdar.annotation.names.meant_places import resolve_place
from mahdar.annotation.names.view import Phrase


def resolve_nominals(talk: Discourse, phrases: list[Phrase]) -> None:
    """Resolve nominals in reading order; those given away already must be left out."""
    for phrase in sorted(phrases, key=lambda p: (p.start, -p.end)):
        talk.advance(phrase.start)
        if phrase.number == "two":
            join_members(talk, phrase)
            continue
        cluster = _entity(talk, phrase)
        if cluster is None:
            continue
        if phrase.type == "PER" and phrase.kind not in ("counterpart", "courtesy", "fighters"):
            give(talk.view, cluster, phrase)
        else:
            cluster.add(phrase.start, phrase.end, "nominal")
        if phrase.type != "PER" or phrase.kind != "fighters":
            talk.touch(cluster)


def _entity(talk: Discourse, phrase: Phrase) -> Cluster | None:
    if phrase.type == "PER":
        return resolve_person(talk, phrase)
    if phrase.type == "LOC":
        return resolve_place(talk, phrase)
    if phrase.kind in ("source", "person", "office", "fighters", "group", "kin", "counterpart"):
        return resolve_people(talk, phrase)
    return resolve_body(talk, phrase)
