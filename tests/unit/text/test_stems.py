"""Stems: inflections of a word share one, other words and names do not; spelling does not matter."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mahdar.store.analysis import analyze_word, load_stemmer
from mahdar.text.stems import Stemmer, fold_word
from mahdar.text.words import iter_word_spans

GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold" / "train"

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


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_dir(), reason="NO GOLD ARTICLES beside the checkout")
def test_particles_of_annotated_names_do_not_change_the_stem() -> None:
    articles = (GOLD / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, articles)}
    agree: list[bool] = []
    with_particle: list[bool] = []
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = texts[gold["id"]]
        spans = list(iter_word_spans(text))
        for mention in (m for e in gold["entities"] for m in (*e["named"], *e["nominal"])):
            places = [found.start() for found in re.finditer(re.escape(mention["q"]), text)]
            at = places[mention.get("n", 1) - 1]
            start, end = next((s, e) for s, e in spans if s <= at < e)
            whole, rest = analyze_word(text[start:end]), analyze_word(text[at:end])
            if whole and rest and text[start] >= "\u0600":
                agree.append(whole[-1][1] == rest[-1][1])
                if start < at:
                    with_particle.append(agree[-1])
    # Measured 0.998 of 3,197 and 0.986 of 423.
    assert sum(agree) / len(agree) > 0.995
    assert sum(with_particle) / len(with_particle) > 0.975
