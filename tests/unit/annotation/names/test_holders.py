"""Whom a surname or a group's name means, with the shipped packs."""

from __future__ import annotations

import pytest

from mahdar.annotation.names.find import entities_of
from mahdar.annotation.names.tagger import load_tagger
from mahdar.knowledge.load import load_knowledge
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


def links(text: str, date: str = "2015-08-02") -> dict[str, str | None]:
    """Return what each mention of a text is linked to."""
    words = find_words(text, split_sentences(text))
    entities = entities_of(text, words, load_knowledge(), date, load_tagger())
    return {text[m.start : m.end]: e.kb for e in entities for m in e.mentions}


@pytest.mark.parametrize(
    ("text", "date", "mention", "want"),
    [
        pytest.param(
            "وصل وزير الدفاع الأمريكي كارتر إلى القدس.",
            "2015-07-22",
            "كارتر",
            "ashton-carter",
            id="two of one surname, one holds the post",
        ),
        pytest.param(
            "وصل وزير الدفاع الأمريكي كارتر إلى القدس.",
            "2018-07-22",
            "كارتر",
            None,
            id="nobody of that surname holds the post",
        ),
        pytest.param(
            "وصل الرئيس اليمني السابق صالح إلى مسقط. وقال الدكتور صالح إن اليمن بخير.",
            "2015-07-22",
            "صالح",
            "ali-abdullah-saleh",
            id="a surname whose other bearers forbid it",
        ),
        pytest.param(
            "تقدمت القوات ضد مليشيات الحوثي في عدن.",
            "2015-07-22",
            "مليشيات الحوثي",
            "houthis",
            id="a group called by a surname is named",
        ),
        pytest.param(
            "نفت الخارجية الكورية الشمالية النبأ.",
            "2015-07-22",
            "الخارجية الكورية الشمالية",
            "north-korea-mfa",
            id="a state of two words",
        ),
    ],
)
def test_links(text: str, date: str, mention: str, want: str | None) -> None:
    found = links(text, date)
    assert mention in found
    assert found[mention] == want


def test_a_shorter_ending_of_a_name_is_the_same_person() -> None:
    text = "وصل الوزير مصطفى سيد قادر، إلى أربيل. وقال الوزير سيد قادر إن المعركة قريبة."
    words = find_words(text, split_sentences(text))
    entities = entities_of(text, words, load_knowledge(), None, load_tagger())
    persons = [e for e in entities if any("قادر" in text[m.start : m.end] for m in e.mentions)]
    assert len(persons) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("استأنف المطار حركة الطيران المدني أمس.", id="civil aviation"),
        pytest.param("يعمل الجميع لحفظ الأمن والاستقرار.", id="security as a thing"),
        pytest.param("نشر النبأ على موقع التواصل الاجتماعي أمس.", id="social media"),
        pytest.param("طالبوا بمراقبة المواقع العسكرية أمس.", id="watching is no watcher"),
    ],
)
def test_what_is_no_actor(text: str) -> None:
    assert not any(
        name in mention
        for mention in links(text)
        for name in ("الطيران", "الأمن", "التواصل", "مراقبة")
    )
