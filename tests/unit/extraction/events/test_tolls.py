from __future__ import annotations

import pytest

from mahdar.extraction.events.tolls import find_figures
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "مقتل 12 شخصا وإصابة 30 آخرين", [("killed", 12), ("injured", 30)], id="digits"
        ),
        pytest.param("قتل ثلاثة جنود وجرح أربعة", [("killed", 3), ("injured", 4)], id="words"),
        pytest.param("مقتل جنديين قرب الحاجز", [("killed", 2)], id="dual"),
        pytest.param("مقتل شرطيين اثنين وجرح خمسة", [("killed", 2), ("injured", 5)], id="dual-two"),
        pytest.param("أصيب طفل في القصف", [("injured", 1)], id="single"),
        pytest.param("قتلت القوات أحد المهاجمين", [("killed", 1)], id="one-of"),
        pytest.param(
            "سقط 15 قتيلا ونحو مئة جريح", [("killed", 15), ("injured", 100)], id="counted"
        ),
        pytest.param("27 من عمال الإغاثة قتلوا", [("killed", 27)], id="before"),
        pytest.param("أودى بحياة كثيرين في عام 2013", [], id="no-casualty-word"),
        pytest.param("مقتل وإصابة 40 مدنيا", [], id="both-together"),
        pytest.param("مقتل القائد الميداني", [], id="no-number"),
    ],
)
def test_figures(text, expected):
    words = find_words(text, split_sentences(text))
    got = find_figures(words, 0, len(words) - 1)
    assert [(f.harm, f.best) for f in got] == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("مقتل ما لا يقل عن 20 شخصا", 20, -1, id="at-least-before"),
        pytest.param("مقتل 20 شخصا على الأقل", 20, -1, id="at-least-after"),
        pytest.param("مقتل بين 10 و15 شخصا", 10, 15, id="range"),
    ],
)
def test_bounds(text, low, high):
    words = find_words(text, split_sentences(text))
    figure = find_figures(words, 0, len(words) - 1)[0]
    assert (figure.low, figure.high) == (low, high)
