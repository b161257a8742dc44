"""The network's answers: small layers over the encoder's vectors, one for each question.

They are asked beside the linear models over named features, and the scores of both are averaged:
the linear models know the engine's own layers (who is linked, how dates resolve, what governs a
word), the network has read the words. ``training/train_network.py`` makes ``weights/heads.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2
from typing import Any, get_args
from zipfile import BadZipFile

import numpy as np

from mahdar.annotation.arrays import Floats, times
from mahdar.annotation.encoder import WordStates
from mahdar.errors import KnowledgeError
from mahdar.model import EventType

_TYPE = {name: number for number, name in enumerate(get_args(EventType))}
SHARE = 0.55
"""Of the network in a score about events; the rest is the linear model's. On 216 press articles kept apart
0.35, 0.5, 0.55, 0.65, 0.8 gave events 0.767, 0.766, 0.765, 0.761, 0.763 and modality 0.851, 0.852, 0.857, 0.858,
0.850."""
MOST_CONTENT = 40
"""Words of a statement's content that are read for its act."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A mention of an event and a span that may be a part of it, by word numbers; ends included."""

    trigger: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A statement by word numbers, ends included: its cue, and the main stretch of its content."""

    cue_first: int
    cue_last: int
    first: int
    last: int


class Heads:
    """Trained layers; every answer is a score before the soft maximum."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        self._w: dict[str, Floats] = {
            name: np.ascontiguousarray(value, np.float32) for name, value in arrays.items()
        }

    def detect(self, states: WordStates, words: Sequence[int], types: Sequence[str]) -> Floats:
        """Return for each trigger (word and type of event) how surely it names an event."""
        if not words:
            return np.zeros(0, np.float32)
        hidden = _gelu(self._linear("detect.0", states.of(words)))
        scores = self._linear("detect.1", hidden)
        out: Floats = scores[np.arange(len(words)), [_TYPE[t] for t in types]]
        return out

    def same(
        self,
        states: WordStates,
        pairs: Sequence[tuple[int, int]],
        sentences: Sequence[int],
        kind: str,
    ) -> Floats:
        """Return for pairs of triggers of one type, the earlier first, whether they tell one event."""
        earlier, later = [a for a, _ in pairs], [b for _, b in pairs]
        x = self._linear("merge.word", states.of(earlier))
        y = self._linear("merge.word", states.of(later))
        apart = [same_distance(a, b, sentences) for a, b in pairs]
        return self._mlp(
            "merge",
            np.concatenate(
                [
                    (x + y) / 2,
                    abs(x - y),
                    x * y,
                    self._kind(kind, len(pairs)),
                    self._w["distance"][apart],
                ],
                1,
            ),
        )[:, 0]

    def parts(
        self,
        name: str,
        states: WordStates,
        options: Sequence[Sequence[Pair]],
        sentences: Sequence[int],
        kind: str,
    ) -> Floats:
        """Return the scores (options, answers) of what may be a part of an event.

        Args:
            name: ``party`` (an answer per role), ``place`` or ``time`` (one answer).
            options: the places in the text that speak for each option; none is allowed.
            sentences: the sentence of each word.
            kind: the event's type.
        """
        pairs = [pair for option in options for pair in option]
        counts = np.array([len(option) for option in options])
        size = self._w[f"{name}.1.bias"].shape[0]
        out = np.tile(self._w[f"{name}.1.bias"], (len(options), 1)).reshape(len(options), size)
        if not pairs:
            return out
        triggers = self._linear("pair.trigger", states.of([p.trigger for p in pairs]))
        ends: Floats = states.of([p.first for p in pairs]) + states.of([p.last for p in pairs])
        spans = self._linear("pair.span", ends * np.float32(0.5))
        apart = [pair_distance(p.trigger, p.first, sentences) for p in pairs]
        read = np.concatenate(
            [
                triggers,
                spans,
                triggers * spans,
                self._kind(kind, len(pairs)),
                self._w["distance"][apart],
            ],
            1,
        )
        hidden = _gelu(self._linear(f"{name}.0", read))
        some = np.flatnonzero(counts)
        starts = np.cumsum(counts[some]) - counts[some]
        out[some] = self._linear(f"{name}.1", np.maximum.reduceat(hidden, starts, axis=0))
        return out

    def modality(self, states: WordStates, words: Sequence[int], kind: str) -> Floats:
        """Return the score of every modality for an event told by these words."""
        mean = states.of(words).mean(0, keepdims=True)
        (scores,) = self._mlp("modality", np.concatenate([mean, self._kind(kind, 1)], 1))
        out: Floats = scores
        return out

    def acts(self, states: WordStates, statements: Sequence[Reported]) -> Floats:
        """Return the scores (statements, acts) of what statements do, acts in the order of ``Act``."""
        rows = []
        for said in statements:
            last = min(said.last, said.first + MOST_CONTENT - 1)
            content = states.of(range(said.first, last + 1))
            cue = states.of([said.cue_first, said.cue_last])
            parts = [cue.mean(0), content[0], content[min(1, len(content) - 1)], content.mean(0)]
            rows.append(np.concatenate(parts))
        return self._mlp("acts", np.stack(rows))

    def _kind(self, kind: str, count: int) -> Floats:
        return np.tile(self._w["type"][_TYPE[kind]], (count, 1))

    def _linear(self, name: str, x: Floats) -> Floats:
        out: Floats = times(x, self._w[f"{name}.weight"]) + self._w[f"{name}.bias"]
        return out

    def _mlp(self, name: str, x: Floats) -> Floats:
        return self._linear(f"{name}.1", _gelu(self._linear(f"{name}.0", x)))


def blend(linear: Sequence[float], network: Floats | None, share: float = SHARE) -> list[float]:
    """Return the scores of a linear model and of the network averaged; the former's without the latter.

    ``share`` is the network's.
    """
    if network is None:
        return list(linear)
    return [(1 - share) * a + share * float(b) for a, b in zip(linear, network, strict=True)]


def pair_distance(trigger: int, first: int, sentences: Sequence[int]) -> int:
    """Return the class (0..36) of how far, and on which side, a span stands from a trigger."""
    if sentences[first] != sentences[trigger]:
        apart = sentences[first] - sentences[trigger]
        return 33 if apart == -1 else 34 if apart == 1 else 35 if apart < 0 else 36
    return min(15, int(log2(abs(first - trigger) + 1) * 3)) + (0 if first > trigger else 16)


def same_distance(earlier: int, later: int, sentences: Sequence[int]) -> int:
    """Return the class (0..39) of how far two triggers stand apart: by words and by sentences."""
    return min(9, int(log2(later - earlier + 1) * 1.2)) + 10 * min(
        3, sentences[later] - sentences[earlier]
    )


def _gelu(x: Floats) -> Floats:
    out: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return out


@cache
def load_heads() -> Heads:
    """Return the shipped layers.

    Raises:
        KnowledgeError: their file is missing or damaged.
    """
    path = files("mahdar.extraction") / "weights" / "heads.npz"
    try:
        with path.open("rb") as file, np.load(file) as saved:
            return Heads({name: saved[name] for name in saved.files})
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise KnowledgeError(
            f"{path}: the network cannot be loaded ({error}). Mend: install mahdar again"
        ) from error
