"""Unnamed people: which phrases stand for them, and whose entity a phrase goes to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.model import Entity

Find = Callable[..., tuple[Entity, ...]]


def _nominals(text: str, found: tuple[Entity, ...]) -> set[tuple[str, str]]:
    return {
        (text[m.start : m.end], e.type) for e in found for m in e.mentions if m.kind == "nominal"
    }


@pytest.mark.parametrize(
    ("text", "want", "type_"),
    [
        pytest.param("وقتل 17 شخصا في الهجوم", "17 شخصا", "ORG", id="digits"),
        pytest.param("أصيب خمسة مدنيين أمس", "خمسة مدنيين", "ORG", id="number in words"),
        pytest.param("قتل ثلاثة آلاف مقاتل", "ثلاثة آلاف مقاتل", "ORG", id="number of two words"),
        pytest.param("وصل بثلاثة جنود", "ثلاثة جنود", "ORG", id="proclitic before the number"),
        pytest.param("أفرج عن 148 يمنيا", "148 يمنيا", "ORG", id="nationality that stands for people"),
        pytest.param("وأصيب 35 آخرين", "35 آخرين", "ORG", id="others"),
        pytest.param("قتل ثلاثة من مرافقيه", "ثلاثة من مرافقيه", "ORG", id="some of them"),
        pytest.param("قتل 21 مسلحا آخرين", "21 مسلحا آخرين", "ORG", id="the number belongs to it"),
        pytest.param("اعتقل أحد الحراس", "أحد الحراس", "PER", id="one of several"),
        pytest.param("حضر عدد من الوزراء", "عدد من الوزراء", "ORG", id="a quantity"),
        pytest.param("أغيث عدد من المتضررين", "عدد من المتضررين", "ORG", id="a plural no table has"),
        pytest.param("وتظاهر العشرات في المدينة", "العشرات", "ORG", id="scores"),
        pytest.param("اعتقلت الشرطة شابا سوريا", "شابا سوريا", "PER", id="one with a nationality"),
        pytest.param("قتل شاب مسلح", "شاب مسلح", "PER", id="one with an adjective"),
        pytest.param("أطلق مجهولون النار", "مجهولون", "ORG", id="indefinite plural"),
        pytest.param("هوجم رجال الشرطة", "رجال الشرطة", "ORG", id="construct"),
        pytest.param("قبض على رجل أمن", "رجل أمن", "PER", id="indefinite construct"),
        pytest.param("شاهد جنودا مصريين", "جنودا مصريين", "ORG", id="accusative of a broken plural"),
        pytest.param("فجر انتحاري نفسه", "انتحاري", "PER", id="a bomber acts"),
        pytest.param("واعتقلت الشرطة ثلاثة منهم", "ثلاثة منهم", "ORG", id="some of those named"),
        pytest.param("وقتل خمسة من الباعة", "خمسة من الباعة", "ORG", id="some of a broken plural"),
        pytest.param("ودعا أنصاره إلى التظاهر", "أنصاره", "ORG", id="a plural with a pronoun"),
        pytest.param("وقتل جنديان أمريكيان", "جنديان أمريكيان", "ORG", id="a dual after a verb with و"),
    ],
)  # fmt: skip
def test_people(entities: Find, text: str, want: str, type_: str) -> None:
    assert (want, type_) in _nominals(text, entities(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("وقع هجوم انتحاري كبير", "انتحاري", id="adjective of a noun"),
        pytest.param("سأل المحقق الملثم سؤالا", "الملثم", id="definite adjective"),
        pytest.param("لكل شخص حق", "شخص", id="every person"),
        pytest.param("في عام 2014 مدنيون", "2014", id="a year is no number of people"),
        pytest.param("في خمسة من الشهر", "الشهر", id="a day of the month"),
        pytest.param("زار عددا من المواقع", "المواقع", id="some of what are no people"),
        pytest.param("قتل 17 شخصا قتلوا معا", "قتلوا", id="a verb is no adjective"),
        pytest.param("عبر عن سعادته بالزيارة", "سعادته", id="joy is no title"),
        pytest.param("التحالف بقيادة السعودية", "قيادة", id="led by"),
    ],
)
def test_no_people(entities: Find, text: str, word: str) -> None:
    assert not any(word in phrase for phrase, _ in _nominals(text, entities(text)))


def test_a_bare_noun_goes_back_to_the_last_one_so_called(entities: Find) -> None:
    text = "اعتقل شاب سوري أمس. وقال الشاب إنه بريء"
    spans = [[text[m.start : m.end] for m in e.mentions] for e in entities(text)]
    assert ["شاب سوري", "الشاب"] in spans


def test_a_noun_before_a_name_is_the_one_named(entities: Find) -> None:
    text = "استقبل الطفل سامح شكري أمس"
    (person,) = (e for e in entities(text) if e.kb == "sameh-shoukry")
    assert [text[m.start : m.end] for m in person.mentions] == ["الطفل", "سامح شكري"]


@pytest.mark.parametrize(
    ("text", "want", "type_", "kb"),
    [
        pytest.param("اجتمعت المعارضة السورية", "المعارضة السورية", "ORG", None, id="the opposition"),
        pytest.param("دعت الأطراف اليمنية إلى الحوار", "الأطراف اليمنية", "ORG", None, id="parties of a state"),
        pytest.param("هاجمت مجموعة مسلحة القرية", "مجموعة مسلحة", "ORG", None, id="an armed band"),
        pytest.param("وصل الوفد الحكومي", "الوفد الحكومي", "ORG", None, id="the government's delegation"),
        pytest.param("رفضت الحكومة الاتحادية في مصر. القاهرة", "الحكومة الاتحادية", "ORG", "egypt-government", id="of the state the article is about"),
        pytest.param("قتل مقاتل تركي", "مقاتل تركي", "PER", None, id="a single fighter is a person"),
    ],
)  # fmt: skip
def test_groups_that_act(entities: Find, text: str, want: str, type_: str, kb: str | None) -> None:
    found = entities(text)
    (entity,) = (
        e for e in found if any(text[m.start : m.end].startswith(want) for m in e.mentions)
    )
    assert (entity.type, entity.kb) == (type_, kb)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        pytest.param("التقى الرئيس اليمني عبد ربه منصور هادي الوفد. وقال المسؤول إن", "المسؤول", id="no head of state"),
        pytest.param("وصل وزير الخارجية المصري سامح شكري. وقال الخبير إن", "الخبير", id="no minister"),
    ],
)  # fmt: skip
def test_a_description_is_not_whoever_was_named_last(entities: Find, text: str, noun: str) -> None:
    at = text.rindex(noun)
    (entity,) = (e for e in entities(text) if any(m.start == at for m in e.mentions))
    assert entity.kb is None
    assert len(entity.mentions) == 1


def test_an_official_goes_back_to_the_unnamed_one(entities: Find) -> None:
    text = "وصل عبد ربه منصور هادي إلى عدن. وقال مسؤول يمني إن. وأضاف المسؤول أن"
    at = text.rindex("المسؤول")
    (entity,) = (e for e in entities(text) if any(m.start == at for m in e.mentions))
    assert [text[m.start : m.end] for m in entity.mentions] == ["مسؤول يمني", "المسؤول"]
