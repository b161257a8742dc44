"""The shipped packs: sizes that the project promises, and what they know."""

from __future__ import annotations

import pytest

from mahdar.knowledge.check import iter_problems
from mahdar.knowledge.load import Knowledge, load_knowledge
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_sizes(knowledge: Knowledge) -> None:
    assert len(knowledge.actors) >= 1500
    assert len(knowledge.places) >= 30_000
    assert len(knowledge.instruments) >= 200


def test_nothing_to_mend(knowledge: Knowledge) -> None:
    assert [f"{p.record} {p.fault}: {p.text}" for p in iter_problems(knowledge)] == []


def test_every_record_is_sourced(knowledge: Knowledge) -> None:
    for record in (*knowledge.actors.values(), *knowledge.places.values()):
        origin = record.origin
        assert origin.kind == "memory" or origin.ref or origin.articles, record.id


@pytest.mark.parametrize(
    ("title", "of", "date", "holder"),
    [
        ("foreign-minister", "united-states", "2015-08-03", "john-kerry"),
        ("foreign-minister", "united-states", "2017-08", "rex-tillerson"),
        ("وزير الخارجية", "germany", "2019-05-01", "heiko-maas"),
        ("foreign-minister", "turkey", "2015-09-15", "feridun-sinirlioglu"),
        ("president", "egypt", "2013-01", "mohamed-morsi"),
        ("un-envoy", "yemen", "2016", "ismail-ould-cheikh-ahmed"),
        ("un-envoy", "syria", "2013-10", "lakhdar-brahimi"),
        ("secretary-general", "united-nations", "2016-12-01", "ban-ki-moon"),
        ("king", "saudi-arabia", "2014", "king-abdullah-saudi"),
        ("foreign-policy-chief", "european-union", "2015", "federica-mogherini"),
        ("رئيس الدبلوماسية", "united-states", "2015-08-03", "john-kerry"),
        ("كبير الدبلوماسيين", "united-states", "2022", "antony-blinken"),
        ("رئيسة الدبلوماسية الأوروبية", "european-union", "2016", "federica-mogherini"),
        ("الموفدة الأميركية", "lebanon", "2025-03", "morgan-ortagus"),
        ("رئيسة البعثة الأممية", "libya", "2025-06", "hanna-tetteh"),
        ("المبعوث الشخصي", "western-sahara", "2018", "horst-kohler"),
        ("un-envoy", "libya", "2022-03", "stephanie-williams"),
        ("us-envoy", "syria", "2019", "james-jeffrey"),
        ("us-envoy", "yemen", "2022", "tim-lenderking"),
        ("defence-minister", "yemen", "2019", "mohammed-al-maqdashi"),
        ("foreign-minister", "syria", "2022", "faisal-mekdad"),
        ("prime-minister", "libya", "2019", "fayez-al-sarraj"),
        ("رئيس", "mhp", "2016", "devlet-bahceli"),
    ],
)
def test_holders(knowledge: Knowledge, title: str, of: str, date: str, holder: str) -> None:
    assert knowledge.holders(title, of, date) == (holder,)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("عادل بن أحمد الجبير", "adel-al-jubeir"),
        ("محمد بن سلمان بن عبد العزيز آل سعود", "mohammed-bin-salman"),
        ("انطونيو جوتيرش", "antonio-guterres"),
        ("سيرغى لافروف", "sergey-lavrov"),
        ("دونالد طرامب", "donald-trump"),
    ],
)
def test_find_person(knowledge: Knowledge, name: str, id_: str) -> None:
    assert id_ in knowledge.find_person(name)


@pytest.mark.parametrize(
    ("adjective", "place"),
    [
        ("روسيه", "russia"),
        ("امريكيين", "united-states"),
        ("اميركي", "united-states"),
        ("سوريتان", "syria"),
        ("كوري شمالي", "north-korea"),
        ("اتراك", "turkey"),
        ("خليجي", "gulf-states"),
        ("اوروبيه", "europe"),
    ],
)
def test_demonyms(knowledge: Knowledge, adjective: str, place: str) -> None:
    assert knowledge.demonyms[adjective] == place


@pytest.mark.parametrize(
    ("place", "government"),
    [
        ("moscow", "russia-government"),
        ("washington", "us-administration"),
        ("riyadh", "saudi-arabia-government"),
        ("geneva", None),
    ],
)
def test_metonyms(knowledge: Knowledge, place: str, government: str | None) -> None:
    found = knowledge.government_of(place)
    assert (found.id if found else None) == government


def test_a_firm_name_also_gives_what_it_may_mean_in_context(knowledge: Knowledge) -> None:
    text = "صحيفة الشرق الأوسط"
    (match,) = knowledge.find_names(find_words(text, split_sentences(text)))
    assert match.ids == ("middle-east", "asharq-al-awsat")


@pytest.mark.parametrize(
    ("state", "suffix", "id_"),
    [
        ("lebanon", "army", "lebanese-army"),
        ("syria", "army", "syrian-army"),
        ("ukraine", "parliament", "verkhovna-rada"),
        ("france", "presidency", "elysee"),
        ("palestine", "government", "palestinian-government"),
        ("libya", "army", "libya-army"),
        ("norway", "army", "norway-army"),
    ],
)
def test_a_body_has_one_id(knowledge: Knowledge, state: str, suffix: str, id_: str) -> None:
    body = knowledge.body(state, suffix)
    assert body.id == id_
    assert id_ in (*knowledge.lookup(body.names["ar"][0]), "norway-army")
    assert knowledge.record(id_) is not None


def test_a_disputed_name_is_no_sides_own(knowledge: Knowledge) -> None:
    assert knowledge.lookup("الجيش الليبي") == ("libya-army", "libyan-national-army")


TEXTS = {
    "damaged and glued": ("في الأممالمتحدة وسوريـــا", ["united-nations", "syria"]),
    "spellings of Astana": ("محادثات الآستانة وأستانا وأستانة", ["astana"] * 3),
    "states": ("زار لليمن وبالعراق فإيران", ["yemen", "iraq", "iran"]),
    "press": ("نقلت رويترز عن وكالة أنباء فارس", ["reuters", "fars"]),
    "names, not descriptions": (
        "قصفت طائرات التحالف العربي تنظيم داعش الإرهابي",
        ["saudi-led-coalition", "isis"],
    ),
    "later years": (
        "التقى الجولاني غير بيدرسون وتوم باراك",
        ["ahmed-al-sharaa", "geir-pedersen", "tom-barrack"],
    ),
    "common words": ("كان أفاد مشهد القاعدة قبل ذلك دوماً فإن مالية سنة", []),
    "conflict areas": (
        "الغوطة الشرقية وحميميم ودونباس وباب المندب",
        ["eastern-ghouta", "hmeimim-air-base", "donbas", "bab-el-mandeb"],
    ),
}


@pytest.mark.parametrize(("text", "ids"), TEXTS.values(), ids=TEXTS)
def test_find_names(knowledge: Knowledge, text: str, ids: list[str]) -> None:
    found = knowledge.find_names(find_words(text, split_sentences(text)))
    assert [match.ids[0] for match in found] == ids
