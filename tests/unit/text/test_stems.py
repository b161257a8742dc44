"""Stems: inflections of a word share one, other words and names do not; spelling does not matter."""

from __future__ import annotations

import pytest

from mahdar.store.analysis import load_stemmer
from mahdar.text.stems import Stemmer, fold_word

INFLECTIONS = {
    "truce": "هدنة الهدنة بالهدنة للهدنة وهدنة والهدنة هدنتها هدنتين",
    "negotiations": "مفاوضات المفاوضات بمفاوضات مفاوضاتهم ومفاوضات للمفاوضات والمفاوضات",
    "Houthis": "الحوثيون الحوثيين الحوثي للحوثيين والحوثيين بالحوثيين حوثية",
    "agreement": "اتفاق الاتفاق اتفاقا لاتفاق واتفاق اتفاقهما باتفاق اتفاقات اتّفاق",
    "minister": "وزير الوزير لوزير ووزير بوزير وزيرا",
    "official": "مسؤول مسئول مسؤولين المسؤولون مسؤولي للمسؤولين مسئولون",
    "forces": "قوات القوات قوة لقوات وقوات بقوات قواته",
    "announced": "أعلن وأعلن أعلنت أعلنوا وأعلنت اعلن",
    "announces": "يعلن تعلن سيعلن ستعلن يعلنون ويعلن",
    "Kerry": "كيري لكيري بكيري وكيري کيري",
    "Lavrov": "لافروف ولافروف للافروف",
    "Sanaa": "صنعاء بصنعاء لصنعاء وصنعاء صنعا",
    "Lebanon": "لبنان ولبنان بلبنان للبنان لبنانَ",
    "Germany": "ألمانيا وألمانيا لألمانيا بألمانيا",
    "commitment": "التزام الالتزام بالتزام التزامات بالتزاماتها والتزامها",
    "decision": "قرار القرار قرارات بقرار لقرارها وقراراتها القراران",
    "refugees": "اللاجئين لاجئين اللاجئون لاجئ ولاجئين لاجئي",
    "affairs": "شؤون شئون الشؤون للشؤون لشؤون",
    "statement": "بيان البيان بيانا بيانها ببيان والبيان لبيان",
    "America": "أمريكا أميركا لأميركا وأمريكا",
    "Syria": "سوريا سورية بسوريا وسورية",
    "house": "بيت البيت للبيت وبيتها",
    "door": "باب الباب بالباب للباب",
    "delegation": "وفد الوفد للوفد بوفد وفدا والوفد",
}
APART = [
    *("الحسن الحسين", "سليمان سليم", "عدنان عدن", "صالحي صالح", "عرفات عرف", "لبنان لبن"),
    *("السودان سود", "حسان حسن", "هادي هاد", "شعبان شعب", "قانون قان", "عدوان عدو"),
    *("رياضة الرياض", "ليبيا ليبي", "سلمان سالم", "محمد محمود", "حمد محمد", "زيدان زيد"),
    *("نصرالله نصر", "رمضان رمض", "وليد ليد", "كيري يرى", "وزير زير", "باريس ريس"),
    *("لجنة جنة", "ولايتي ولاية", "طهران طهر", "البحرين بحر", "فيصل يصل", "سعودي سعود"),
    *("لجنة اللجوء", "عشرين عشرة", "وقف قف", "كندا ندا", "والد الد", "بيان يان"),
]


def stem(word: str) -> str:
    return load_stemmer().stem(fold_word(word))


@pytest.mark.parametrize("forms", INFLECTIONS.values(), ids=INFLECTIONS)
def test_inflections_share_a_stem(forms: str) -> None:
    found = {form: stem(form) for form in forms.split()}
    assert len(set(found.values())) == 1, found


@pytest.mark.parametrize("pair", APART)
def test_other_words_keep_theirs(pair: str) -> None:
    a, b = pair.split()
    assert stem(a) != stem(b)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مسؤول", "مسءول"),
        ("مسئول", "مسءول"),
        ("مسو\u0654ول", "مسءول"),  # the hamza as a mark of its own
        ("وزراء", "وزرا"),
        ("الـهُـدْنَـة", "الهدنه"),
        ("ﻫﺪﻧﺔ", "هدنه"),
        ("٢٠١٥", "2015"),
        ("۲۰۱۵", "2015"),
        ("José", "jose"),
        ("Straße", "strasse"),
        ("LAVROV", "lavrov"),
        ("ماء", "ماء"),
    ],
)
def test_spelling_is_folded(written: str, folded: str) -> None:
    assert fold_word(written) == folded
    assert fold_word(folded) == folded


def test_only_counts_take_letters_off() -> None:
    known = Stemmer({"قال": 50, "وقال": 20, "زير": 5, "وزير": 80, "الوزير": 90})
    assert known.stem("وقال") == "قال"
    assert known.stem("وزير") == "وزير"
    assert Stemmer({}).stem("مفاوضات") == "مفاوضات"
    assert Stemmer({"سليم": 90}, {"سليمان"}).stem("سليمان") == "سليمان"
    assert Stemmer({}, (), {"اميركا": "امريكا"}).stem("اميركا") == "امريكا"


@pytest.mark.parametrize("word", ["s", "2015", "daesh", "«", "ا", "و"])
def test_what_has_no_stem_is_its_own(word: str) -> None:
    assert stem(word) == word
