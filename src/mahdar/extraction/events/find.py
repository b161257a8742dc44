"""The events of an article."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from mahdar.annotation.document import ensure_article, words_of
from mahdar.annotation.encoder import WordStates, states_of
from mahdar.extraction.events.codes import acled_code, find_subtype, plover_code
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.merge import Mention, describe_mention, gather
from mahdar.extraction.events.models import Models, load_models
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.participants import find_participants
from mahdar.extraction.events.processes import ProcessHints
from mahdar.extraction.events.tolls import tally
from mahdar.extraction.events.triggers import Trigger, find_triggers
from mahdar.extraction.events.weigh import Scales
from mahdar.knowledge.load import Knowledge
from mahdar.model import Event, Span


def find_events(doc: Doc, knowledge: Knowledge) -> tuple[Event, ...]:
    """Return the events of an article, each once with all its triggers, in order of first trigger.

    Needs words; uses entities, dates, statements and instruments as far as they are set.
    """
    context = make_context(doc, knowledge)
    hints = ProcessHints(context, knowledge, doc._.instruments or ())
    return read_events(context, load_models(), published_day(doc), hints, states_of(doc))


def published_day(doc: Doc) -> str | None:
    """Return the day an article is dated (EDTF), ``None`` if unknown."""
    anchor = doc._.anchor
    return anchor.edtf if anchor is not None else ensure_article(doc).published


def make_context(doc: Doc, knowledge: Knowledge) -> Context:
    """Return the layers of a document, indexed by word."""
    layers = doc._
    return Context(
        words_of(doc),
        layers.entities or (),
        layers.dates or (),
        layers.statements or (),
        layers.instruments or (),
        ensure_article(doc).noise,
        knowledge,
    )


def read_events(
    context: Context,
    models: Models,
    published: str | None,
    hints: ProcessHints | None = None,
    states: WordStates | None = None,
) -> tuple[Event, ...]:
    """Return the events of an article from its indexed layers.

    Args:
        context: the article's layers.
        models: the learned weights.
        published: the article's day (EDTF), ``None`` if unknown.
        hints: what tells the processes; without it they stay empty.
        states: vectors of the article's words; without them the network is not asked.
    """
    scales = Scales(context, models, states)
    mentions = choose_mentions(context, list_triggers(context), scales, threshold=models.detect_at)
    outline = Outline(context, [m.trigger for m in mentions], published)
    groups = gather(mentions, scales.pairs, threshold=models.merge_at)
    return tuple(
        _make_event(f"v{n}", context, [m.trigger for m in group], scales, models, outline, hints)
        for n, group in enumerate(groups, start=1)
    )


def list_triggers(context: Context) -> list[Trigger]:
    """Return the words of an article that may name an event, with the type."""
    return [t for t in find_triggers(context.words) if not context.is_silent(t.word, t.lemma.type)]


def choose_mentions(
    context: Context, triggers: Sequence[Trigger], scales: Scales, *, threshold: float
) -> list[Mention]:
    """Return the triggers that name an event, of each word the likeliest type only."""
    best: dict[int, tuple[float, Trigger]] = {}
    for trigger, chance in zip(triggers, scales.mentions(triggers), strict=True):
        if chance >= threshold and chance > best.get(trigger.word, (0.0, trigger))[0]:
            best[trigger.word] = (chance, trigger)
    return [describe_mention(context, best[word][1]) for word in sorted(best)]


def _make_event(
    event_id: str,
    context: Context,
    group: list[Trigger],
    scales: Scales,
    models: Models,
    outline: Outline,
    hints: ProcessHints | None,
) -> Event:
    kind = group[0].lemma.type
    speech = context.speech[group[0].word]
    participants = find_participants(
        context, group, scales.parties(group, outline), threshold=models.party_at
    )
    place = scales.place(group, outline)
    time = scales.time(group, outline)
    modality = scales.modality(group, outline)
    killed: int | None = None
    injured: int | None = None
    toll: dict[str, int] = {}
    if kind == "ATTACK":
        killed, injured, toll = tally(context, group, outline.attacks)
    subtype = find_subtype(context.words, group)
    return Event(
        event_id,
        kind,
        tuple(Span(t.start, t.end) for t in group),
        participants,
        place,
        time,
        modality,  # type: ignore[arg-type]
        killed,
        injured,
        speech.id if speech else None,
        hints.of_event(context, group, participants, place) if hints else (),
        subtype,
        toll,
        plover_code(kind, subtype, modality),
        acled_code(kind, subtype, modality),
    )
