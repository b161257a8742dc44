"""Readings as JSON: the contract's form (docs/reference/reading.md), out and in again."""

from __future__ import annotations

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


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _spans(spans: tuple[Span, ...]) -> list[dict[str, int]]:
    return [_span(span) for span in spans]


def _to_span(raw: dict[str, Any]) -> Span:
    return Span(raw["start"], raw["end"])


def _to_spans(raw: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(_to_span(item) for item in raw)


def reading_to_dict(reading: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """Return a reading as plain data in the contract's form.

    Args:
        reading: any reading.
        with_text: also give the article's text under ``text``.
    """
    article, anchor = reading.article, reading.anchor
    out: dict[str, Any] = {
        "id": article.id,
        "sha256": article.sha256,
        "engine": reading.engine,
        "language": article.language,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "author": article.author,
        "origin": article.origin,
        "encoding": article.encoding,
        "anchor": {
            "edtf": anchor.edtf,
            "basis": anchor.basis,
            "certainty": anchor.certainty,
            "evidence": _spans(anchor.evidence),
            "rejected": list(anchor.rejected),
        },
        "dateline": {"place": reading.dateline.place, "agency": list(reading.dateline.agency)},
        "entities": [_entity(e) for e in reading.entities],
        "dates": [_date(d) for d in reading.dates],
        "statements": [_statement(s) for s in reading.statements],
        "events": [_event(v) for v in reading.events],
        "instruments": [
            {
                "start": i.start,
                "end": i.end,
                "id": i.id,
                "label": dict(i.label),
                "use": i.use,
                "accused": i.accused,
            }
            for i in reading.instruments
        ],
        "commitments": [
            {
                "by": list(c.by),
                "act": c.act,
                "due": c.due,
                "statement": c.statement,
                "condition": c.condition,
                "spans": _spans(c.spans),
            }
            for c in reading.commitments
        ],
        "naming": [
            {
                "start": n.start,
                "end": n.end,
                "term": n.term,
                "entity": n.entity,
                "statement": n.statement,
            }
            for n in reading.naming
        ],
        "arrangements": [_arrangement(a) for a in reading.arrangements],
        "noise": _spans(reading.noise),
        "sentences": _spans(reading.sentences),
    }
    if with_text:
        out["text"] = article.text
    return out


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "type": entity.type,
        "kb": entity.kb,
        "key": entity.key,
        "label": dict(entity.label),
        "country": entity.country,
        "source": entity.source,
        "members": list(entity.members),
        "mentions": [{"start": m.start, "end": m.end, "kind": m.kind} for m in entity.mentions],
    }


def _date(date: TimeExpression) -> dict[str, Any]:
    return {
        "start": date.start,
        "end": date.end,
        "value": date.value,
        "raw": date.raw,
        "anchor": date.anchor,
        "time": date.time,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "speakers": list(statement.speakers),
        "cue": _span(statement.cue),
        "content": _spans(statement.content),
        "mode": statement.mode,
        "act": statement.act,
        "via": list(statement.via),
        "setting": statement.setting,
        "issues": list(statement.issues),
        "addressees": list(statement.addressees),
        "stance": statement.stance,
        "hedged": statement.hedged,
        "negated": statement.negated,
        "event": statement.event,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "triggers": _spans(event.triggers),
        "participants": [{"entity": p.entity, "role": p.role} for p in event.participants],
        "place": event.place,
        "time": event.time,
        "modality": event.modality,
        "killed": event.killed,
        "injured": event.injured,
        "toll": dict(event.toll),
        "statement": event.statement,
        "processes": list(event.processes),
        "subtype": event.subtype,
        "plover": event.plover,
        "acled": event.acled,
        "details": _details(event.details),
    }


def _details(details: tuple[Detail, ...]) -> list[dict[str, Any]]:
    return [
        {"name": d.name, "value": d.value, "start": d.start, "end": d.end, "entity": d.entity}
        for d in details
    ]


def _to_details(raw: list[dict[str, Any]]) -> tuple[Detail, ...]:
    return tuple(Detail(d["name"], d["value"], d["start"], d["end"], d.get("entity")) for d in raw)


def _arrangement(arrangement: Arrangement) -> dict[str, Any]:
    return {
        "start": arrangement.start,
        "end": arrangement.end,
        "kind": arrangement.kind,
        "type": arrangement.type,
        "status": arrangement.status,
        "modality": arrangement.modality,
        "place": arrangement.place,
        "time": arrangement.time,
        "statement": arrangement.statement,
        "processes": list(arrangement.processes),
        "details": _details(arrangement.details),
        "evidence": _spans(arrangement.evidence),
    }


def reading_from_dict(raw: dict[str, Any], *, text: str | None = None) -> Reading:
    """Return the reading that ``reading_to_dict`` wrote.

    Args:
        raw: plain data in the contract's form; fields that the contract adds may be missing.
        text: the article's text, where ``raw`` does not carry it.
    Raises:
        KeyError: a field that the contract requires is missing.
    """
    anchor = raw.get("anchor") or {}
    dateline = raw.get("dateline") or {}
    return Reading(
        article=Article(
            id=raw["id"],
            text=raw["text"] if text is None else text,
            sha256=raw.get("sha256", ""),
            title=raw.get("title"),
            publisher=raw.get("publisher"),
            published=raw.get("published"),
            url=raw.get("url"),
            author=raw.get("author"),
            language=raw.get("language"),
            origin=raw.get("origin"),
            encoding=raw.get("encoding"),
            noise=_to_spans(raw.get("noise", [])),
        ),
        engine=raw.get("engine", ""),
        anchor=Anchor(
            edtf=anchor.get("edtf"),
            basis=anchor.get("basis", "none"),
            certainty=anchor.get("certainty", 1.0),
            evidence=_to_spans(anchor.get("evidence", [])),
            rejected=tuple(anchor.get("rejected", ())),
        ),
        dateline=Dateline(dateline.get("place"), tuple(dateline.get("agency", ()))),
        entities=tuple(
            Entity(
                id=e["id"],
                type=e["type"],
                mentions=tuple(
                    Mention(m["start"], m["end"], m.get("kind", "named")) for m in e["mentions"]
                ),
                kb=e.get("kb"),
                key=e.get("key", ""),
                label=e.get("label") or {},
                country=e.get("country"),
                source=e.get("source", False),
                members=tuple(e.get("members", ())),
            )
            for e in raw["entities"]
        ),
        dates=tuple(
            TimeExpression(
                d["start"], d["end"], d["value"], d.get("raw", ""), d.get("anchor"), d.get("time")
            )
            for d in raw["dates"]
        ),
        statements=tuple(
            Statement(
                id=s["id"],
                speakers=tuple(s["speakers"]),
                cue=_to_span(s["cue"]),
                content=_to_spans(s["content"]),
                mode=s["mode"],
                act=s["act"],
                via=tuple(s.get("via", ())),
                setting=s.get("setting", "unknown"),
                issues=tuple(s.get("issues", ())),
                addressees=tuple(s.get("addressees", ())),
                stance=s.get("stance"),
                hedged=s.get("hedged", False),
                negated=s.get("negated", False),
                event=s.get("event"),
            )
            for s in raw["statements"]
        ),
        events=tuple(
            Event(
                id=v["id"],
                type=v["type"],
                triggers=_to_spans(v["triggers"]),
                participants=tuple(Participant(p["entity"], p["role"]) for p in v["participants"]),
                place=v.get("place"),
                time=v.get("time"),
                modality=v.get("modality", "occurred"),
                killed=v.get("killed"),
                injured=v.get("injured"),
                statement=v.get("statement"),
                processes=tuple(v.get("processes", ())),
                subtype=v.get("subtype"),
                toll=v.get("toll") or {},
                plover=v.get("plover"),
                acled=v.get("acled"),
                details=_to_details(v.get("details", [])),
            )
            for v in raw["events"]
        ),
        instruments=tuple(
            Instrument(
                i["start"],
                i["end"],
                i["id"],
                i.get("label") or {},
                i.get("use"),
                i.get("accused"),
            )
            for i in raw["instruments"]
        ),
        commitments=tuple(
            Commitment(
                by=tuple(c["by"]),
                act=c["act"],
                due=c.get("due"),
                statement=c.get("statement"),
                spans=_to_spans(c.get("spans", [])),
                condition=c.get("condition"),
            )
            for c in raw.get("commitments", ())
        ),
        naming=tuple(
            Naming(n["start"], n["end"], n["term"], n.get("entity"), n.get("statement"))
            for n in raw.get("naming", ())
        ),
        sentences=_to_spans(raw.get("sentences", [])),
        arrangements=tuple(
            Arrangement(
                start=a["start"],
                end=a["end"],
                kind=a["kind"],
                type=a["type"],
                status=a.get("status", "named"),
                modality=a.get("modality", "occurred"),
                place=a.get("place"),
                time=a.get("time"),
                statement=a.get("statement"),
                processes=tuple(a.get("processes", ())),
                details=_to_details(a.get("details", [])),
                evidence=_to_spans(a.get("evidence", [])),
            )
            for a in raw.get("arrangements", ())
        ),
    )
