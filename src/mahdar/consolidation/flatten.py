"""A reading flattened into claims and actors that can be compared across articles."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from mahdar.consolidation.claims import ActorFacts, Claim, ClaimKind, SpanRole
from mahdar.consolidation.days import parse_days
from mahdar.consolidation.facts import (
    arrangement_claim,
    commitment_facts,
    detail_facts,
    instrument_facts,
    naming_claim,
    statement_facts,
)
from mahdar.model import Entity, Event, Instrument, Naming, Reading, Span, Statement
from mahdar.text.normalize import normalize_word
from mahdar.text.words import iter_word_spans

MIN_SENTENCE_WORDS = 7
"""Shorter sentences («وقال:») recur without being copies."""
MAX_SENTENCE_CHARS = 1200
"""A «sentence» longer than this is a text without stops: a window around the claim serves better."""
INSTRUMENT_REACH_CHARS = 60
"""How far after an AGREE trigger its instrument may be named («توقيع ... على اتفاق الصخيرات»)."""


@dataclass(frozen=True, slots=True)
class EntityMentions:
    """How often one article mentions an actor, where first, and by which names (normalised)."""

    actor: str
    named: int
    nominal: int
    first: int
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FlatReading:
    """All that a record keeps of a reading in columns of its own.

    ``actors`` holds persons, organisations, places and instruments (type ``INSTRUMENT``).
    """

    claims: tuple[Claim, ...]
    actors: tuple[ActorFacts, ...]
    mentions: tuple[EntityMentions, ...]
    agencies: tuple[str, ...]


def normalize_words(text: str) -> str:
    """Return the words of a text in normal form, joined by spaces, punctuation left out."""
    words = (text[start:end] for start, end in iter_word_spans(text))
    return " ".join(normalize_word(word) for word in words if word[0].isalnum())


def hash64(text: str) -> int:
    """Return a stable signed 64-bit hash of a text; fits an SQL BIGINT."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def actor_key(entity: Entity, text: str) -> str:
    """Return the identity of an entity across articles: pack id, else its key, else type and name.

    Who has no name gets the describing words, so that the record shows them; see
    ``ActorFacts.source``.
    """
    if entity.kb:
        return entity.kb
    named = next((m for m in entity.mentions if m.kind == "named"), None)
    if named and entity.key:
        return entity.key
    mention = named or (entity.mentions[0] if entity.mentions else None)
    name = normalize_words(text[mention.start : mention.end]) if mention else entity.key
    return f"{entity.type if named else 'unnamed'}:{name or entity.id}"


def _facts(entity: Entity, key: str, text: str) -> ActorFacts:
    label = entity.label
    arabic = label.get("ar") or next(
        (
            text[m.start : m.end]
            for kind in ("named", "nominal")
            for m in entity.mentions
            if m.kind == kind
        ),
        "",
    )
    named = entity.kb is not None or any(m.kind == "named" for m in entity.mentions)
    return ActorFacts(
        key,
        entity.type,
        entity.kb,
        arabic,
        label.get("en", ""),
        entity.country,
        entity.source or not named,
    )


class _Flattener:
    """Holds one reading's look-up tables while its claims are made."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.article.text
        self.article = reading.article.sha256
        self.keys = {e.id: actor_key(e, self.text) for e in reading.entities}
        self.starts = [s.start for s in reading.sentences]
        self.published = reading.anchor.edtf or reading.article.published
        self.sentence_keys: dict[Span, int] = {}
        self.taken: set[str] = set()

    def sentence(self, span: Span) -> Span:
        """Return the sentence in which a span begins, reaching at least to the span's end."""
        size = len(self.text)
        at = bisect_right(self.starts, span.start) - 1
        found = self.reading.sentences[at] if at >= 0 else Span(span.start, span.end)
        if found.end - found.start > MAX_SENTENCE_CHARS:
            half = MAX_SENTENCE_CHARS // 4
            found = Span(max(found.start, span.start - half), min(found.end, span.end + half))
        return Span(min(found.start, span.start), min(size, max(found.end, span.end)))

    def sentence_key(self, sentence: Span) -> int:
        """Return the hash of a sentence's words, 0 for a short one."""
        if sentence not in self.sentence_keys:
            words = normalize_words(sentence.of(self.text))
            enough = words.count(" ") + 1 >= MIN_SENTENCE_WORDS
            self.sentence_keys[sentence] = hash64(words) if enough else 0
        return self.sentence_keys[sentence]

    def uid(self, kind: ClaimKind, type_: str, span: Span) -> str:
        """Return the claim's id, unique in the article."""
        n = 0
        while True:
            raw = f"{self.reading.article.sha256}|{kind}|{type_}|{span.start}|{n}"
            uid = hashlib.blake2b(raw.encode(), digest_size=10).hexdigest()
            if uid not in self.taken:
                self.taken.add(uid)
                return uid
            n += 1

    def telling_sentence(self, v: Event) -> Span:
        """Return the sentence of an event's triggers that names most of who and where.

        A headline often has a trigger («لقاء في الدوحة»), the body the people.
        """
        about = {p.entity for p in v.participants} | {v.place}
        told = [m.start for e in self.reading.entities if e.id in about for m in e.mentions]
        best: tuple[int, Span] | None = None
        for sentence in dict.fromkeys(self.sentence(t) for t in v.triggers[:8]):
            names = sum(sentence.start <= start < sentence.end for start in told)
            if best is None or names > best[0]:
                best = (names, sentence)
        assert best is not None
        return best[1]

    def actors(self, ids: Iterable[str]) -> list[str]:
        return [self.keys[i] for i in ids if i in self.keys]

    def statement(self, s: Statement) -> Claim:
        sentence = self.sentence(s.cue)
        words = " ".join(normalize_words(c.of(self.text)) for c in s.content)
        roles = [(k, "speaker") for k in self.actors(s.speakers)]
        roles += [(k, "addressee") for k in self.actors(s.addressees)]
        spans: list[tuple[SpanRole, Span]] = [("cue", s.cue)]
        spans += [("content", c) for c in s.content]
        return Claim(
            uid=self.uid("statement", "", s.cue),
            article=self.reading.article.sha256,
            kind="statement",
            type=s.act,
            spans=tuple(spans),
            sentence=sentence,
            roles=tuple(dict.fromkeys(roles)),
            time=self.said_on(s, sentence),
            published=self.published,
            mode=s.mode,
            subtype=s.setting,
            chain=tuple(self.actors(s.via) + self.actors(s.speakers)),
            words=words,
            text=" … ".join(c.of(self.text) for c in s.content),
            sentence_key=self.sentence_key(sentence),
            facts=statement_facts(s),
        )

    def said_on(self, s: Statement, sentence: Span) -> str | None:
        """Return the day in the cue's own sentence, outside the words said: when it was said."""
        published = parse_days(self.published)
        for date in self.reading.dates:
            span = Span(date.start, date.end)
            if not span.overlaps(sentence) or any(span.overlaps(c) for c in s.content):
                continue
            days = parse_days(date.value)
            if (
                days
                and days.length == 1
                and (published is None or 0 <= published.last - days.first <= 7)
            ):
                return date.value
        return None

    def event(self, v: Event, statements: dict[str, Claim]) -> Claim | None:
        if not v.triggers:
            return None
        trigger = v.triggers[0]
        sentence = self.telling_sentence(v)
        reported = statements.get(v.statement) if v.statement else None
        roles = [(self.keys[p.entity], p.role) for p in v.participants if p.entity in self.keys]
        return Claim(
            uid=self.uid("event", v.type, trigger),
            article=self.reading.article.sha256,
            kind="event",
            type=v.type,
            spans=tuple(("trigger", t) for t in v.triggers),
            sentence=sentence,
            roles=tuple(dict.fromkeys(roles)),
            place=self.keys.get(v.place) if v.place else None,
            time=v.time,
            published=self.published,
            modality=v.modality,
            killed=v.killed,
            injured=v.injured,
            processes=v.processes,
            instrument=self.instrument_of(v) if v.type == "AGREE" else None,
            subtype=v.subtype,
            chain=reported.chain if reported else (),
            statement=reported.uid if reported else None,
            sentence_key=self.sentence_key(sentence),
            facts=detail_facts(v.details, self.keys),
        )

    def instrument_of(self, v: Event) -> str | None:
        """Return the instrument named at, or soon after, an agreement's trigger."""
        for trigger in v.triggers:
            sentence = self.sentence(trigger)
            for named in self.reading.instruments:
                if named.start < sentence.end and (
                    trigger.start - 2 <= named.start <= trigger.end + INSTRUMENT_REACH_CHARS
                    or named.start <= trigger.start < named.end
                ):
                    return named.id
        return None

    def instrument(self, named: Instrument, inside: Claim | None) -> Claim:
        span = Span(named.start, named.end)
        return Claim(
            uid=self.uid("instrument", named.id, span),
            article=self.reading.article.sha256,
            kind="instrument",
            type=named.id,
            spans=(("mention", span),),
            sentence=self.sentence(span),
            roles=inside.roles if inside else (),
            published=self.published,
            instrument=named.id,
            chain=inside.chain if inside else (),
            statement=inside.uid if inside else None,
            text=span.of(self.text),
            facts=instrument_facts(named, self.keys),
        )


def _inside(span: Span, statements: Iterable[tuple[Statement, Claim]]) -> Claim | None:
    """Return the innermost statement whose content holds a span."""
    best: tuple[int, Claim] | None = None
    for statement, claim in statements:
        for content in statement.content:
            if content.start <= span.start and span.end <= content.end:
                size = content.end - content.start
                if best is None or size < best[0]:
                    best = (size, claim)
    return best[1] if best else None


def flatten_reading(reading: Reading) -> FlatReading:
    """Return a reading's claims, in reading order by kind, with the actors they name."""
    flat = _Flattener(reading)
    said = {s.id: flat.statement(s) for s in reading.statements if s.content}
    pairs = [(s, said[s.id]) for s in reading.statements if s.id in said]
    claims: list[Claim] = list(said.values())
    claims += [c for v in reading.events if (c := flat.event(v, said)) is not None]
    claims += [
        flat.instrument(i, _inside(Span(i.start, i.end), pairs)) for i in reading.instruments
    ]
    for promise in reading.commitments:
        source = said.get(promise.statement) if promise.statement else None
        spans = promise.spans or (tuple(s for _, s in source.spans[1:]) if source else ())
        if not spans:
            continue
        sentence = flat.sentence(spans[0])
        claims.append(
            Claim(
                uid=flat.uid("commitment", "", spans[0]),
                article=reading.article.sha256,
                kind="commitment",
                type="COMMITMENT",
                spans=tuple(("act", s) for s in spans),
                sentence=sentence,
                roles=tuple((k, "by") for k in dict.fromkeys(flat.actors(promise.by))),
                published=flat.published,
                chain=source.chain if source else (),
                statement=source.uid if source else None,
                words=normalize_words(promise.act or spans[0].of(flat.text)),
                text=promise.act or spans[0].of(flat.text),
                due=promise.due,
                subtype=promise.condition,
                sentence_key=flat.sentence_key(sentence),
                facts=commitment_facts(promise, spans, reading.events, flat.keys),
            )
        )
    claims += [arrangement_claim(flat, a, said) for a in reading.arrangements]
    claims += [
        naming_claim(flat, n, said, _term_key(flat.text, n)) for n in reading.naming if n.term
    ]
    facts = {
        i.id: ActorFacts(
            i.id,
            "INSTRUMENT",
            i.id,
            i.label.get("ar") or flat.text[i.start : i.end],
            i.label.get("en", ""),
        )
        for i in reversed(reading.instruments)
    }
    mentions: dict[str, EntityMentions] = {}
    for entity in reading.entities:
        key = flat.keys[entity.id]
        facts.setdefault(key, _facts(entity, key, flat.text))
        mine = _mentions(entity, key, flat.text)
        mentions[key] = _together(mentions[key], mine) if key in mentions else mine
    return FlatReading(
        tuple(claims),
        tuple(facts.values()),
        tuple(mentions.values()),
        tuple(flat.actors(reading.dateline.agency)),
    )


def _term_key(text: str, named: Naming) -> str:
    """Return a term in normal form without articles; of «للإرهابيين» the reading gives «لإرهابيين»."""
    term = named.term
    if term[0] == "ل" and named.start > 0 and text[named.start - 1] == "ل":
        term = term[1:]
    words = normalize_words(term).split()
    return " ".join(w.removeprefix("ال") if len(w) > 4 else w for w in words)


def _mentions(entity: Entity, key: str, text: str) -> EntityMentions:
    named = [m for m in entity.mentions if m.kind == "named"]
    return EntityMentions(
        key,
        len(named),
        len(entity.mentions) - len(named),
        min((m.start for m in entity.mentions), default=0),
        frozenset(normalize_words(text[m.start : m.end]) for m in named),
    )


def _together(a: EntityMentions, b: EntityMentions) -> EntityMentions:
    """Return the mentions of two entities of an article that are one actor."""
    return EntityMentions(
        a.actor, a.named + b.named, a.nominal + b.nominal, min(a.first, b.first), a.names | b.names
    )
