"""Rows of the tables of claims: what one article tells, with its words and its chain of mouths."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mahdar.consolidation.claims import Claim
from mahdar.consolidation.days import parse_days
from mahdar.export.formats.bundles import ArticleBundle, span_marks, span_text
from mahdar.export.formats.columns import Row
from mahdar.export.formats.figures import arabic, english, first_last
from mahdar.export.formats.review import strictest
from mahdar.export.formats.source import Source
from mahdar.extraction.events.codes import acled_code, plover_code

Rows = Iterator[tuple[str, Row]]
"""Table name and row, as they come."""

CLAIM_TABLES = {
    "statement": "statements",
    "event": "events",
    "commitment": "commitments",
    "instrument": "instruments",
    "arrangement": "arrangements",
    "naming": "naming",
}
"""Kind of claim, and the table that holds it."""


def article_rows(source: Source, bundle: ArticleBundle) -> Rows:
    """Yield an article's row, then those of its claims, in reading order."""
    yield "articles", _article_row(source, bundle)
    for claim in bundle.claims:
        table = CLAIM_TABLES[claim.kind]
        yield table, _COMMON[table](source, bundle, claim)
        refs = source.refs([key for key, _ in claim.roles])
        for position, (ref, (_, role)) in enumerate(zip(refs, claim.roles, strict=True)):
            yield (
                "participants",
                {
                    "claim": claim.uid,
                    "position": position,
                    "actor": ref.key,
                    "actor_ar": ref.ar or None,
                    "actor_en": ref.en or None,
                    "role": role,
                },
            )
        for position, fact in enumerate(claim.facts):
            value_ar, value_en = source.value_names(fact.name, fact.value)
            yield (
                "facts",
                {
                    "claim": claim.uid,
                    "position": position,
                    "fact": fact.name,
                    "value": fact.value,
                    "value_ar": value_ar,
                    "value_en": value_en,
                    "words": bundle.text[fact.start : fact.end] or None,
                    "spans": [f"{fact.start}-{fact.end}"] if fact.end > fact.start else [],
                },
            )
        for field, corrected in sorted(source.review.decided.edits.get(claim.uid, {}).items()):
            yield (
                "corrections",
                {
                    "claim": claim.uid,
                    "field": field,
                    "machine": _plain(_told(bundle.machine[claim.uid], field)),
                    "corrected": _plain(corrected),
                },
            )


def _told(claim: Claim, field: str) -> object:
    """Return the value of a field in the form that judgements give it."""
    if field == "spans":
        return [[role, span.start, span.end] for role, span in claim.spans]
    return getattr(claim, field)


def _plain(value: object) -> str | None:
    """Return a value as text; several as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _article_row(source: Source, bundle: ArticleBundle) -> Row:
    row = bundle.row
    agencies = source.refs(row.credits)
    return {
        "article": row.sha256,
        "name": row.name,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published,
        "day": row.anchor,
        "day_basis": row.anchor_basis,
        "url": row.url,
        "author": row.author,
        "language": row.language,
        "words": row.words,
        "agencies": [ref.key for ref in agencies],
        "agencies_ar": arabic(agencies),
        "agencies_en": english(agencies),
        "copies": row.copies,
        "claim_count": len(bundle.claims),
        "engine": row.engine,
        "reliability": source.review.sources.get(row.publisher or ""),
        "tlp": bundle.tlp,
    }


def _head(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    """Return the columns that every claim has."""
    judged = source.review.claim(claim.uid)
    return {
        "claim": claim.uid,
        "article": bundle.row.sha256,
        "publisher": bundle.row.publisher,
        "published": bundle.row.published or bundle.row.anchor,
        "sentence": claim.sentence.of(bundle.text),
        "spans": span_marks(claim),
        "statement": claim.statement,
        "review": judged.state,
        "verdict": judged.verdict,
        "credibility": judged.credibility,
        "tlp": strictest([bundle.tlp, judged.tlp]),
        **_people(source, "chain", claim.chain),
    }


def _standing(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    home = bundle.entries.get(claim.uid)
    return {
        "entry": home.id if home else None,
        "standing": home.standing if home else None,
        "origins": home.origins if home else None,
    }


def _people(source: Source, name: str, keys: tuple[str, ...]) -> Row:
    refs = source.refs(keys)
    return {
        name: [ref.key for ref in refs],
        f"{name}_ar": arabic(refs),
        f"{name}_en": english(refs),
    }


def _with_role(claim: Claim, *roles: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key, role in claim.roles if role in roles))


def _named(source: Source, name: str, key: str | None) -> Row:
    ref = source.refs([key])[0] if key else None
    return {
        name: key,
        f"{name}_ar": (ref.ar or None) if ref else None,
        f"{name}_en": (ref.en or None) if ref else None,
    }


def _statement_row(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    head = _head(source, bundle, claim)
    del head["statement"]
    return {
        **head,
        **_standing(source, bundle, claim),
        **_people(source, "speakers", _with_role(claim, "speaker")),
        **_people(source, "addressees", _with_role(claim, "addressee")),
        "act": claim.type,
        "mode": claim.mode,
        "setting": claim.subtype,
        "said": claim.time,
        "cue": span_text(claim, bundle.text, "cue"),
        "quote": span_text(claim, bundle.text, "content"),
        "issues": list(claim.told("issue")),
        "stance": next(iter(claim.told("stance")), None),
        "hedged": bool(claim.told("hedged")),
    }


def _event_row(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    first, last = first_last(claim.days)
    modality = claim.modality or ""
    return {
        **_head(source, bundle, claim),
        **_standing(source, bundle, claim),
        **_named(source, "place", claim.place),
        **_named(source, "instrument", claim.instrument),
        **_people(source, "actors", claim.actors),
        "type": claim.type,
        "subtype": claim.subtype,
        "modality": claim.modality,
        "time": claim.time,
        "first_day": first,
        "last_day": last,
        "killed": claim.killed,
        "injured": claim.injured,
        "processes": list(claim.processes),
        "plover": plover_code(claim.type, claim.subtype, modality),
        "acled": acled_code(claim.type, claim.subtype, modality),
        "cue": span_text(claim, bundle.text, "trigger"),
    }


def _commitment_row(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    first, last = first_last(parse_days(claim.due))
    return {
        **_head(source, bundle, claim),
        **_standing(source, bundle, claim),
        **_people(source, "by", _with_role(claim, "by")),
        "promise": claim.text or span_text(claim, bundle.text, "act"),
        "due": claim.due,
        "due_first": first,
        "due_last": last,
        "condition": claim.subtype,
    }


def _instrument_row(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    return {
        **_head(source, bundle, claim),
        **_named(source, "instrument", claim.instrument),
        "quote": span_text(claim, bundle.text, "mention"),
    }


def _arrangement_row(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    first, last = first_last(claim.days)
    return {
        **_head(source, bundle, claim),
        **_standing(source, bundle, claim),
        **_named(source, "place", claim.place),
        **_people(source, "actors", claim.actors),
        "type": claim.type,
        "status": claim.subtype,
        "modality": claim.modality,
        "time": claim.time,
        "first_day": first,
        "last_day": last,
        "processes": list(claim.processes),
        "quote": span_text(claim, bundle.text, "mention"),
    }


def _naming_row(source: Source, bundle: ArticleBundle, claim: Claim) -> Row:
    return {
        **_head(source, bundle, claim),
        **_people(source, "actors", _with_role(claim, "target")),
        "term": claim.type,
        "quote": span_text(claim, bundle.text, *{role for role, _ in claim.spans}),
    }


_COMMON = {
    "statements": _statement_row,
    "events": _event_row,
    "commitments": _commitment_row,
    "instruments": _instrument_row,
    "arrangements": _arrangement_row,
    "naming": _naming_row,
}
