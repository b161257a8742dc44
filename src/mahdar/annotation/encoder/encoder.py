"""The encoder's network, run by onnxruntime on one thread.

A transformer of six layers over sub-words, cut from a multilingual one and tuned to the
statements and events of Arabic news (model/MODEL_CARD.md); ``training/train_network.py`` makes its file.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime

from mahdar.annotation.arrays import Floats
from mahdar.annotation.pieces import Pieces
from mahdar.errors import KnowledgeError

# Cut words kept; an article brings some hundred new ones.
_REMEMBERED = 100_000
_QUIET = 3  # onnxruntime's level for errors


class Encoder:
    """Turns sub-words into vectors that know their surroundings.

    ``width`` is the length of a vector.
    """

    def __init__(self, session: Any, scores: dict[str, float], width: int) -> None:
        self._session = session
        self._cut = Pieces(scores)
        self._begin, self._end = len(scores) + 1, len(scores) + 2
        self._known: dict[str, tuple[int, ...]] = {}
        self.width = width

    def cut(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's sub-words."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[word] = self._cut(word[:40])
        return found

    def read(self, pieces: Sequence[int]) -> Floats:
        """Return the vectors (sub-words, width) of one stretch of at most 510 sub-words."""
        ids = np.array([[self._begin, *pieces, self._end]], dtype=np.int64)
        size = ids.shape[1]
        feed = {
            "ids": ids,
            "places": np.arange(size, dtype=np.int64),
            "lengths": np.array([size], dtype=np.int32),
        }
        (states,) = self._session.run(None, feed)
        out: Floats = states[0, 1:-1]
        return out


@cache
def load_encoder() -> Encoder:
    """Return the shipped encoder.

    Raises:
        KnowledgeError: its files are missing or damaged.
    """
    onnxruntime.disable_telemetry_events()  # on Windows it would tell the system of every session
    folder = files("mahdar.annotation.encoder") / "model"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _QUIET
    try:
        meta = json.loads(gzip.decompress((folder / "encoder.json.gz").read_bytes()))
        session = onnxruntime.InferenceSession(
            (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # gzip, json and onnxruntime each have their own for a damaged file
        raise KnowledgeError(
            f"{folder}: the encoder cannot be loaded ({error}). Mend: install mahdar again"
        ) from error
    return Encoder(session, meta["piece_scores"], meta["width"])
