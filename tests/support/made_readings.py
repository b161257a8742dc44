"""Readings made by hand from a few words each, for tests of what comes after the engine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from mahdar.model import (
    Anchor,
    Arrangement,
    Article,
    Commitment,
    Dateline,
    Detail,
    Entity,
    Event,
    Instrument,
    Mention,
    Naming,
    Participant,
    Reading,
    Span,
    Statement,
    TimeExpression,
)
from mahdar.text.sentences import split_sentences

NAMES = {
    "john-kerry": ("PER", "كيري", "John Kerry", "united-states"),
    "sergey-lavrov": ("PER", "لافروف", "Sergey Lavrov", "russia"),
    "adel-al-jubeir": ("PER", "الجبير", "Adel al-Jubeir", "saudi-arabia"),
    "houthis": ("ORG", "الحوثيون", "Houthis", None),
    "reuters": ("ORG", "رويترز", "Reuters", None),
    "spa": ("ORG", "واس", "SPA", None),
    "doha": ("LOC", "الدوحة", "Doha", "qatar"),
    "moscow": ("LOC", "موسكو", "Moscow", "russia"),
    "aden": ("LOC", "عدن", "Aden", "yemen"),
    "taiz": ("LOC", "تعز", "Taiz", "yemen"),
    "yemen": ("LOC", "اليمن", "Yemen", "yemen"),
    "russia": ("LOC", "روسيا", "Russia", "russia"),
    "united-states": ("LOC", "واشنطن", "United States", "united-states"),
    "source:x": ("ORG", "مصادر", "sources", None),
}
"""Key: type, Arabic name, English name, country."""


def span(text: str, quote: str) -> Span:
    """Return where a quote first stands in a text."""
    at = text.index(quote)
    return Span(at, at + len(quote))


def make_reading(
    text: str,
    *,
    publisher: str = "aawsat",
    published: str = "2015-08-04",
    events: Sequence[Mapping[str, Any]] = (),
    statements: Sequence[Mapping[str, Any]] = (),
    instruments: Sequence[tuple[str, ...]] = (),
    commitments: Sequence[Mapping[str, Any]] = (),
    arrangements: Sequence[Mapping[str, Any]] = (),
    naming: Sequence[tuple[str, str | None, str | None]] = (),
    dates: Sequence[tuple[str, str]] = (),
    agency: Sequence[str] = (),
    engine: str = "test 1",
    article_id: str | None = None,
) -> Reading:
    """Return a reading of a text; keys of ``NAMES`` stand for entities.

    Events: ``type, trigger, who, place, time, modality, killed, details ...``; statements: ``who, cue,
    content, act, via, issues, stance``; instruments: ``(quote, id, use, accused)``; commitments: ``who, act,
    due``; arrangements: ``kind, type, name, status, place ...``; naming: ``(quote, of whom, statement)``.
    Details are ``(name, value, quote)``, the value a key of ``NAMES`` or words.
    """
    used: dict[str, Entity] = {}

    def entity(key: str) -> str:
        type_, arabic, english, country = NAMES[key]
        at = text.find(arabic)
        mentions = (Mention(at, at + len(arabic)),) if at >= 0 else ()
        used.setdefault(
            key,
            Entity(
                f"e{len(used) + 1}",
                type_,  # type: ignore[arg-type]
                mentions,
                kb=None if key.startswith("source:") else key,
                key=key,
                label={"ar": arabic, "en": english},
                country=country,
                source=key.startswith("source:"),
            ),
        )
        return used[key].id

    def details(told: Sequence[tuple[str, str, str]]) -> tuple[Detail, ...]:
        made = []
        for name, value, quote in told:
            at = span(text, quote)
            who = entity(value) if value in NAMES else None
            made.append(Detail(name, value, at.start, at.end, who))
        return tuple(made)

    said = tuple(
        Statement(
            f"s{n}",
            tuple(entity(k) for k in s.get("who", ())),
            span(text, s["cue"]),
            (span(text, s["content"]),),
            s.get("mode", "indirect"),
            s.get("act", "assert"),
            tuple(entity(k) for k in s.get("via", ())),
            issues=tuple(s.get("issues", ())),
            stance=s.get("stance"),
        )
        for n, s in enumerate(statements, start=1)
    )
    happened = tuple(
        Event(
            f"v{n}",
            v["type"],
            (span(text, v["trigger"]),),
            tuple(Participant(entity(k), v.get("role", "actor")) for k in v.get("who", ())),
            entity(v["place"]) if v.get("place") else None,
            v.get("time"),
            v.get("modality", "occurred"),
            v.get("killed"),
            v.get("injured"),
            v.get("statement"),
            tuple(v.get("processes", ())),
            v.get("subtype"),
            details=details(v.get("details", ())),
        )
        for n, v in enumerate(events, start=1)
    )
    promised = tuple(
        Commitment(
            tuple(entity(k) for k in c.get("who", ())),
            c["act"],
            c.get("due"),
            c.get("statement"),
            (span(text, c["act"]),),
        )
        for c in commitments
    )
    arranged = tuple(
        Arrangement(
            span(text, a["name"]).start,
            span(text, a["name"]).end,
            a["kind"],
            a["type"],
            a.get("status", "named"),
            a.get("modality", "occurred"),
            entity(a["place"]) if a.get("place") else None,
            a.get("time"),
            a.get("statement"),
            tuple(a.get("processes", ())),
            details(a.get("details", ())),
        )
        for a in arrangements
    )
    named = tuple(
        Naming(
            span(text, quote).start,
            span(text, quote).end,
            quote,
            entity(whom) if whom else None,
            statement,
        )
        for quote, whom, statement in naming
    )
    spoken = tuple(
        Instrument(
            span(text, q).start,
            span(text, q).end,
            id_,
            {"ar": q},
            more[0] if more else None,
            entity(more[1]) if len(more) > 1 else None,
        )
        for q, id_, *more in instruments
    )
    agencies = tuple(entity(k) for k in agency)
    sha = hashlib.sha256(f"{publisher}|{published}|{text}".encode()).hexdigest()
    return Reading(
        article=Article(
            article_id or sha[:8],
            text,
            sha,
            title=text.partition("\n")[0],
            publisher=publisher,
            published=published,
            url=f"http://{publisher}.example/{sha[:6]}",
        ),
        engine=engine,
        anchor=Anchor(published, "metadata"),
        dateline=Dateline(None, agencies),
        entities=tuple(used.values()),
        dates=tuple(
            TimeExpression(span(text, q).start, span(text, q).end, value) for q, value in dates
        ),
        statements=said,
        events=happened,
        instruments=spoken,
        commitments=promised,
        sentences=tuple(Span(a, b) for a, b in split_sentences(text)),
        naming=named,
        arrangements=arranged,
    )


def meeting(publisher: str, text: str, **event: Any) -> Reading:
    """Return a paper's report of a meeting of Kerry and Lavrov in Doha on 3 August 2015."""
    told = {
        "type": "MEET",
        "trigger": "التقى",
        "who": ("john-kerry", "sergey-lavrov"),
        "place": "doha",
        "time": "2015-08-03",
    }
    return make_reading(text, publisher=publisher, events=[told | event])
