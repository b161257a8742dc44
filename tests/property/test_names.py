"""Any text at all: names keep inside it, stay in order, and never lean on how much there is."""

from __future__ import annotations

import itertools
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from mahdar.annotation.names.find import entities_of
from mahdar.knowledge.base import Knowledge
from mahdar.knowledge.load import load_knowledge
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

PIECES = st.sampled_from(
    ["قال", "وزير", "الخارجية", "الروسي", "سيرغي", "لافروف", "،", "إن", "الجانبين", "و", "المتحدث", "باسم", "حركة", "حماس", "نظيره", "المصري", "الحكومة", "اليمنية", "بلاده", "الوزيران", "«", "»", '"', "(", ")", ":", ".", "\n", "مدينة", "عدن", "د", ".", "بن", "لل", "ب", "\u200f", "ـ", "تنظيم", "صحيفة", "مصادر", "ال", "الملك", "عبد"]
)  # fmt: skip
ARABIC = st.lists(PIECES, max_size=60).map(" ".join)
ANY = st.one_of(st.text(max_size=200), ARABIC, ARABIC.map(lambda t: t.replace(" ", "")))


def _entities(text: str, knowledge: Knowledge) -> None:
    found = entities_of(text, find_words(text, split_sentences(text)), knowledge, "2015-08-01")
    ids = [entity.id for entity in found]
    assert len(ids) == len(set(ids))
    for entity in found:
        assert set(entity.members) <= set(ids)
        spans = [(m.start, m.end) for m in entity.mentions]
        assert spans == sorted(set(spans))
        for start, end in spans:
            assert 0 <= start < end <= len(text)
    named = sorted((m.start, m.end) for e in found for m in e.mentions if m.kind == "named")
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(named))


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_every_span_lies_in_the_text(text: str) -> None:
    _entities(text, load_knowledge())


def test_time_grows_with_length_only() -> None:
    knowledge = load_knowledge()
    piece = "قال الدكتور سالم المرهبي إن حركة حماس وصحيفة «المسار» نفتا ذلك في بلدة الحراك. "

    def seconds(times: int) -> float:
        text = "".join(piece.replace("سالم", f"سالم{n}") for n in range(times))
        words = find_words(text, split_sentences(text))
        began = time.perf_counter()
        entities_of(text, words, knowledge, None)
        return time.perf_counter() - began

    seconds(10)
    short, long = seconds(100), seconds(1000)
    assert long < 40 * max(short, 0.01)
