"""A reading made ready for the record, away from the database: what worker processes give back."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

from mahdar.consolidation.claims import ActorFacts, Claim
from mahdar.consolidation.consolidate import family_of
from mahdar.consolidation.copies import sketch_article
from mahdar.consolidation.flatten import FlatReading, flatten_reading, normalize_words
from mahdar.errors import MalformedRecord
from mahdar.jsonform import reading_from_dict, reading_to_dict
from mahdar.model import Reading, Span
from mahdar.store.indexed import IndexedArticle, Named, index_article

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PreparedReading:
    """The rows of one reading. Rows that point to the article lack ``article_id`` still."""

    sha256: str
    engine: str
    article: Row
    body: bytes
    claims: tuple[Row, ...]
    roles: tuple[Row, ...]
    actors: tuple[Row, ...]
    mentions: tuple[Row, ...]
    names: tuple[Row, ...]
    index: IndexedArticle


def _claim_row(claim: Claim) -> Row:
    return {
        "uid": claim.uid,
        "kind": claim.kind,
        "family": family_of(claim),
        "type": claim.type,
        "modality": claim.modality,
        "mode": claim.mode,
        "subtype": claim.subtype,
        "time": claim.time,
        "published": claim.published,
        "place": claim.place,
        "killed": claim.killed,
        "injured": claim.injured,
        "instrument": claim.instrument,
        "due": claim.due,
        "statement": claim.statement,
        "processes": list(claim.processes),
        "chain": list(claim.chain),
        "spans": [[role, span.start, span.end] for role, span in claim.spans],
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        "sentence_key": claim.sentence_key,
        "text": claim.text,
        "facts": [list(fact) for fact in claim.facts],
    }


def actor_row(facts: ActorFacts) -> Row:
    """Return an actor as a row of ``actors``."""
    return {
        "key": facts.key,
        "type": facts.type,
        "kb": facts.kb,
        "ar": facts.ar,
        "en": facts.en,
        "ar_norm": normalize_words(facts.ar),
        "country": facts.country,
        "source": int(facts.source),
    }


def _named(flat: FlatReading) -> Named:
    return Named(
        {a.key: (a.ar, a.en) for a in flat.actors if a.kb},
        {m.actor for m in flat.mentions if m.named},
        {claim.uid: {actor for actor, _ in claim.roles} for claim in flat.claims},
    )


def pack_reading(reading: Reading) -> bytes:
    """Return a reading as the contract's JSON, compressed: a quarter of the size (press, 290 articles)."""
    body = json.dumps(reading_to_dict(reading), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(body.encode("utf-8", "surrogatepass"), 6)


def unpack_reading(body: bytes, text: str) -> Reading:
    """Return the reading that ``pack_reading`` packed, with its article's text."""
    raw = json.loads(zlib.decompress(body).decode("utf-8", "surrogatepass"))
    return reading_from_dict(raw, text=text)


def unpack_sentences(body: bytes) -> tuple[Span, ...]:
    """Return only the sentences of a reading that ``pack_reading`` packed."""
    raw = json.loads(zlib.decompress(body))
    return tuple(Span(each["start"], each["end"]) for each in raw.get("sentences", ()))


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, by which ``mahdar verify`` sees whether it was changed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def prepare_reading(reading: Reading) -> PreparedReading:
    """Return the rows that a record keeps of a reading.

    Raises:
        MalformedRecord: the text holds half characters (lone surrogates), which no database takes,
            or NUL, which PostgreSQL does not.
    """
    article = reading.article
    try:
        article.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedRecord(
            article.origin or article.id,
            f"the text holds half a character at offset {error.start}",
            "save the article as UTF-8 again",
        ) from error
    if "\x00" in article.text:
        raise MalformedRecord(
            article.origin or article.id,
            f"the text holds a NUL character at offset {article.text.index(chr(0))}",
            "take it out of the article",
        )
    flat = flatten_reading(reading)
    sketch = sketch_article(article)
    claims = tuple(map(_claim_row, flat.claims))
    row = {
        "sha256": article.sha256,
        "name": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "anchor": reading.anchor.edtf,
        "anchor_basis": reading.anchor.basis,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "origin": article.origin,
        "encoding": article.encoding,
        "noise": [[span.start, span.end] for span in article.noise],
        "text": article.text,
        "words": len(article.text.split()),
        "agencies": list(flat.agencies),
        "credits": list(flat.agencies),
        "text_sha256": hash_text(article.text),
        "sketch": sketch.hashes,
        "shingles": sketch.shingles,
    }
    return PreparedReading(
        sha256=article.sha256,
        engine=reading.engine,
        article=row,
        body=pack_reading(reading),
        claims=claims,
        roles=tuple(
            {"claim": claim.uid, "position": n, "actor": actor, "role": role}
            for claim in flat.claims
            for n, (actor, role) in enumerate(claim.roles)
        ),
        actors=tuple(map(actor_row, flat.actors)),
        mentions=tuple(
            {"actor": m.actor, "named": m.named, "nominal": m.nominal, "first": m.first}
            for m in flat.mentions
        ),
        names=tuple(
            {"norm": norm, "actor": m.actor}
            for m in flat.mentions
            for norm in sorted(m.names)
            if norm
        ),
        index=index_article(row, claims, _named(flat)),
    )
