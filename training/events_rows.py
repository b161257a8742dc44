"""What the event stage's models learn from: rows of features and answers from gold articles."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from linear_fit import Row

from mahdar.extraction.events.absence import no_time_features
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.detect_features import ArticleCounts, event_features
from mahdar.extraction.events.find import choose_mentions, list_triggers
from mahdar.extraction.events.merge import describe_mention, gather, pair_features
from mahdar.extraction.events.modality import event_modality_features
from mahdar.extraction.events.models import Models
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.party import iter_party_questions
from mahdar.extraction.events.place import iter_place_questions, none_features
from mahdar.extraction.events.timing import iter_time_questions
from mahdar.extraction.events.triggers import Trigger
from mahdar.extraction.events.weigh import Scales


def gold_of_triggers(
    triggers: list[Trigger], gold: dict[str, Any], sentences: list[int]
) -> list[tuple[set[int], bool]]:
    """Return for each trigger the gold events it is a trigger of, and whether one of its type
    stands in its sentence without it."""
    out = []
    for t in triggers:
        mine, near = set(), False
        for n, event in enumerate(gold["events"]):
            if event["type"] != t.lemma.type:
                continue
            for q in event["triggers"]:
                if q["start"] < t.end and t.start < q["end"]:
                    mine.add(n)
                elif sentences[q["start"]] == sentences[t.start]:
                    near = True
        out.append((mine, near))
    return out


def mention_rows(
    context: Context, gold: dict[str, Any], sentences: list[int]
) -> dict[str, list[Row]]:
    """Return the rows of one article for the models that find mentions and gather them."""
    rows: dict[str, list[Row]] = defaultdict(list)
    triggers = list_triggers(context)
    counts = ArticleCounts(triggers)
    links = gold_of_triggers(triggers, gold, sentences)
    mentions = []
    for trigger, (mine, near) in zip(triggers, links, strict=True):
        if not mine and near:
            continue
        rows["detect"].append(
            (event_features(context, trigger, counts), "yes" if mine else "no", 1.0)
        )
        if mine:
            mentions.append((describe_mention(context, trigger), mine))
    by_type = defaultdict(list)
    for mention, mine in mentions:
        by_type[mention.trigger.lemma.type].append((mention, mine))
    for same in by_type.values():
        for j in range(1, len(same)):
            for i in range(max(0, j - 40), j):
                features = pair_features(same[i][0], same[j][0], j - i - 1, len(same))
                label = "yes" if same[i][1] & same[j][1] else "no"
                rows["merge"].append((features, label, 1.0))
    return rows


def gold_groups(
    context: Context, gold: dict[str, Any], sentences: list[int]
) -> list[tuple[int, list[Trigger]]]:
    """Return the gold events of an article, by number, with those of their triggers that are found."""
    triggers = list_triggers(context)
    links = gold_of_triggers(triggers, gold, sentences)
    out = []
    for n in range(len(gold["events"])):
        by_word = {
            t.word: t
            for t, (mine, _) in reversed(list(zip(triggers, links, strict=True)))
            if n in mine
        }
        if by_word:
            out.append((n, [by_word[word] for word in sorted(by_word)]))
    return out


def found_groups(
    context: Context, gold: dict[str, Any], sentences: list[int], models: Models, scorer: Any
) -> tuple[list[tuple[int, list[Trigger]]], list[Trigger]]:
    """Return the events that models find, each with the gold event it matches, and all mentions."""
    scales = Scales(context, models, None)
    mentions = choose_mentions(context, list_triggers(context), scales, threshold=models.detect_at)
    groups = [
        [m.trigger for m in group]
        for group in gather(mentions, scales.pairs, threshold=models.merge_at)
    ]

    def fits(event: dict[str, Any], group: list[Trigger]) -> int:
        if event["type"] != group[0].lemma.type:
            return 0
        here = {sentences[t.start] for t in group}
        if not here & {sentences[q["start"]] for q in event["triggers"]}:
            return 0
        return 1 + any(
            q["start"] < t.end and t.start < q["end"] for q in event["triggers"] for t in group
        )

    pairs = scorer.match(gold["events"], groups, fits)
    return [(i, groups[j]) for i, j in pairs], [m.trigger for m in mentions]


def part_rows(
    context: Context,
    event: dict[str, Any],
    group: list[Trigger],
    outline: Outline,
    to_gold: dict[str, str],
) -> dict[str, list[Row]]:
    """Return the rows of one event for the models of parties, place, time and modality."""
    rows: dict[str, list[Row]] = defaultdict(list)
    roles = {p["entity"]: p["role"] for p in event["participants"]}
    for entity_id, features in iter_party_questions(context, group, outline):
        role = roles.get(to_gold.get(entity_id, entity_id), "none")
        rows["party"].append((features, role, 1.0))
    speech = context.speech[group[0].word]
    voice = speech.act if speech else "paper"
    places = [(to_gold.get(i, i), f) for i, f in iter_place_questions(context, group, outline)]
    times = iter_time_questions(context, group, outline)
    for name, options, answer in (
        ("place", places, event.get("place")),
        ("time", times, event.get("time")),
    ):
        found = [k for k, (value, _) in enumerate(options) if value == answer]
        if answer is None or found:
            lemma = group[0].lemma.key if name == "place" else ""
            none = none_features(event["type"], len(options), voice, lemma)
            if name == "time":
                none += no_time_features(context, group, outline)
            choices = [f for _, f in options] + [none]
            right = found if answer is not None else [len(options)]
            rows[name].append((choices, right, 1.0))
    values = event_modality_features(context, group, outline)
    rows["modality"].append((values, event["modality"], 1.0))
    return rows
