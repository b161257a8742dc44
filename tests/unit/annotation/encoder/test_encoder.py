"""The shipped encoder, and what is said when its files are not there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import mahdar.annotation.encoder.encoder as module
from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.encoder import WordStates, load_encoder, states_of
from mahdar.errors import KnowledgeError
from mahdar.text.sentences import split_sentences
from mahdar.text.words import Words, find_words

TEXT = (
    "وصل الوزير إلى جنيف أمس. "
    + "وقال إن المحادثات ستستأنف بعد أسبوع في فيينا بحضور الوفدين. " * 12
)


def words_of(text: str) -> Words:
    return find_words(text, split_sentences(text))


def test_a_word_reads_differently_in_another_sentence() -> None:
    encoder = load_encoder()
    here = WordStates(encoder, words_of("هاجم الجيش المدينة")).of([1])
    there = WordStates(encoder, words_of("عيد الجيش الوطني")).of([1])
    assert here.shape == (1, encoder.width)
    assert float(np.abs(here - there).max()) > 0.05


def test_reading_is_the_same_every_time() -> None:
    encoder = load_encoder()
    words = words_of(TEXT)
    assert np.array_equal(
        WordStates(encoder, words).of(range(len(words))),
        WordStates(encoder, words).of(range(len(words))),
    )


def test_only_what_is_asked_for_is_read() -> None:
    words = words_of(TEXT)
    read: list[int] = []

    class Counting:
        width = 4

        def cut(self, word: str) -> tuple[int, ...]:
            return (1, 2)

        def read(self, pieces: list[int]) -> np.ndarray:
            read.append(len(pieces))
            return np.tile(np.arange(len(pieces), dtype=np.float32)[:, None], (1, 4))

    states = WordStates(Counting(), words)  # type: ignore[arg-type]
    assert read == []
    last = len(words) - 1
    states.of([last])
    states.of([last, last])
    assert len(read) == 1
    assert states.of([0])[0, 0] == 0.5  # the mean of its two sub-words
    assert len(read) == 2


def test_a_documents_states_are_made_once() -> None:
    doc = blank_pipeline()("وصل الوزير إلى جنيف")
    assert states_of(doc) is states_of(doc)


def test_a_missing_file_names_itself_and_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_refused(tmp_path, monkeypatch)


@pytest.mark.parametrize("kept", [0, 90, 100_000])
def test_so_does_a_damaged_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    shipped = Path(module.__file__).parent / "model"
    (tmp_path / "model").mkdir()
    for name in ("encoder.json.gz", "encoder.onnx"):
        (tmp_path / "model" / name).write_bytes((shipped / name).read_bytes())
    for name in ("encoder.onnx", "encoder.json.gz"):
        path = tmp_path / "model" / name
        path.write_bytes(path.read_bytes()[:kept])
        assert_refused(tmp_path, monkeypatch)


def assert_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check what is said when the encoder lies, or should lie, in a folder."""
    load_encoder.cache_clear()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(module, "files", lambda package: folder)
            with pytest.raises(
                KnowledgeError, match=r"encoder cannot be loaded.*install mahdar again"
            ):
                load_encoder()
    finally:
        load_encoder.cache_clear()
