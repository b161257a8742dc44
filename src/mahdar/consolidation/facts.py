"""The further facts of claims, and the claims of arrangements and names: what flattening adds to the
reading's statements and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from mahdar.consolidation.claims import Claim, ClaimKind, Fact, SpanRole
from mahdar.model import Arrangement, Commitment, Detail, Event, Instrument, Naming, Span, Statement

MEMBER_ROLES = {
    "member": "member",
    "chair": "chair",
    "guarantor": "guarantor",
    "monitor": "monitor",
    "mediator": "mediator",
    "listed": "listed",
    "lister": "lister",
    "founder": "founder",
}
"""Names of details that make somebody a participant of an arrangement, and the role it gives."""


class Flat(Protocol):
    """What is looked up while one reading is flattened."""

    @property
    def keys(self) -> Mapping[str, str]:
        """Entity id to actor key."""
        ...

    @property
    def text(self) -> str:
        """The article's text."""
        ...

    @property
    def article(self) -> str:
        """The article's hash."""
        ...

    @property
    def published(self) -> str | None:
        """The article's day."""
        ...

    def sentence(self, span: Span) -> Span:
        """Return the sentence a span begins in."""
        ...

    def sentence_key(self, sentence: Span) -> int:
        """Return the hash of a sentence's words."""
        ...

    def uid(self, kind: ClaimKind, type_: str, span: Span) -> str:
        """Return a claim's id."""
        ...


def statement_facts(s: Statement) -> tuple[Fact, ...]:
    """Return what a statement is about and how it stands to it; the words are the content itself."""
    facts = [Fact("issue", issue) for issue in s.issues]
    if s.stance:
        facts.append(Fact("stance", s.stance))
    if s.hedged:
        facts.append(Fact("hedged", "yes"))
    if s.negated:
        facts.append(Fact("negated", "yes"))
    return tuple(facts)


def detail_facts(details: Iterable[Detail], keys: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return details with actors and places by their identity across articles, each once."""
    facts = (
        Fact(d.name, keys.get(d.entity, d.value) if d.entity else d.value, d.start, d.end)
        for d in details
    )
    return tuple({(f.name, f.value): f for f in reversed(list(facts))}.values())[::-1]


def commitment_facts(
    promise: Commitment, spans: Iterable[Span], events: Iterable[Event], keys: Mapping[str, str]
) -> tuple[Fact, ...]:
    """Return what is promised as happenings: the types, places and parties of events inside the words."""
    held = tuple(spans)
    facts: dict[tuple[str, str], Fact] = {}

    def add(name: str, value: str, at: Span) -> None:
        facts.setdefault((name, value), Fact(name, value, at.start, at.end))

    for event in events:
        for trigger in event.triggers:
            if not any(s.start <= trigger.start and trigger.end <= s.end for s in held):
                continue
            add("act_type", event.type, trigger)
            if event.place and event.place in keys:
                add("act_place", keys[event.place], trigger)
            for participant in event.participants:
                if participant.entity in keys and participant.entity not in promise.by:
                    add("act_party", keys[participant.entity], trigger)
            break
    return tuple(facts.values())


def instrument_facts(named: Instrument, keys: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return what is done with an instrument where it is named."""
    facts = []
    if named.use:
        facts.append(Fact("use", named.use, named.start, named.end))
    if named.accused and named.accused in keys:
        facts.append(Fact("accused", keys[named.accused], named.start, named.end))
    return tuple(facts)


def arrangement_claim(flat: Flat, a: Arrangement, said: Mapping[str, Claim]) -> Claim:
    """Return the claim of a zone, body or list where one sentence tells of it."""
    span = Span(a.start, a.end)
    sentence = flat.sentence(span)
    source = said.get(a.statement) if a.statement else None
    spans: list[tuple[SpanRole, Span]] = [("mention", span)]
    spans += [("trigger", e) for e in a.evidence if e != span]
    facts = (
        Fact("name", " ".join(span.of(flat.text).split()), a.start, a.end),
        Fact("status", a.status, *_first(a.evidence, span)),
        *detail_facts(a.details, flat.keys),
    )
    roles = [
        (flat.keys[d.entity], MEMBER_ROLES[d.name])
        for d in a.details
        if d.name in MEMBER_ROLES and d.entity and d.entity in flat.keys
    ]
    return Claim(
        uid=flat.uid("arrangement", f"{a.type}:{a.status}", span),
        article=flat.article,
        kind="arrangement",
        type=a.type,
        spans=tuple(spans),
        sentence=sentence,
        roles=tuple(dict.fromkeys(roles)),
        place=flat.keys.get(a.place) if a.place else None,
        time=a.time,
        published=flat.published,
        modality=a.modality,
        processes=a.processes,
        subtype=a.status,
        chain=source.chain if source else (),
        statement=source.uid if source else None,
        sentence_key=flat.sentence_key(sentence),
        facts=facts,
    )


def _first(evidence: tuple[Span, ...], fallback: Span) -> tuple[int, int]:
    at = evidence[0] if evidence else fallback
    return at.start, at.end


def naming_claim(flat: Flat, named: Naming, said: Mapping[str, Claim], words: str) -> Claim:
    """Return the claim that somebody, or the paper, calls somebody by a loaded name.

    Args:
        flat: the reading's look-ups.
        named: the term.
        said: the claims of statements, by their id in the reading.
        words: the term in normal form.
    """
    span = Span(named.start, named.end)
    source = said.get(named.statement) if named.statement else None
    target = flat.keys.get(named.entity) if named.entity else None
    roles = [(target, "target")] if target else []
    roles += (
        [(actor, "speaker") for actor, role in source.roles if role == "speaker"] if source else []
    )
    return Claim(
        uid=flat.uid("naming", words, span),
        article=flat.article,
        kind="naming",
        type=words,
        spans=(("mention", span),),
        sentence=flat.sentence(span),
        roles=tuple(dict.fromkeys(roles)),
        published=flat.published,
        chain=source.chain if source else (),
        statement=source.uid if source else None,
        text=_as_written(flat.text, span),
    )


def _as_written(text: str, span: Span) -> str:
    """Return a term with its article: of «للإرهابيين» the span holds «لإرهابيين», which means «الإرهابيين»."""
    term = span.of(text)
    attached = term.startswith("ل") and span.start > 0 and text[span.start - 1] == "ل"
    return "ا" + term if attached else term
