"""Sheets: the questions about an article with their answers, as arrays that a network learns from.

Needs numpy alone: sheets are made where the engine is and may be learned from where it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
UNKNOWN = -1
"""The answer to a question that nobody has answered."""
TYPES, ROLES, MODALITIES, ACTS = 18, 5, 7, 10
"""How many answers there are; network_rows.py sees to it that they are so many."""
PARTS = ("party", "place", "time")


@dataclass(slots=True)
class Options:
    """What may be a part of the article's events.

    ``rows`` (options, 2): the event, and the answer: the number of a role (``party``), or whether it is
    right (``place``, ``time``; an event's last option is «none»). ``pairs`` (pairs, 5): the option, word
    of the event, first and last word of the part, class of distance.
    """

    rows: Numbers
    pairs: Numbers


@dataclass(slots=True)
class Sheet:
    """One article, with the ``weight`` of its questions; those of ``detect`` have a weight of their own.

    ``pieces`` and ``word`` (one array a stretch): sub-words, and the word of each, -1 at the ends.
    ``detect`` (n, 3): word, type, answer. ``merge`` (n, 5): two words, type, class of distance, answer.
    ``events`` (n, 2): type, modality. ``told`` (n, 2): event, word that tells it. ``acts`` (n, 5): first
    and last word of a cue, of its content, act.
    """

    id: str
    weight: float
    words: int
    pieces: list[Numbers]
    word: list[Numbers]
    detect: Numbers
    merge: Numbers
    events: Numbers
    told: Numbers
    party: Options
    place: Options
    time: Options
    acts: Numbers
    detect_weight: float


@dataclass(slots=True)
class Batch:
    """Sheets behind each other: numbers of words, events and options go on from sheet to sheet.

    ``weight`` gives for each kind of question the weight of its rows.
    """

    words: int
    pieces: list[Numbers]
    word: list[Numbers]
    arrays: dict[str, Numbers]
    weight: dict[str, NDArray[np.float32]]


_WORDS = {"detect": (0,), "merge": (0, 1), "told": (1,), "acts": (0, 1, 2, 3)}
_PAIR_WORDS = (1, 2, 3)


def join(sheets: Sequence[Sheet]) -> Batch:
    """Return sheets as one batch."""
    words = events = 0
    pieces: list[Numbers] = []
    word: list[Numbers] = []
    parts: dict[str, list[Numbers]] = {}
    weights: dict[str, list[float]] = {}
    options = dict.fromkeys(PARTS, 0)

    def put(name: str, array: Numbers, weight: float) -> None:
        parts.setdefault(name, []).append(array)
        weights.setdefault(name, []).extend([weight] * len(array))

    for sheet in sheets:
        pieces += sheet.pieces
        word += [np.where(w < 0, w, w + words) for w in sheet.word]
        for name in ("detect", "merge", "told", "acts", "events"):
            array = getattr(sheet, name).copy()
            array[:, list(_WORDS.get(name, ()))] += words
            if name == "told":
                array[:, 0] += events
            put(name, array, sheet.detect_weight if name == "detect" else sheet.weight)
        for name in PARTS:
            part: Options = getattr(sheet, name)
            rows, pairs = part.rows.copy(), part.pairs.copy()
            rows[:, 0] += events
            pairs[:, 0] += options[name]
            pairs[:, list(_PAIR_WORDS)] += words
            put(name, rows, sheet.weight)
            put(f"{name}.pairs", pairs, sheet.weight)
            options[name] += len(rows)
        words += sheet.words
        events += len(sheet.events)
    return Batch(
        words,
        pieces,
        word,
        {name: np.concatenate(arrays) for name, arrays in parts.items()},
        {name: np.array(values, np.float32) for name, values in weights.items()},
    )


def ranks(events: Numbers) -> Numbers:
    """Return the place of each option among those of its event; options of an event stand together."""
    if not len(events):
        return np.zeros(0, np.int32)
    starts = np.flatnonzero(np.r_[True, events[1:] != events[:-1]])
    counts = np.diff(np.r_[starts, len(events)])
    out: Numbers = (np.arange(len(events)) - np.repeat(starts, counts)).astype(np.int32)
    return out
