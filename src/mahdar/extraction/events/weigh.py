"""The questions of the event stage put to its two judges: linear models and the network.

Without an article's states only the linear models are asked, as training does between its steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from mahdar.annotation.arrays import Floats
from mahdar.annotation.encoder import WordStates
from mahdar.extraction.events.absence import no_time_features
from mahdar.extraction.events.context import Context
from mahdar.extraction.events.detect_features import ArticleCounts, event_features
from mahdar.extraction.events.merge import Mention, pair_features
from mahdar.extraction.events.modality import event_modality_features
from mahdar.extraction.events.models import Models
from mahdar.extraction.events.outline import Outline
from mahdar.extraction.events.pairs import date_pairs, entity_pairs, trigger_pair
from mahdar.extraction.events.participants import Weighed
from mahdar.extraction.events.party import iter_party_questions
from mahdar.extraction.events.place import iter_place_questions, none_features
from mahdar.extraction.events.timing import iter_time_questions
from mahdar.extraction.events.triggers import Trigger
from mahdar.extraction.heads import Pair, blend, load_heads
from mahdar.linear import LinearModel, soft_max

# The linear model's score below which the network is not asked, and sentences without a possible event
# not read. On 216 press articles kept apart -2, -1.5, -1, -0.5 gave events 0.765, 0.762, 0.765, 0.759 and
# participants 0.561, 0.561, 0.564, 0.558; -1 reads a thirteenth less than -2.
_HOPELESS = -1.0
# Mentions of one event whose words are read for its modality.
_MOST_READ = 6


class Scales:
    """Weighs the questions about the events of one article.

    Args:
        context: the article's layers.
        models: the linear models and the thresholds.
        states: the vectors of the article's words; ``None`` leaves the network out.
    """

    def __init__(self, context: Context, models: Models, states: WordStates | None) -> None:
        self._context = context
        self._models = models
        self._states = states
        self._heads = load_heads() if states is not None else None
        self._sentence = context.words.sentence

    def mentions(self, triggers: Sequence[Trigger]) -> list[float]:
        """Return the chance of each trigger that it names an event."""
        counts = ArticleCounts(triggers)
        model = self._models.detect
        linear = [model.scores(event_features(self._context, t, counts))[0] for t in triggers]
        scores = list(linear)
        if self._heads is not None and self._states is not None:
            asked = [n for n, score in enumerate(linear) if score > _HOPELESS]
            words, types = (
                [triggers[n].word for n in asked],
                [triggers[n].lemma.type for n in asked],
            )
            network = self._heads.detect(self._states, words, types)
            for n, score in zip(asked, blend([linear[n] for n in asked], network), strict=True):
                scores[n] = score
        return [_logistic(score) for score in scores]

    def pairs(self, pairs: Sequence[tuple[Mention, Mention, int]], total: int) -> list[float]:
        """Return the chance of each pair of mentions of one type that they tell one event.

        Args:
            pairs: the earlier mention, the later one, and how many of their type stand between.
            total: mentions of their type in the article.
        """
        model = self._models.merge
        linear = [model.scores(pair_features(a, b, n, total))[0] for a, b, n in pairs]
        network = None
        if self._heads is not None and self._states is not None:
            words = [(a.trigger.word, b.trigger.word) for a, b, _ in pairs]
            kind = pairs[0][0].trigger.lemma.type
            network = self._heads.same(self._states, words, self._sentence, kind)
        return [_logistic(score) for score in blend(linear, network)]

    def parties(self, group: Sequence[Trigger], outline: Outline) -> list[Weighed]:
        """Return the candidates of an event with their features and the chance of every role."""
        questions = iter_party_questions(self._context, group, outline)
        model = self._models.party
        places = [entity_pairs(self._context, group, entity) for entity, _ in questions]
        network = self._parts("party", group, places)
        out = []
        for n, (entity, features) in enumerate(questions):
            row = None if network is None else network[n]
            scores = blend(model.scores(features), row)
            out.append((entity, features, dict(zip(model.labels, soft_max(scores), strict=True))))
        return out

    def place(self, group: Sequence[Trigger], outline: Outline) -> str | None:
        """Return the likeliest place of an event, ``None`` if none is likelier than no place."""
        options = iter_place_questions(self._context, group, outline)
        lemma = group[0].lemma
        none = none_features(lemma.type, len(options), self._voice(group), lemma.key)
        pairs = [entity_pairs(self._context, group, entity) for entity, _ in options]
        models = self._models
        return self._choose("place", group, options, none, pairs, models.place, models.place_at)

    def time(self, group: Sequence[Trigger], outline: Outline) -> str | None:
        """Return the likeliest time of an event (EDTF), ``None`` if none is likelier than no time."""
        options = iter_time_questions(self._context, group, outline)
        none = none_features(group[0].lemma.type, len(options), self._voice(group))
        none += no_time_features(self._context, group, outline)
        pairs = [date_pairs(self._context, group, value) for value, _ in options]
        models = self._models
        return self._choose("time", group, options, none, pairs, models.time, models.time_at)

    def modality(self, group: Sequence[Trigger], outline: Outline) -> str:
        """Return how real an event is: the modality that its mentions together score highest."""
        model = self._models.modality
        linear = model.weighted_scores(event_modality_features(self._context, group, outline))
        network = None
        if self._heads is not None and self._states is not None:
            words = [t.word for t in group[:_MOST_READ]]
            network = self._heads.modality(self._states, words, group[0].lemma.type)
        scores = blend(linear, network)
        return model.labels[scores.index(max(scores))]

    def _choose(
        self,
        name: str,
        group: Sequence[Trigger],
        options: Sequence[tuple[str, list[str]]],
        none: Sequence[str],
        pairs: Sequence[list[Pair]],
        model: LinearModel,
        margin: float,
    ) -> str | None:
        linear = [model.scores(features)[0] for features in (*(f for _, f in options), none)]
        rows = self._parts(name, group, [*pairs, [trigger_pair(group)]])
        scores = blend(linear, None if rows is None else rows[:, 0])
        scores[-1] += margin
        best = scores.index(max(scores))
        return options[best][0] if best < len(options) else None

    def _parts(
        self, name: str, group: Sequence[Trigger], places: Sequence[Sequence[Pair]]
    ) -> Floats | None:
        if self._heads is None or self._states is None:
            return None
        kind = group[0].lemma.type
        return self._heads.parts(name, self._states, places, self._sentence, kind)

    def _voice(self, group: Sequence[Trigger]) -> str:
        speech = self._context.speech[group[0].word]
        return speech.act if speech else "paper"


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, score))))
