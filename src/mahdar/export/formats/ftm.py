"""FollowTheMoney entities, one JSON object a line: who, what happened, and the articles that tell it.

Actors without a name are no entities: «sources» of two articles are not one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mahdar.export.formats.bundles import ArticleBundle, EntryBundle
from mahdar.export.formats.coded import iter_judged
from mahdar.export.formats.entry_rows import iter_actors
from mahdar.export.formats.figures import window
from mahdar.export.formats.ftm_entity import (
    Entity,
    actor_id,
    article_id,
    clean_day,
    clean_url,
    digest,
    entry_id,
    make_entity,
    place_id,
    schema_of,
)
from mahdar.export.formats.ftm_posts import iter_memberships
from mahdar.export.formats.progress import Tick
from mahdar.export.formats.source import Source
from mahdar.i18n import tr, tr_code
from mahdar.views.rows import Ref

_LANGUAGES = {"ar": "ara", "en": "eng", "fr": "fra", "fa": "fas", "tr": "tur", "he": "heb"}
"""ISO 639-1 to the ISO 639-3 that FollowTheMoney keeps."""


def write_ftm(source: Source, out: Path, tick: Tick) -> dict[str, int]:
    """Write the entities and return their number by schema."""
    counts: Counter[str] = Counter()
    with out.open("w", encoding="utf-8") as stream:
        for entity in iter_entities(source, tick):
            stream.write(json.dumps(entity, ensure_ascii=False) + "\n")
            counts[entity["schema"]] += 1
    return dict(sorted(counts.items()))


def iter_entities(source: Source, tick: Tick) -> Iterator[Entity]:
    """Yield articles with their mentions, happenings and statements with their documentation, actors."""
    for article in source.iter_articles():
        yield _article(article)
        yield from _mentions(source, article)
        tick()
    for bundle in iter_judged(source, tick, lambda _: None):
        yield (
            _statement(source, bundle) if bundle.row.kind == "statement" else _event(source, bundle)
        )
        yield from _documentation(bundle)
    yield from _actors(source)


def _article(bundle: ArticleBundle) -> Entity:
    row = bundle.row
    return make_entity(
        "Article",
        article_id(row.sha256),
        title=row.title or row.name,
        author=row.author,
        publisher=row.publisher,
        publishedAt=clean_day(row.published),
        date=clean_day(row.anchor or row.published),
        sourceUrl=clean_url(row.url),
        language=_LANGUAGES.get(row.language or ""),
        keywords=[f"sha256:{row.sha256}", *([f"TLP:{bundle.tlp}"] if bundle.tlp else [])],
    )


def _mentions(source: Source, bundle: ArticleBundle) -> Iterator[Entity]:
    """Yield a mention for everybody whom the article names; places only where they act somewhere."""
    for ref in source.load_mentions(bundle.row.id):
        if source.is_unnamed(ref.key) or (ref.type == "LOC" and ref.key not in source.acting):
            continue
        yield make_entity(
            "Mention",
            f"mahdar-mention-{digest(bundle.row.sha256 + ref.key)}",
            document=article_id(bundle.row.sha256),
            name=ref.label("ar"),
            resolved=actor_id(ref.key),
            detectedSchema=schema_of(source, ref),
        )
        source.name(ref.key)


def _involved(source: Source, refs: Iterable[Ref]) -> list[str]:
    named = []
    for ref in refs:
        if source.is_unnamed(ref.key):
            source.left_out.add("unnamed_actor")
        else:
            named.append(actor_id(ref.key))
    return named


def _event(source: Source, bundle: EntryBundle) -> Entity:
    entry = bundle.row
    first, last, told = window(bundle)
    place = source.geography.locate(entry.place.key if entry.place else None)
    about = [*entry.people()[:4], *([entry.place] if entry.place else [])]
    names = []
    for lang, comma in (("ar", "، "), ("en", ", ")):
        who = comma.join(ref.label(lang) for ref in about)
        names.append(": ".join(part for part in (tr_code("event", entry.type, lang), who) if part))
    if entry.kind == "commitment":
        names = [f"{tr('kind.commitment', lang)}: {entry.text[:120]}" for lang in ("ar", "en")]
    return make_entity(
        "Event",
        entry_id(entry.id),
        name=names,
        recordId=entry.id,
        startDate=clean_day(first) if told else None,
        endDate=clean_day(last) if told and last != first else None,
        date=None if told else clean_day(first),
        involved=_involved(source, entry.people()),
        location=[n for n in (entry.place.ar, entry.place.en) if n] if entry.place else None,
        addressEntity=place_id(entry.place.key) if entry.place else None,
        country=place.country.alpha2.lower() if place.country else None,
        summary=entry.text,
        keywords=_keywords(bundle),
        notes=_told_as(bundle),
        proof=_proofs(bundle),
    )


def _statement(source: Source, bundle: EntryBundle) -> Entity:
    entry = bundle.row
    return make_entity(
        "Note",
        entry_id(entry.id),
        name="، ".join(ref.ar or ref.key for ref in entry.people("speaker")),
        description=entry.text,
        entity=_involved(source, entry.people("speaker", "addressee")),
        createdAt=clean_day(bundle.row.day),
        keywords=_keywords(bundle),
        summary=_told_as(bundle),
        proof=_proofs(bundle),
    )


def _keywords(bundle: EntryBundle) -> list[str]:
    entry = bundle.row
    return [
        f"kind:{entry.kind}",
        f"type:{entry.type}",
        *([f"modality:{entry.modality}"] if entry.modality else []),
        f"standing:{entry.standing}",
        f"origins:{entry.origins}",
        f"review:{bundle.judged.state}",
        *(f"process:{p}" for p in entry.processes),
        *([f"TLP:{bundle.tlp}"] if bundle.tlp else []),
    ]


def _told_as(bundle: EntryBundle) -> list[str]:
    entry = bundle.row
    return [
        tr(
            "export.told_by",
            lang,
            articles=entry.articles,
            origins=entry.origins,
            standing=tr_code("standing", entry.standing, lang),
            claims=" ".join(t.claim.uid for t in bundle.told),
        )
        for lang in ("ar", "en")
    ]


def _proofs(bundle: EntryBundle) -> list[str]:
    return [article_id(told.claim.article) for told in bundle.told]


def _documentation(bundle: EntryBundle) -> Iterator[Entity]:
    for told in bundle.told:
        yield make_entity(
            "Documentation",
            f"mahdar-claim-{told.claim.uid}",
            document=article_id(told.claim.article),
            entity=entry_id(bundle.row.id),
            role=f"{told.claim.kind} {told.claim.type}",
            recordId=told.claim.uid,
            date=clean_day(told.published),
            publisher=told.publisher,
            sourceUrl=clean_url(told.url),
            summary=told.sentence,
            status=f"origin {told.origin} of {bundle.row.origins}",
        )


def _actors(source: Source) -> Iterator[Entity]:
    given: set[str] = set()
    for ref, facts in iter_actors(source):
        if ref.type == "LOC":
            yield _address(source, ref)
        if facts["unnamed"] or ref.type == "INSTRUMENT":
            continue
        if ref.type == "LOC" and ref.key not in source.acting:
            continue
        given.add(ref.key)
        known = source.knowledge.record(ref.key)
        names = getattr(known, "names", {})
        own = [n for n in (ref.ar, ref.en) if n] or [ref.key]
        country = getattr(known, "country", None) or facts["country"]
        codes = source.geography.country(country)
        yield make_entity(
            schema_of(source, ref),
            actor_id(ref.key),
            name=own,
            alias=[n for lang in ("ar", "en") for n in names.get(lang, ()) if n not in own],
            country=codes.alpha2.lower() if codes else None,
            keywords=[f"mahdar:{ref.key}"],
        )
    yield from iter_memberships(source, given)


def _address(source: Source, ref: Ref) -> Entity:
    place = source.geography.locate(ref.key)
    parts = [ref.label("en"), place.admin1, place.country_name]
    return make_entity(
        "Address",
        place_id(ref.key),
        name=[n for n in (ref.ar, ref.en) if n],
        full=", ".join(dict.fromkeys(part for part in parts if part)),
        country=place.country.alpha2.lower() if place.country else None,
        state=place.admin1,
        latitude=place.lat,
        longitude=place.lon,
        keywords=[f"mahdar:{ref.key}", *([f"pcode:{place.pcode}"] if place.pcode else [])],
    )
