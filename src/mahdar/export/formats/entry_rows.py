"""Rows of the tables of entries: what the whole record tells, every value with its claims."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.export.formats.bundles import EntryBundle
from mahdar.export.formats.claim_rows import Rows
from mahdar.export.formats.columns import Row
from mahdar.export.formats.figures import arabic, claim_ids, english, keys, toll_of, window
from mahdar.export.formats.source import Source
from mahdar.views.rows import Ref


def entry_rows(source: Source, bundle: EntryBundle) -> Rows:
    """Yield an entry's row, then those of its claims, actors and values."""
    entry = bundle.row
    yield "entries", entry_row(source, bundle)
    for told in bundle.told:
        yield (
            "entry_claims",
            {
                "entry": entry.id,
                "position": told.position,
                "claim": told.claim.uid,
                "article": told.claim.article,
                "publisher": told.publisher,
                "published": told.published,
                "url": told.url,
                "origin": told.origin,
                "score": told.score,
                "reasons": list(told.reasons),
            },
        )
    for position, (ref, role) in enumerate(entry.actors):
        yield (
            "entry_actors",
            {
                "entry": entry.id,
                "position": position,
                "actor": ref.key,
                "actor_ar": ref.ar or None,
                "actor_en": ref.en or None,
                "role": role,
            },
        )
    for field, values in entry.fields.items():
        for rank, value in enumerate(values, start=1):
            value_ar, value_en = source.value_names(field, value.value)
            yield (
                "entry_values",
                {
                    "entry": entry.id,
                    "field": field,
                    "rank": rank,
                    "value": value.value,
                    "value_ar": value_ar,
                    "value_en": value_en,
                    "claims": list(value.claims),
                },
            )


def entry_row(source: Source, bundle: EntryBundle) -> Row:
    """Return the row of ``entries``; what differs between claims is in ``entry_values``."""
    entry = bundle.row
    place = source.geography.locate(entry.place.key if entry.place else None)
    first, last, told = window(bundle)
    killed, injured = toll_of(entry, "killed"), toll_of(entry, "injured")
    people = entry.people()
    return {
        "entry": entry.id,
        "kind": entry.kind,
        "type": entry.type,
        "subtype": entry.best("subtype"),
        "modality": entry.modality,
        "time": entry.time,
        "first_day": first,
        "last_day": last,
        "day_told": told,
        **named("place", entry.place),
        "lat": place.lat,
        "lon": place.lon,
        "actors": keys(people),
        "actors_ar": arabic(people),
        "actors_en": english(people),
        **named("instrument", entry.instrument),
        "processes": list(entry.processes),
        "killed_best": killed.best,
        "killed_low": killed.low,
        "killed_high": killed.high,
        "injured_best": injured.best,
        "injured_low": injured.low,
        "injured_high": injured.high,
        "due": entry.best("due"),
        "text": entry.text,
        "standing": entry.standing,
        "articles": entry.articles,
        "origins": entry.origins,
        "confidence": entry.confidence,
        "publishers": bundle.publishers,
        "claims": claim_ids(bundle),
        "review": bundle.judged.state,
        "verdict": bundle.judged.verdict,
        "tlp": bundle.tlp,
    }


def named(name: str, ref: Ref | None) -> Row:
    """Return a key with its names in both languages."""
    return {
        name: ref.key if ref else None,
        f"{name}_ar": (ref.ar or None) if ref else None,
        f"{name}_en": (ref.en or None) if ref else None,
    }


def actor_rows(source: Source) -> Rows:
    """Yield the actors and places that the rows so far have named, by key."""
    for ref, facts in iter_actors(source):
        if ref.type != "LOC":
            yield "actors", facts
        else:
            yield "places", _place_row(source, ref)
            if facts["actor_kind"] or ref.key in source.acting:
                yield "actors", facts


def iter_actors(source: Source) -> Iterator[tuple[Ref, Row]]:
    """Yield every actor met, with its row of ``actors``."""
    for fact in source.actor_facts():
        ref = Ref(fact.key, fact.ar, fact.en, fact.type)
        known = source.knowledge.record(fact.kb) if fact.kb else None
        yield (
            ref,
            {
                "actor": fact.key,
                "actor_type": fact.type,
                "actor_kind": getattr(known, "kind", None) if fact.type != "LOC" else None,
                "ar": fact.ar or None,
                "en": fact.en or None,
                "country": fact.country,
                "in_pack": known is not None,
                "unnamed": bool(fact.source),
            },
        )


def _place_row(source: Source, ref: Ref) -> Row:
    place = source.geography.locate(ref.key)
    return {
        "place": ref.key,
        "ar": ref.ar or place.ar or None,
        "en": ref.en or place.en or None,
        "place_kind": place.kind or None,
        "country": place.country.alpha2 if place.country else None,
        "country_name": place.country_name or None,
        "admin1": place.admin1 or None,
        "admin2": place.admin2 or None,
        "admin3": place.admin3 or None,
        "parent": place.parent or None,
        "lat": place.lat,
        "lon": place.lon,
        "pcode": place.pcode or None,
        "in_pack": place.known,
    }
