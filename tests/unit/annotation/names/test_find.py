from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.find import entities_of
from mahdar.knowledge.load import load_knowledge
from mahdar.model import Entity
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

Find = Callable[..., tuple[Entity, ...]]


def named(text: str, entities: tuple[Entity, ...]) -> list[tuple[str, str]]:
    return [
        (text[m.start : m.end], e.type)
        for m, e in sorted(
            ((m, e) for e in entities for m in e.mentions if m.kind == "named"),
            key=lambda pair: pair[0].start,
        )
    ]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(
            "وصل وزير الخارجية الأمريكي جون كيري إلى القاهرة.",
            [("جون كيري", "PER"), ("القاهرة", "LOC")],
            id="title stays outside",
        ),
        pytest.param(
            "قدم الدعم لليمن وبالقاهرة ومن موسكو.",
            [("ليمن", "LOC"), ("القاهرة", "LOC"), ("موسكو", "LOC")],
            id="proclitics stay outside",
        ),
        pytest.param(
            "أعلنت وزارة الخارجية الروسية والجيش التركي ذلك.",
            [("وزارة الخارجية الروسية", "ORG"), ("الجيش التركي", "ORG")],
            id="bodies of states",
        ),
        pytest.param(
            "نفت حكومة مصر النبأ.", [("حكومة مصر", "ORG")], id="government of a named state"
        ),
        pytest.param(
            "قالت الدكتورة منى الصيادي إن المستشار سالم بن راشد غادر عدن.",
            [("منى الصيادي", "PER"), ("سالم بن راشد", "PER"), ("عدن", "LOC")],
            id="persons that no pack knows",
        ),
        pytest.param(
            'قال في تصريح لـ"الشرق الأوسط" إن الشرق الأوسط يحتاج السلام.',
            [("الشرق الأوسط", "ORG"), ("الشرق الأوسط", "LOC")],
            id="newspaper and region",
        ),
        pytest.param(
            'تبنى تنظيم "أنصار" الهجوم ونشرته صحيفة "المسار".',
            [('تنظيم "أنصار"', "ORG"), ("المسار", "ORG")],
            id="quoted names, inside and outside",
        ),
        pytest.param(
            "حلقت الطائرة السعودية فوق السعودية.", [("السعودية", "LOC")], id="adjective, then noun"
        ),
        pytest.param(
            "صواريخ تدمر المباني قرب مدينة تدمر.", [("تدمر", "LOC")], id="verb, then place"
        ),
        pytest.param(
            "وقتل جندي قرب بعقوبة أمس.", [("بعقوبة", "LOC")], id="no penalty after a preposition"
        ),
        pytest.param(
            "اجتمعا في فندق ريكسوس أمس.", [("فندق ريكسوس", "LOC")], id="a building of a strange name"
        ),
        pytest.param("نقل الجرحى إلى مستشفى ميداني أمس.", [], id="what kind of building is no name"),
        pytest.param("أقيم جسر جوي لنقل الإغاثة.", [], id="an airlift is no place"),
        pytest.param(
            "نقل الجرحى إلى مستشفى في بلدة الحراك.", [("الحراك", "LOC")], id="place by its noun"
        ),
        pytest.param("قال اليوم إن الوطن بخير.", [], id="no medium in daily words"),
        pytest.param("قصف حزب العمال الكردستاني التركي المحظور.", [("حزب العمال الكردستاني", "ORG")], id="pack names end where they end"),
    ],
)  # fmt: skip
def test_named_mentions(entities: Find, text: str, want: list[tuple[str, str]]) -> None:
    assert named(text, entities(text)) == want


@pytest.mark.parametrize(
    ("text", "date", "want"),
    [
        pytest.param(
            "قال وزير الخارجية الأمريكي إن الهدنة صامدة.", "2015-08-01", "john-kerry", id="2015"
        ),
        pytest.param(
            "قال وزير الخارجية الأمريكي إن الهدنة صامدة.", "2017-08-01", "rex-tillerson", id="2017"
        ),
    ],
)
def test_posts_are_resolved_by_date(entities: Find, text: str, date: str, want: str) -> None:
    found = {e.kb: [text[m.start : m.end] for m in e.mentions] for e in entities(text, date)}
    assert found[want] == ["وزير الخارجية الأمريكي"]


@pytest.mark.parametrize(
    ("text", "mention", "want"),
    [
        pytest.param(
            "بحث جون كيري مع نظيره المصري سامح شكري الهدنة.", "نظيره المصري", "sameh-shoukry", id="counterpart with name"
        ),
        pytest.param(
            "وصل جون كيري إلى القاهرة حيث يلتقي نظيره المصري.", "نظيره المصري", "sameh-shoukry", id="counterpart without name"
        ),
        pytest.param(
            "التقى جون كيري سيرغي لافروف في موسكو. وقال الوزير الروسي إن اللقاء مثمر.", "الوزير الروسي", "sergey-lavrov", id="role and nationality"
        ),
        pytest.param("أكدت حركة حماس ذلك. ونفت الحركة النبأ.", "الحركة", "hamas", id="movement"),
        pytest.param("وصل لافروف. قال سيرغي لافروف ذلك.", "لافروف", "sergey-lavrov", id="surname before full name"),
        pytest.param("قالت السلطات التركية إنها أوقفت شخصين.", "السلطات التركية", "turkey-government", id="government by adjective"),
        pytest.param("زار جون كيري العاصمة المصرية.", "العاصمة المصرية", "cairo", id="capital by adjective"),
        pytest.param("قال سامح شكري إن بلاده ترحب.", "بلاده", "egypt", id="his country"),
    ],
)  # fmt: skip
def test_coreference(entities: Find, text: str, mention: str, want: str) -> None:
    at = text.index(mention)
    owners = [e.kb for e in entities(text) if any(m.start == at for m in e.mentions)]
    assert owners == [want]


def test_joint_nominals_have_members(entities: Find) -> None:
    text = (
        "التقى سيرغي لافروف سامح شكري في القاهرة، وقال الوزيران إن الجانبين المصري والروسي اتفقا."
    )
    found = entities(text)
    kb = {e.id: e.kb for e in found}
    joint = {
        text[e.mentions[0].start : e.mentions[0].end]: {kb[m] for m in e.members}
        for e in found
        if e.members
    }
    assert joint == {
        "الوزيران": {"sergey-lavrov", "sameh-shoukry"},
        "الجانبين المصري والروسي": {"egypt", "russia"},
    }


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        pytest.param("قالت مصادر دبلوماسية إن الهدنة صامدة.", "مصادر دبلوماسية", id="sources"),
        pytest.param("أكد مسؤول أمريكي ذلك.", "مسؤول أمريكي", id="official"),
        pytest.param("روى شهود عيان ما جرى.", "شهود عيان", id="witnesses"),
    ],
)
def test_unnamed_sources(entities: Find, text: str, mention: str) -> None:
    at = text.index(mention)
    (source,) = (e for e in entities(text) if any(m.start == at for m in e.mentions))
    assert source.source
    assert source.type == "ORG"
    assert text[source.mentions[0].start : source.mentions[0].end] == mention


def test_unknown_names_get_the_same_key_in_two_articles(entities: Find) -> None:
    one = entities("قال الدكتور سالم المرهبي إن الهدنة صامدة.")
    other = entities("التقى الدكتور سالم المرهبي الوفد، وأكد المرهبي ذلك.")
    assert {e.key for e in one if e.type == "PER"} == {"PER:سالم المرهبي"}
    assert "PER:سالم المرهبي" in {e.key for e in other}


def test_empty(entities: Find) -> None:
    assert entities("") == ()
    assert entities("   \n\n ") == ()


@pytest.mark.parametrize(
    ("text", "nominal", "kb"),
    [
        pytest.param(
            "قال متحدث باسم وزير الخارجية الروسي سيرغي لافروف إن الزيارة قريبة.",
            "متحدث باسم وزير الخارجية الروسي",
            None,
            id="a spokesman is not whom he speaks for",
        ),
        pytest.param(
            "قال المتحدث باسم الرئيس اليمني سالم باوزير إن الزيارة قريبة.",
            "المتحدث باسم الرئيس اليمني",
            None,
            id="a spokesman who is not the president",
        ),
        pytest.param(
            "قال نائب رئيس الوزراء ووزير الخارجية المصري سامح شكري إن الزيارة قريبة.",
            "نائب رئيس الوزراء",
            "sameh-shoukry",
            id="two posts of one person",
        ),
        pytest.param(
            "قال وزير الخارجية الروسي (موسكو) سيرغي لافروف إن الزيارة قريبة.",
            "وزير الخارجية الروسي",
            "sergey-lavrov",
            id="an aside between title and name",
        ),
    ],
)
def test_titles_beside_a_name(entities: Find, text: str, nominal: str, kb: str | None) -> None:
    at = text.index(nominal)
    (entity,) = (e for e in entities(text) if any(m.start == at for m in e.mentions))
    assert entity.kb == kb


@pytest.mark.parametrize("end", ["", " ", ")", ").", " تتمة"])
def test_a_name_in_brackets_may_end_the_text(entities: Find, end: str) -> None:
    text = "أعلنت الأمم المتحدة (حزب العمال الكردستاني" + end
    found = named(text, entities(text))
    assert found == [("الأمم المتحدة", "ORG"), ("حزب العمال الكردستاني", "ORG")]


@pytest.mark.parametrize(
    ("text", "kb"),
    [
        ("تقدمت المقاومة في اليمن وسيطرت على محافظة البيضاء أمس.", "al-bayda-yemen"),
        ("اجتمع مجلس النواب الليبي في مدينة البيضاء شرق ليبيا.", "al-bayda-libya"),
    ],
)
def test_a_shared_weak_name_is_of_the_country_that_the_article_names(text: str, kb: str) -> None:
    words = find_words(text, split_sentences(text))
    entities = entities_of(text, words, load_knowledge(), None)
    at = text.index("البيضاء")
    (entity,) = (e for e in entities if any(m.start == at for m in e.mentions))
    assert entity.kb == kb
