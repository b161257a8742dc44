"""Posts of the persons of a record, from the knowledge packs, as FollowTheMoney memberships.

No article claims them: each says which pack it comes from and what the pack rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mahdar.export.formats.ftm_entity import Entity, actor_id, make_entity, schema_of
from mahdar.export.formats.source import Source
from mahdar.knowledge.records import Actor, Place, Post
from mahdar.views.rows import Ref

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def iter_memberships(source: Source, given: set[str]) -> Iterator[Entity]:
    """Yield a membership for every post of a person of the record, and the bodies they sit in.

    Args:
        source: the record.
        given: keys of the actors that are entities already; bodies are added to them.
    """
    for key in sorted(given):
        person = source.knowledge.actors.get(key)
        if person is None or person.type != "PER":
            continue
        for number, post in enumerate(person.posts):
            body = source.knowledge.record(post.of)
            if not isinstance(body, Actor | Place):
                continue
            ref = Ref(post.of, *_names(body), "LOC" if isinstance(body, Place) else body.type)
            if ref.type == "PER":
                continue
            if post.of not in given:
                given.add(post.of)
                codes = source.geography.country(body.country)
                yield make_entity(
                    schema_of(source, ref),
                    actor_id(post.of),
                    name=[n for n in (ref.ar, ref.en) if n] or [post.of],
                    country=codes.alpha2.lower() if codes else None,
                    keywords=[f"mahdar:{post.of}"],
                )
            yield make_entity(
                "Membership",
                f"mahdar-post-{actor_id(key)[13:]}-{number}",
                member=actor_id(key),
                organization=actor_id(post.of),
                role=post.title,
                startDate=_date(post.start),
                endDate=_date(post.end),
                publisher=f"Mahdar knowledge pack {person.pack}",
                summary=_summary(person, post),
            )


def _names(body: Actor | Place) -> tuple[str, str]:
    arabic, english = body.names.get("ar", ()), body.names.get("en", ())
    return (arabic[0] if arabic else "", english[0] if english else "")


def _date(edtf: str | None) -> str | None:
    return edtf if edtf and _DATE.fullmatch(edtf) else None


def _summary(person: Actor, post: Post) -> str:
    return f"{post.title} of {post.of}; reference data ({person.origin.kind}), not a claim of an article"
