"""Linear models over named features: weights as data, read and applied in plain Python.

A weight file is tab-separated: a head ``feature`` and the labels, then a row per feature. The rows
are made by ``training/train_events.py``, ``training/train_statements.py`` and
``training/train_coreference.py`` on annotated articles.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mahdar.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of every feature for every label. Unknown features weigh nothing."""

    labels: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return the sum of weights per label."""
        sums = [0.0] * len(self.labels)
        weights = self.weights
        for feature in features:
            row = weights.get(feature)
            if row is not None:
                for at, weight in enumerate(row):
                    sums[at] += weight
        return sums

    def weighted_scores(self, features: Mapping[str, float]) -> list[float]:
        """Return the sum of weights per label, each feature's times its value."""
        sums = [0.0] * len(self.labels)
        for feature, value in features.items():
            row = self.weights.get(feature)
            if row is not None:
                for at, weight in enumerate(row):
                    sums[at] += value * weight
        return sums

    def chance(self, features: Iterable[str]) -> float:
        """Return the probability of a yes from a model of one label (logistic of the score)."""
        score = self.scores(features)[0]
        if score < 0:
            power = math.exp(max(score, -60.0))
            return power / (1.0 + power)
        return 1.0 / (1.0 + math.exp(-min(score, 60.0)))


def soft_max(scores: Sequence[float]) -> list[float]:
    """Return probabilities in proportion to the powers of scores."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


@cache
def load_model(name: str, package: str) -> LinearModel:
    """Return the model in ``weights/NAME.tsv`` of a package.

    Raises:
        KnowledgeError: no such model, or a row with another number of columns than the head.
    """
    path = files(package) / "weights" / f"{name}.tsv"
    if not path.is_file():
        raise KnowledgeError(f"there are no weights {name}.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()
    labels = tuple(lines[0].split("\t")[1:])
    weights: dict[str, tuple[float, ...]] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(labels) + 1:
            raise KnowledgeError(f"weights/{name}.tsv, line {number}: wrong number of columns")
        weights[cells[0]] = tuple(map(float, cells[1:]))
    return LinearModel(labels, weights)
