"""The frozen types of Mahdar's data: articles, what a reading says of one, what a record holds.

Spans are half-open ``[start, end)`` offsets in Unicode code points into ``Article.text``,
which is never changed. Dates are EDTF strings. ``None`` means unknown, never a default.
Field names and value lists are those of the reading's contract (docs/reference/reading.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

EntityType = Literal["PER", "ORG", "LOC"]
MentionKind = Literal["named", "nominal"]
Mode = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "assert",
    "deny",
    "demand",
    "pledge",
    "propose",
    "accuse",
    "condemn",
    "praise",
    "warn",
    "express",
]
Setting = Literal[
    "press-conference",
    "meeting",
    "call",
    "interview",
    "written-statement",
    "speech",
    "other",
    "unknown",
]
EventType = Literal[
    "MEET",
    "CALL",
    "VISIT",
    "NEGOTIATE",
    "PRESS",
    "AGREE",
    "CEASEFIRE",
    "VIOLATION",
    "ATTACK",
    "ADVANCE",
    "WITHDRAW",
    "MOBILIZE",
    "AID",
    "DETAIN",
    "RELEASE",
    "SANCTION",
    "FORM",
    "PROTEST",
]
Role = Literal["actor", "target", "mediator", "host"]
Modality = Literal[
    "occurred", "ongoing", "planned", "proposed", "demanded", "denied", "conditional"
]
Basis = Literal["metadata", "text", "url", "none"]
ArrangementKind = Literal["zone", "body", "list"]
ArrangementStatus = Literal[
    "proposed",
    "under-negotiation",
    "agreed",
    "declared",
    "formed",
    "operational",
    "expanded",
    "joined",
    "left",
    "contested",
    "attacked",
    "listed",
    "lifted",
    "ended",
    "named",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article: ``[start, end)`` in code points of its text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` under the span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came in.

    ``sha256`` is the hash of the raw bytes of the record that carried it (the whole file for
    text and HTML, the line for JSON lines, the element for archives and feeds). ``origin`` says
    where it was found, for people: path, and place inside it. ``noise`` marks stretches of
    ``text`` that are page furniture rather than article.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    origin: str | None = None
    encoding: str | None = None
    noise: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date against which an article's relative dates are resolved.

    ``edtf`` is a day, month or year, ``None`` when nothing tells. ``certainty`` is 0 to 1.
    ``evidence`` are the spans of text it rests on; ``rejected`` lists printed dates that
    contradict it, each as ``value: reason``.
    """

    edtf: str | None
    basis: Basis
    certainty: float = 1.0
    evidence: tuple[Span, ...] = ()
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text that refers to an entity, without attached proclitics or titles."""

    start: int
    end: int
    kind: MentionKind = "named"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place of one article, with all its mentions in reading order.

    ``id`` is local to the article (``e1``). ``kb`` is an id of a knowledge pack or ``None``.
    ``key`` proposes an identity across articles: the kb id, else type and normalised name.
    ``label`` maps a language to a display name. ``source`` marks an unnamed source. ``members`` are
    the ids of the entities that a joint nominal («الوزيران», «الجانبان») stands for, where clear.
    """

    id: str
    type: EntityType
    mentions: tuple[Mention, ...]
    kb: str | None = None
    key: str = ""
    label: dict[str, str] = field(default_factory=dict)
    country: str | None = None
    source: bool = False
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression that tells when; ``value`` is EDTF, ``..`` when it could not be resolved.

    ``anchor`` is the EDTF date it was resolved against (``None`` for absolute dates);
    ``time`` a time of day ``HH:MM`` with zone as written, when the words give one.
    """

    start: int
    end: int
    value: str
    raw: str = ""
    anchor: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks: ``[start, end)`` excludes the marks themselves.

    ``closed`` is False when the closing mark is missing and the end was inferred. ``speech`` is
    False for short quoted labels and names («ما يسمى», «داعش»), True for quoted words.
    """

    start: int
    end: int
    closed: bool = True
    speech: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """Words attributed to somebody.

    ``speakers`` and ``via`` hold entity ids; ``via`` is nearest to the paper first.
    ``event`` is the event (press conference, call, meeting) it was made at.
    """

    id: str
    speakers: tuple[str, ...]
    cue: Span
    content: tuple[Span, ...]
    mode: Mode
    act: Act
    via: tuple[str, ...] = ()
    setting: Setting = "unknown"
    issues: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    stance: str | None = None
    hedged: bool = False
    negated: bool = False
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity's part in an event."""

    entity: str
    role: Role


@dataclass(frozen=True, slots=True)
class Detail:
    """A further fact of an event or arrangement, and the words ``[start, end)`` that carry it.

    ``name`` and ``value`` are those of docs/reference/details.md (``guarantor``, ``duration`` as an
    ISO 8601 duration, ``persons`` as a number ...); ``entity`` is the actor or place it names, if any.
    """

    name: str
    value: str
    start: int
    end: int
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened or is to happen, once per article with all its triggers.

    ``killed`` and ``injured`` are best figures; ``toll`` gives ``killed_low`` and the like where
    the text carries a range. ``statement`` is the statement that reports it, ``None`` for the
    paper's own voice. ``plover`` and ``acled`` are codes from the lexicon.
    """

    id: str
    type: EventType
    triggers: tuple[Span, ...]
    participants: tuple[Participant, ...] = ()
    place: str | None = None
    time: str | None = None
    modality: Modality = "occurred"
    killed: int | None = None
    injured: int | None = None
    statement: str | None = None
    processes: tuple[str, ...] = ()
    subtype: str | None = None
    toll: dict[str, int] = field(default_factory=dict)
    plover: str | None = None
    acled: str | None = None
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A zone, body or list that a peace process sets up, as one place in the text tells of it.

    ``[start, end)`` is its name there («منطقة خفض التصعيد», «لجان لبحث ملفات المعتقلين»); ``type`` is one
    of lexicon/arrangements_heads.tsv; ``status`` what is told of it, ``named`` where nothing is.
    ``time`` is EDTF, of the status; ``statement`` the statement that tells it, ``None`` for the paper.
    """

    start: int
    end: int
    kind: ArrangementKind
    type: str
    status: ArrangementStatus = "named"
    modality: Modality = "occurred"
    place: str | None = None
    time: str | None = None
    statement: str | None = None
    processes: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """A named agreement, resolution, communiqué or initiative where the text names it.

    ``use`` tells what is done with it there (``invoked``, ``breached``, ``rejected``, ``supported``),
    ``None`` where no word does; ``accused`` is who is said to breach it.
    """

    start: int
    end: int
    id: str
    label: dict[str, str] = field(default_factory=dict)
    use: str | None = None
    accused: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who is to do what by when; ``spans`` are the words that say so."""

    by: tuple[str, ...]
    act: str
    due: str | None = None
    statement: str | None = None
    spans: tuple[Span, ...] = ()
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """A loaded or distancing term and who uses it (statement id, ``None`` for the paper)."""

    start: int
    end: int
    term: str
    entity: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and through which agencies the article says it was filed (entity ids)."""

    place: str | None = None
    agency: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the engine says of one article."""

    article: Article
    engine: str
    anchor: Anchor
    dateline: Dateline = Dateline()
    entities: tuple[Entity, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    naming: tuple[Naming, ...] = ()
    sentences: tuple[Span, ...] = ()
    arrangements: tuple[Arrangement, ...] = ()

    @property
    def noise(self) -> tuple[Span, ...]:
        """The article's page furniture."""
        return self.article.noise

    def entity(self, entity_id: str) -> Entity:
        """Return the entity with this local id.

        Raises:
            KeyError: the reading has none.
        """
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)
