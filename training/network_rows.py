"""What the network learns from: questions about annotated articles with their answers, by word numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, get_args

from events_rows import found_groups, gold_groups, gold_of_triggers

from mahdar.extraction.events.candidates import candidate_parties
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.find import list_triggers
from mahdar.extraction.events.models import Models
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.pairs import date_pairs, entity_pairs, trigger_pair
from mahdar.extraction.events.place import iter_place_questions
from mahdar.extraction.events.timing import iter_time_questions
from mahdar.extraction.events.triggers import Trigger
from mahdar.extraction.heads import Pair
from mahdar.model import EventType, Modality, Role
from training.train_events import Sample

TYPES = list(get_args(EventType))
ROLES = ["none", *get_args(Role)]
MODALITIES = list(get_args(Modality))
# Pairs of mentions of one article that are learned from, and earlier mentions each is paired with.
_MOST_PAIRS, _MEMORY = 400, 12
_MOST_READ = 6


@dataclass(slots=True)
class EventRow:
    """One event: its mentions, and the answers for its parts.

    ``place`` and ``time``: the pairs of every option, the last being «none», and the numbers of the
    right ones; ``None`` where no option is right.
    """

    type: int
    words: list[int]
    party: list[tuple[list[Pair], int]]
    place: tuple[list[list[Pair]], list[int]] | None
    time: tuple[list[list[Pair]], list[int]] | None
    modality: int


@dataclass(slots=True)
class Lesson:
    """One article: its words and the questions about it.

    ``detect``: word, type, whether it names an event. ``merge``: two words, type, whether they tell one
    event.
    """

    id: str
    weight: float
    text: list[str]
    sentence: list[int]
    detect: list[tuple[int, int, bool]] = field(default_factory=list)
    merge: list[tuple[int, int, int, bool]] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)


def make_lesson(sample: Sample, kinds: list[str], models: Models, scorer: Any) -> Lesson:
    """Return the questions about an article's events, on every kind of layers.

    Args:
        sample: the article with its layers.
        kinds: the layers that questions are made on.
        models: linear models of mentions, trained on other articles: what they find is asked about too.
        scorer: the module ``score.py``.
    """
    words = sample.contexts[kinds[0]].words
    lesson = Lesson(sample.raw["id"], sample.weight, list(words.text), list(words.sentence))
    for kind in kinds:
        context, to_gold = sample.contexts[kind], sample.to_gold[kind]
        _add_mentions(lesson, context, sample)
        given = gold_groups(context, sample.gold, sample.sentences)
        found, mentions = found_groups(context, sample.gold, sample.sentences, models, scorer)
        for groups, around in ((given, [t for _, g in given for t in g]), (found, mentions)):
            outline = Outline(context, around, sample.raw.get("published"))
            for number, group in groups:
                event = sample.gold["events"][number]
                lesson.events.append(_event_row(context, group, outline, event, to_gold))
    return lesson


def _add_mentions(lesson: Lesson, context: Context, sample: Sample) -> None:
    triggers = list_triggers(context)
    by_type = defaultdict(list)
    links = gold_of_triggers(triggers, sample.gold, sample.sentences)
    for trigger, (mine, near) in zip(triggers, links, strict=True):
        kind = TYPES.index(trigger.lemma.type)
        if mine or not near:
            lesson.detect.append((trigger.word, kind, bool(mine)))
        if mine:
            by_type[kind].append((trigger.word, mine))
    pairs = [
        (a, b, kind, bool(left & right))
        for kind, same in by_type.items()
        for at, (b, right) in enumerate(same)
        for a, left in same[max(0, at - _MEMORY) : at]
        if a < b
    ]
    lesson.merge += pairs[:_MOST_PAIRS]


def _event_row(
    context: Context,
    group: list[Trigger],
    outline: Outline,
    event: dict[str, Any],
    to_gold: dict[str, str],
) -> EventRow:
    roles = {p["entity"]: p["role"] for p in event["participants"]}
    parties = [
        (
            entity_pairs(context, group, entity),
            ROLES.index(roles.get(to_gold.get(entity, entity), "none")),
        )
        for entity in candidate_parties(context, group)
    ]
    none = [trigger_pair(group)]
    places = [i for i, _ in iter_place_questions(context, group, outline)]
    times = [v for v, _ in iter_time_questions(context, group, outline)]
    return EventRow(
        TYPES.index(event["type"]),
        [t.word for t in group[:_MOST_READ]],
        parties,
        _choice(
            [to_gold.get(i, i) for i in places],
            [*(entity_pairs(context, group, i) for i in places), none],
            event.get("place"),
        ),
        _choice(times, [*(date_pairs(context, group, v) for v in times), none], event.get("time")),
        MODALITIES.index(event["modality"]),
    )


def _choice(
    values: list[str], pairs: list[list[Pair]], answer: str | None
) -> tuple[list[list[Pair]], list[int]] | None:
    right = [k for k, value in enumerate(values) if value == answer] if answer else [len(values)]
    return (pairs, right) if right else None
