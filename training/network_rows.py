"""Makes the sheets that the network learns from: questions about articles, with answers where annotated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import numpy as np
from events_rows import found_groups, gold_groups, gold_of_triggers
from spacy.tokens import Doc

from mahdar.annotation.encoder import states_of
from mahdar.annotation.encoder.chunks import cut_chunks
from mahdar.extraction.events.candidates import candidate_parties
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.find import (
    choose_mentions,
    list_triggers,
    make_context,
    published_day,
)
from mahdar.extraction.events.merge import gather
from mahdar.extraction.events.models import Models
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.pairs import date_pairs, entity_pairs, trigger_pair
from mahdar.extraction.events.place import iter_place_questions
from mahdar.extraction.events.timing import iter_time_questions
from mahdar.extraction.events.triggers import Trigger
from mahdar.extraction.events.weigh import Scales
from mahdar.extraction.heads import MOST_CONTENT, Pair, pair_distance, same_distance
from mahdar.knowledge.load import Knowledge
from mahdar.model import Act, EventType, Modality, Role, Statement
from mahdar.text.words import Words
from training import sheets
from training.sheets import PARTS, UNKNOWN, Numbers, Options, Sheet
from training.train_events import Sample

TYPES = list(get_args(EventType))
ROLES = ["none", *get_args(Role)]
MODALITIES = list(get_args(Modality))
ACTS = list(get_args(Act))
_COUNTS = (sheets.TYPES, sheets.ROLES, sheets.MODALITIES, sheets.ACTS)
assert (len(TYPES), len(ROLES), len(MODALITIES), len(ACTS)) == _COUNTS
# Pairs of mentions of one article that are learned from, and earlier mentions each is paired with.
_MOST_PAIRS, _MEMORY = 400, 12
_MOST_READ = 6
# Of articles that nobody has annotated: the chance from which a word is taken to name an event, and what
# their questions count.
_OPEN_AT, _OPEN_WEIGHT = 0.3, 0.5


@dataclass(slots=True)
class _Questions:
    """The rows of a sheet in the making."""

    sentence: Sequence[int]
    detect: list[tuple[int, ...]] = field(default_factory=list)
    merge: list[tuple[int, ...]] = field(default_factory=list)
    events: list[tuple[int, int]] = field(default_factory=list)
    told: list[tuple[int, int]] = field(default_factory=list)
    acts: list[tuple[int, ...]] = field(default_factory=list)
    rows: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[str, list[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(list))

    def add_pairs(self, mentions: Sequence[tuple[Trigger, set[int]]]) -> None:
        """Ask of every two mentions of a type whether they tell one event."""
        by_type = defaultdict(list)
        for trigger, mine in mentions:
            by_type[trigger.lemma.type].append((trigger.word, mine))
        pairs = [
            (a, b, TYPES.index(kind), same_distance(a, b, self.sentence), int(bool(left & right)))
            for kind, same in by_type.items()
            for at, (b, right) in enumerate(same)
            for a, left in same[max(0, at - _MEMORY) : at]
            if a < b
        ]
        self.merge += pairs[:_MOST_PAIRS]

    def add_event(self, group: Sequence[Trigger], modality: int) -> int:
        """Add an event and return its number."""
        number = len(self.events)
        self.events.append((TYPES.index(group[0].lemma.type), modality))
        self.told += [(number, t.word) for t in group[:_MOST_READ]]
        return number

    def add_options(
        self, name: str, event: int, options: Iterable[Sequence[Pair]], answers: Iterable[int]
    ) -> None:
        """Add what may be a part of an event."""
        for pairs, answer in zip(options, answers, strict=True):
            number = len(self.rows[name])
            self.rows[name].append((event, answer))
            self.pairs[name] += [
                (
                    number,
                    p.trigger,
                    p.first,
                    p.last,
                    pair_distance(p.trigger, p.first, self.sentence),
                )
                for p in pairs
            ]

    def sheet(
        self,
        name: str,
        weight: float,
        detect_weight: float,
        words: Words,
        cut: Callable[[str], Sequence[int]],
        count: int,
    ) -> Sheet:
        """Return the sheet; ``count`` is the number of sub-words known."""
        chunks = cut_chunks(words.text, words.sentence, cut)
        parts = {
            part: Options(_array(self.rows[part], 2), _array(self.pairs[part], 5)) for part in PARTS
        }
        return Sheet(
            name,
            weight,
            len(words),
            [np.array([count + 1, *c.pieces, count + 2], np.int32) for c in chunks],
            [np.array([-1, *c.word, -1], np.int32) for c in chunks],
            _array(self.detect, 3),
            _array(self.merge, 5),
            _array(self.events, 2),
            _array(self.told, 2),
            acts=_array(self.acts, 5),
            detect_weight=detect_weight,
            **parts,
        )


def make_sheet(
    sample: Sample,
    kinds: list[str],
    models: Models,
    scorer: Any,
    cut: Callable[[str], Sequence[int]],
    count: int,
) -> Sheet:
    """Return the questions about an annotated article, on every kind of layers, with their answers.

    Args:
        sample: the article with its layers.
        kinds: the layers that questions are made on.
        models: linear models of mentions, trained on other articles: what they find is asked about too.
        scorer: the module ``score.py``.
        cut: gives the sub-word numbers of a word; ``count`` is how many sub-words there are.
    """
    words = sample.contexts[kinds[0]].words
    questions = _Questions(words.sentence)
    for kind in kinds:
        context, to_gold = sample.contexts[kind], sample.to_gold[kind]
        _add_mentions(questions, context, sample)
        if "statements" not in sample.gold.get("unread", ()):
            _add_acts(questions, words, sample.docs[kind]._.statements, sample.gold["statements"])
        given = gold_groups(context, sample.gold, sample.sentences)
        found, mentions = found_groups(context, sample.gold, sample.sentences, models, scorer)
        for groups, around in ((given, [t for _, g in given for t in g]), (found, mentions)):
            outline = Outline(context, around, sample.raw.get("published"))
            for number, group in groups:
                event = sample.gold["events"][number]
                _add_answered(questions, context, group, outline, event, to_gold)
    return questions.sheet(sample.raw["id"], sample.weight, sample.detect_weight, words, cut, count)


def make_open_sheet(
    name: str,
    doc: Doc,
    knowledge: Knowledge,
    models: Models,
    cut: Callable[[str], Sequence[int]],
    count: int,
) -> Sheet:
    """Return questions about an article that nobody has annotated, all without an answer.

    Args:
        name: of the article.
        doc: with the engine's layers before events.
        knowledge: the engine's.
        models: linear models, which say with the network what is asked about.
        cut: gives the sub-word numbers of a word; ``count`` is how many sub-words there are.
    """
    context = make_context(doc, knowledge)
    words = context.words
    questions = _Questions(words.sentence)
    triggers = list_triggers(context)
    questions.detect = [(t.word, TYPES.index(t.lemma.type), UNKNOWN) for t in triggers]
    scales = Scales(context, models, states_of(doc))
    mentions = choose_mentions(context, triggers, scales, threshold=_OPEN_AT)
    questions.add_pairs([(m.trigger, set()) for m in mentions])
    questions.merge = [(*pair[:-1], UNKNOWN) for pair in questions.merge]
    outline = Outline(context, [m.trigger for m in mentions], published_day(doc))
    for gathered in gather(mentions, scales.pairs, threshold=models.merge_at):
        group = [m.trigger for m in gathered]
        number = questions.add_event(group, UNKNOWN)
        for part, options in _options(context, group, outline).items():
            pairs = [pairs for _, pairs in options]
            questions.add_options(part, number, pairs, [UNKNOWN] * len(pairs))
    for statement in doc._.statements:
        reported = _reported(words, statement)
        if reported is not None:
            questions.acts.append((*reported, UNKNOWN))
    return questions.sheet(name, _OPEN_WEIGHT, _OPEN_WEIGHT, words, cut, count)


def _add_mentions(questions: _Questions, context: Context, sample: Sample) -> None:
    triggers = list_triggers(context)
    links = gold_of_triggers(triggers, sample.gold, sample.sentences)
    for trigger, (mine, near) in zip(triggers, links, strict=True):
        if mine or not near:
            kind = TYPES.index(trigger.lemma.type)
            questions.detect.append((trigger.word, kind, int(bool(mine))))
    questions.add_pairs([(t, mine) for t, (mine, _) in zip(triggers, links, strict=True) if mine])


def _add_acts(
    questions: _Questions,
    words: Words,
    statements: Sequence[Statement],
    gold: Sequence[dict[str, Any]],
) -> None:
    """Ask what each statement that was annotated does."""
    for statement in statements:
        reported = _reported(words, statement)
        if reported is None:
            continue
        same = [
            g["act"]
            for g in gold
            if g["cue"]["start"] < statement.cue.end and statement.cue.start < g["cue"]["end"]
        ]
        if not same:
            continue
        questions.acts.append((*reported, ACTS.index(same[0])))


def _reported(words: Words, statement: Statement) -> tuple[int, int, int, int] | None:
    """Return the first and last words of a statement's cue and of the content that is read, if it has both."""
    cue = words.between(statement.cue.start, statement.cue.end)
    content = words.between(statement.content[0].start, statement.content[0].end)
    if not cue or not content:
        return None
    return cue[0], cue[-1], content[0], min(content[-1], content[0] + MOST_CONTENT - 1)


def _add_answered(
    questions: _Questions,
    context: Context,
    group: list[Trigger],
    outline: Outline,
    event: dict[str, Any],
    to_gold: dict[str, str],
) -> None:
    number = questions.add_event(group, MODALITIES.index(event["modality"]))
    roles = {p["entity"]: p["role"] for p in event["participants"]}
    for part, options in _options(context, group, outline).items():
        values = [to_gold.get(value, value) if part != "time" else value for value, _ in options]
        if part == "party":
            answers = [ROLES.index(roles.get(value, "none")) for value in values]
        else:
            wanted = event.get(part)
            answers = [int(value == wanted) for value in values[:-1]] + [int(not wanted)]
            if not any(answers):
                answers = [UNKNOWN] * len(options)
        questions.add_options(part, number, [pairs for _, pairs in options], answers)


def _options(
    context: Context, group: Sequence[Trigger], outline: Outline
) -> dict[str, list[tuple[str, list[Pair]]]]:
    """Return what may be each part of an event and where it stands; last of places and times «none»."""
    none = ("", [trigger_pair(group)])
    places = [i for i, _ in iter_place_questions(context, group, outline)]
    times = [v for v, _ in iter_time_questions(context, group, outline)]
    parties = candidate_parties(context, group)
    return {
        "party": [(entity, entity_pairs(context, group, entity)) for entity in parties],
        "place": [*((i, entity_pairs(context, group, i)) for i in places), none],
        "time": [*((v, date_pairs(context, group, v)) for v in times), none],
    }


def _array(rows: Sequence[Sequence[int]], width: int) -> Numbers:
    return np.array(rows, np.int32).reshape(len(rows), width)
