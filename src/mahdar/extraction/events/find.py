"""The events of an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc

from mahdar.annotation.document import ensure_article, words_of
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.detect_features import ArticleCounts, event_features
from mahdar.extraction.events.merge import Mention, describe_mention, gather
from mahdar.extraction.events.models import Models, load_models
from mahdar.extraction.events.parts import (
    find_modality,
    find_participants,
    find_place,
    find_time,
    iter_party_questions,
    iter_time_questions,
)
from mahdar.extraction.events.triggers import Trigger, find_triggers
from mahdar.knowledge.load import Knowledge
from mahdar.model import Event, Span


def find_events(doc: Doc, knowledge: Knowledge) -> tuple[Event, ...]:
    """Return the events of an article, each once with all its triggers, in order of first trigger.

    Needs words; uses entities, dates, statements and instruments as far as they are set.
    """
    return read_events(make_context(doc, knowledge), load_models())


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
        knowledge.demonyms,
    )


def read_events(context: Context, models: Models) -> tuple[Event, ...]:
    """Return the events of an article from its indexed layers."""
    triggers = [t for t in find_triggers(context.words) if t.word not in context.noisy]
    mentions = choose_mentions(context, triggers, models)
    others = sorted({m.trigger.word for m in mentions})
    freq = Counter(spot.entity.id for spot in context.spots)
    events = []
    for group in gather(mentions, models.merge, threshold=models.merge_at):
        events.append(_make_event(context, [m.trigger for m in group], models, freq, others))
    return tuple(
        Event(
            f"v{n}", e.type, e.triggers, e.participants, e.place, e.time, e.modality,
            e.killed, e.injured, e.statement,
        )
        for n, e in enumerate(events, start=1)
    )  # fmt: skip


def choose_mentions(context: Context, triggers: Sequence[Trigger], models: Models) -> list[Mention]:
    """Return the triggers that name an event, of each word the likeliest type only."""
    counts = ArticleCounts(triggers)
    best: dict[int, tuple[float, Trigger]] = {}
    for trigger in triggers:
        chance = models.detect.chance(event_features(context, trigger, counts))
        if chance >= models.detect_at and chance > best.get(trigger.word, (0.0, trigger))[0]:
            best[trigger.word] = (chance, trigger)
    return [describe_mention(context, best[word][1]) for word in sorted(best)]


def _make_event(
    context: Context,
    group: list[Trigger],
    models: Models,
    freq: Counter[str],
    others: Sequence[int],
) -> Event:
    questions = iter_party_questions(context, group, freq, others)
    place = find_place(context, questions, models.place, threshold=models.place_at)
    participants = find_participants(questions, models.party, threshold=models.party_at)
    time = find_time(
        iter_time_questions(context, group, others), models.time, threshold=models.time_at
    )
    speech = context.speech[group[0].word]
    return Event(
        "",
        group[0].lemma.type,
        tuple(Span(t.start, t.end) for t in group),
        participants,
        place,
        time,
        find_modality(context, group, models.modality),  # type: ignore[arg-type]
        statement=speech.id if speech else None,
    )
