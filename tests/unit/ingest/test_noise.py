from __future__ import annotations

import itertools

import pytest

from mahdar.ingest.noise import find_noise
from mahdar.model import Span

BODY = "قال الوزير إن الاتفاق دخل حيز التنفيذ."


def found(text: str, title: str | None = None) -> list[str]:
    return [span.of(text) for span in find_noise(text, title)]


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        pytest.param(f"{BODY}\n[ads1]\nوأضاف أنه راض.", ["[ads1]"], id="ad slot"),
        pytest.param(f"{BODY} ...المزيد", ["...المزيد"], id="more"),
        pytest.param(
            f"{BODY}\nشارك الخبر على فيسبوك تويتر", ["شارك الخبر على فيسبوك تويتر"], id="share row"
        ),
        pytest.param(f"{BODY}\nالمشاهدات: 1,204", ["المشاهدات: 1,204"], id="counter"),
        pytest.param(f"{BODY}\nاقرأ أيضاً: خبر آخر", ["اقرأ أيضاً: خبر آخر"], id="read also"),
        pytest.param(f"{BODY} سمات اليمن عدن", ["سمات اليمن عدن"], id="tags at the end"),
        pytest.param(f"{BODY}\nآخر تحديث: 03/03/2024", ["آخر تحديث: 03/03/2024"], id="page date"),
        pytest.param(
            f"سياسي / {BODY} // انتهى //\n18:37 ت م",
            ["سياسي /", "// انتهى //", "18:37 ت م"],
            id="agency frame",
        ),
        pytest.param(
            f"{BODY}\nالعدد 1105 - 01/5/2024", ["العدد 1105 - 01/5/2024"], id="issue number"
        ),
        pytest.param(
            "طباعة الخبر\xa0ارسال الخبر الى صديق",
            ["طباعة الخبر\xa0ارسال الخبر الى صديق"],
            id="print row",
        ),
    ],
)
def test_furniture_is_marked(text: str, noise: list[str]) -> None:
    assert found(text) == noise


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(BODY, id="plain"),
        pytest.param(
            "شارك الوزير في الاجتماع الذي عقد أمس.", id="a verb that also heads share rows"
        ),
        pytest.param("شارك في الاجتماع وفود من أربع دول", id="a line without a full stop"),
        pytest.param(
            "وقد أعد مرسوم ملكي بذلك.\nنص\nنص آخر\nوقد أعد مرسوم ملكي بذلك.\n" * 2,
            id="formulas far down",
        ),
        pytest.param("نقاط الاتفاق:\n1- وقف النار\n2- تبادل الأسرى", id="a list"),
        pytest.param("انتهى الاجتماع من دون اتفاق.", id="the word for ended"),
        pytest.param("تابعنا الاجتماع من بدايته.", id="followed"),
    ],
)
def test_text_is_left_alone(text: str) -> None:
    if "مرسوم" in text:
        text = "عنوان الخبر الأول\nسطر\nسطر ثان\nسطر ثالث\n" + text
    assert found(text) == []


def test_captions_printed_twice_but_not_headline_and_teaser() -> None:
    title = "الوفدان يتفقان على هدنة جديدة"
    teaser = "اتفق الوفدان أمس على هدنة جديدة..."
    caption = "رئيسا الوفدين خلال الجلسة الختامية أمس"
    lead = "اتفق الوفدان أمس على هدنة جديدة مدتها ثلاثة أيام تبدأ غدا."
    text = f"{title}\n{title}\n{teaser}\n{caption}\n{caption}\n{lead}"
    assert find_noise(text, title) == (
        Span(text.rindex(caption), text.rindex(caption) + len(caption)),
    )


def test_spans_are_sorted_and_apart() -> None:
    text = "سياسي / خبر\n[ads1] [ads2]\n" * 3 + "شارك على تويتر\nسمات أ ب"
    spans = find_noise(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
