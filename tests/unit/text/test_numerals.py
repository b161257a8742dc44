import pytest

from mahdar.text.numerals import parse_number, parse_number_range, parse_ordinal
from mahdar.text.sentences import split_sentences
from mahdar.text.words import Words, find_words


def words_of(text: str) -> Words:
    return find_words(text, split_sentences(text))


@pytest.mark.parametrize(
    ("text", "value", "count"),
    [
        ("17 قتيلا", 17, 1),
        ("١٧ قتيلا", 17, 1),
        ("۱۷ قتيلا", 17, 1),
        ("1,200 شخص", 1200, 1),
        ("12.500 شخص", 12500, 1),
        ("ثلاثة جنود", 3, 1),
        ("ثلاث نساء", 3, 1),
        ("ثماني نساء", 8, 1),
        ("عشر قرى", 10, 1),
        ("أحد عشر جنديا", 11, 2),
        ("إحدى عشرة دولة", 11, 2),
        ("اثنا عشر وفدا", 12, 2),
        ("اثنتي عشرة قرية", 12, 2),
        ("خمسة عشر يوما", 15, 2),
        ("عشرون قتيلا", 20, 1),
        ("خمسة وعشرين قتيلا", 25, 2),
        ("خمسة و عشرين قتيلا", 25, 3),
        ("واحد وثلاثون", 31, 2),
        ("مئة شخص", 100, 1),
        ("مائتي شخص", 200, 1),
        ("ثلاثمئة شخص", 300, 1),
        ("ثلاث مئة شخص", 300, 2),
        ("مئة وخمسة وعشرين أسيرا", 125, 3),
        ("ألف شخص", 1000, 1),
        ("ألفي شخص", 2000, 1),
        ("ثلاثة آلاف مقاتل", 3000, 2),
        ("3 آلاف و500 مقاتل", 3500, 4),
        ("ألف وخمسمئة وعشرون مقاتلا", 1520, 3),
        ("مئة ألف لاجئ", 100_000, 2),
        ("1.5 مليون لاجئ", 1_500_000, 2),
        ("مليونين و300 ألف لاجئ", 2_300_000, 4),
        ("مليونا لاجئ", 1_000_000, 1),
        ("ألفين وستة عشر", 2016, 3),
        ("الخمسة عشر عضوا", 15, 2),
        ("الـ15 عضوا", 15, 2),
    ],
)
def test_cardinals(text: str, value: int, count: int) -> None:
    number = parse_number(words_of(text), 0)
    assert number is not None
    assert (number.value, number.end) == (value, count)


@pytest.mark.parametrize(
    ("text", "value", "cut", "definite"),
    [
        ("وثلاثة آخرون", 3, 1, False),
        ("لثلاثة أيام", 3, 1, False),
        ("وبثلاثة أيام", 3, 2, False),
        ("للثلاثة الآخرين", 3, 1, True),
        ("الثلاثة", 3, 0, True),
    ],
)
def test_clitics_on_cardinals(text: str, value: int, cut: int, definite: bool) -> None:
    number = parse_number(words_of(text), 0)
    assert number is not None
    assert (number.value, number.cut, number.definite) == (value, cut, definite)


@pytest.mark.parametrize(
    "text",
    ["آلاف القتلى", "عشرات الجرحى", "أحد الجنود", "بضعة أيام", "قتيل", "3.5 نقطة", "الأول", "2/5"],
)
def test_no_cardinal(text: str) -> None:
    assert parse_number(words_of(text), 0) is None


@pytest.mark.parametrize(
    ("text", "value", "count"),
    [
        ("الأول", 1, 1),
        ("الأولى", 1, 1),
        ("الثاني", 2, 1),
        ("العاشر من نيسان", 10, 1),
        ("الحادي عشر من أيلول", 11, 2),
        ("الحادية عشرة ليلا", 11, 2),
        ("الثاني عشر", 12, 2),
        ("التاسع عشر", 19, 2),
        ("العشرين من آب", 20, 1),
        ("الحادي والعشرين", 21, 2),
        ("الخامس و العشرون", 25, 3),
        ("الثلاثين من حزيران", 30, 1),
        ("الحادي والثلاثون", 31, 2),
        ("للثالث", 3, 1),
    ],
)
def test_ordinals(text: str, value: int, count: int) -> None:
    number = parse_ordinal(words_of(text), 0)
    assert number is not None
    assert (number.value, number.end) == (value, count)


@pytest.mark.parametrize("text", ["ثلاثون شخصا", "ثلاثة", "الوزير", "حادي"])
def test_no_ordinal(text: str) -> None:
    assert parse_ordinal(words_of(text), 0) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3 إلى 5 جرحى", 3, 5),
        ("بين ثلاثة وخمسة قتلى", 3, 5),
        ("بين 30 و40 قتيلا", 30, 40),
        ("من 10 الى 15 شخصا", 10, 15),
        ("3-5", 3, 5),
        ("ثلاثة أو أربعة", 3, 4),
        ("3 إلى 5 آلاف", 3000, 5000),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    bounds = parse_number_range(words_of(text), 0)
    assert bounds is not None
    assert (bounds.low, bounds.high) == (low, high)


@pytest.mark.parametrize("text", ["30 و40", "5 إلى 3", "ثلاثة في خمسة", "بين", "من"])
def test_no_range(text: str) -> None:
    assert parse_number_range(words_of(text), 0) is None


def test_number_stops_at_sentence_end() -> None:
    words = words_of("وصل ألف.\nوخمسمئة غادروا.")
    number = parse_number(words, 1)
    assert number is not None
    assert (number.value, number.end) == (1000, 2)
