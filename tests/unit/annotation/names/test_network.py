"""The network: rows for every word, edges apart, memory that may be thrown away."""

from __future__ import annotations

import numpy as np
import pytest

from mahdar.annotation.names import network as module
from mahdar.annotation.names.tagger import load_tagger
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def rows(text: str) -> np.ndarray:
    tagger = load_tagger()
    assert tagger is not None
    words = find_words(text, split_sentences(text))
    parts = [r for _, _, r in tagger.iter_log_probabilities(words)]
    assert sum(map(len, parts)) == len(words)
    return np.concatenate(parts)


def test_rows_are_probabilities() -> None:
    found = rows("التقى كيري لافروف في جنيف.\nوغادر كيري إلى باريس.")
    assert np.allclose(np.exp(found).sum(1), 1.0, atol=1e-4)


def test_one_word() -> None:
    assert rows("جنيف").shape == (1, 7)


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "التقى وزير الخارجية الأمريكي جون كيري نظيره الروسي سيرغي لافروف في جنيف."
    before = rows(text)
    monkeypatch.setattr(module, "_REMEMBERED", 0)
    assert np.allclose(rows(text), before, atol=1e-4)


def test_words_between_windows_are_all_read() -> None:
    found = rows("وصل كيري إلى جنيف. " * 900)
    assert len(found) == 4500
