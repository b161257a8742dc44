"""Names are found in text: longest match, clitics, spelling variants, strengths."""

from __future__ import annotations

import pytest

from mahdar.knowledge.index import NameIndex, NameMatch
from mahdar.text.sentences import split_sentences
from mahdar.text.words import Words, find_words


def words_of(text: str) -> Words:
    return find_words(text, split_sentences(text))


@pytest.fixture(scope="module")
def index() -> NameIndex:
    index = NameIndex()
    for name, id_ in (
        ("اليمن", "yemen"),
        ("أبو ظبي", "abu-dhabi"),
        ("عبد الله صالح", "abdullah-saleh"),
        ("مجلس الأمن", "council"),
        ("مجلس الأمن الدولي", "council"),
        ("الأمم المتحدة", "un"),
        ("تنظيم داعش", "isis"),
        ("حزب الله", "hezbollah"),
        ("مسقط", "muscat"),
        ("أبها", "abha"),
        ("آفاد", "afad"),
        ("رام الله", "ramallah"),
        ("مجموعة 5+1", "p5-plus-1"),
    ):
        index.add(name, id_)
    index.add_tail("مصر", "egypt")
    index.add("الحوثيون", "houthis", plural=True)
    index.add("طرابلس", "tripoli")
    index.add("طرابلس", "tripoli-lebanon")
    index.add("كسب", "kasab")
    index.add("التحالف", "coalition", strength=1)
    index.add("هندرسون", "henderson", strength=0)
    index.add_loose("فرانك فالتر شتاينماير", "steinmeier")
    index.add_loose("أنطونيو غوتيريس", "guterres")
    return index


def surfaces(index: NameIndex, text: str, *, weak: bool = False) -> list[tuple[str, str]]:
    found = index.find(words_of(text), weak=weak)
    return [(text[m.start : m.end], m.ids[0]) for m in found]


CASES = {
    "plain": ("في اليمن اليوم", [("اليمن", "yemen")]),
    "lam with article": ("مبعوث لليمن", [("ليمن", "yemen")]),
    "conjunction": ("صنعاء واليمن", [("اليمن", "yemen")]),
    "two proclitics": ("وباليمن حرب", [("اليمن", "yemen")]),
    "tatweel after proclitic": ("بـــاليمن", [("اليمن", "yemen")]),
    "longest": ("قرر مجلس الأمن الدولي", [("مجلس الأمن الدولي", "council")]),
    "shorter when the longer breaks off": ("مجلس الأمن يدين", [("مجلس الأمن", "council")]),
    "not across sentences": ("مجلس\nالأمن", []),
    "joined fore-word": ("زار أبوظبي", [("أبوظبي", "abu-dhabi")]),
    "parted fore-word": ("زار ابو ظبي", [("ابو ظبي", "abu-dhabi")]),
    "genitive fore-word": ("إلى أبي ظبي", [("أبي ظبي", "abu-dhabi")]),
    "joined theophoric": ("قال عبدالله صالح", [("عبدالله صالح", "abdullah-saleh")]),
    "parted theophoric with clitic": ("وعبد الله صالح", [("عبد الله صالح", "abdullah-saleh")]),
    "name before Allah joined": ("إن حزبالله", [("حزبالله", "hezbollah")]),
    "glued": ("في الأممالمتحدة أمس", [("الأممالمتحدة", "un")]),
    "glued to a frequent word": ("أشاد بدورمصر في", [("مصر", "egypt")]),
    "glued to a frequent word behind": ("نجاح مجلس الأمنفي ذلك", [("مجلس الأمن", "council")]),
    "glued to another name": (
        "بين مجلس الأمنومصر أمس",
        [("مجلس الأمن", "council"), ("مصر", "egypt")],
    ),
    "glued to no word": ("في مجلس الأمنيات", []),
    "end of a word": ("منمصر وكسمصر", [("مصر", "egypt")]),
    "quotation marks inside": ('تنظيم "داعش" الإرهابي', [('تنظيم "داعش"', "isis")]),
    "guillemets inside": ("تنظيم «داعش»، أمس", [("تنظيم «داعش»", "isis")]),
    "genitive plural": ("مع الحوثيين", [("الحوثيين", "houthis")]),
    "hamza left off": ("مدينة ابها", [("ابها", "abha")]),
    "another hamza": ("أفاد مصدر", []),
    "digits": ("دول مجموعة ٥+١ تجتمع", [("مجموعة ٥+١", "p5-plus-1")]),
    "birthplace is no Muscat": ("مسقط رأس الرئيس", []),
    "Muscat": ("وصل مسقط أمس", [("مسقط", "muscat")]),
    "common word is weak": ("كسب المعركة", []),
    "weak is left out": ("غارات التحالف", []),
    "silent": ("قال هندرسون", []),
    "another transliteration": ("قال انطونيو جوتيرس", [("انطونيو جوتيرس", "guterres")]),
    "three-part transliteration": (
        "فرانك فالتر شتاينمير يزور",
        [("فرانك فالتر شتاينمير", "steinmeier")],
    ),
    "tanwin is no name": ("دائماً أبهاً", []),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_find(index: NameIndex, text: str, expected: list[tuple[str, str]]) -> None:
    assert surfaces(index, text) == expected


def test_weak_names_when_asked(index: NameIndex) -> None:
    text = "غارات التحالف قرب كسب"
    found = index.find(words_of(text), weak=True)
    assert [(m.ids[0], m.weak) for m in found] == [("coalition", True), ("kasab", True)]


def test_shared_name_gives_all_ids(index: NameIndex) -> None:
    (match,) = index.find(words_of("في طرابلس"))
    assert match == NameMatch(3, 9, 1, 1, ("tripoli", "tripoli-lebanon"))


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("هندرسون", ("henderson",)),
        ("التحالف", ("coalition",)),
        ("أبوظبي", ("abu-dhabi",)),
        ("لا أحد", ()),
        ("", ()),
    ],
)
def test_lookup(index: NameIndex, name: str, ids: tuple[str, ...]) -> None:
    assert index.lookup(name) == ids
