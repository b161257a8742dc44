"""Which entities a model's chances join, and what the joined keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.annotation.names.clusters import Cluster, Clusters
from mahdar.annotation.names.find import entities_of
from mahdar.annotation.names.joins import join_same
from mahdar.annotation.names.sameness import Company, Sameness, load_sameness
from mahdar.annotation.names.view import View
from mahdar.knowledge.load import load_knowledge
from mahdar.linear import LinearModel
from mahdar.model import Entity, EntityType
from mahdar.text.sentences import split_sentences
from mahdar.text.words import find_words

Make = Callable[..., Clusters]
ALWAYS = Sameness(LinearModel(("yes",), {"bias": (9.0,)}), {})
NEVER = Sameness(LinearModel(("yes",), {"bias": (-9.0,)}), {})


@pytest.fixture
def make(view: Callable[[str], View]) -> Make:
    """Return entities of a text: type, pack id, and named and nominal mentions as they stand in it."""

    def clusters(text: str, *rows: tuple[EntityType, str | None, str, str]) -> Clusters:
        found = Clusters(view(text))
        for type_, kb, named, nominal in rows:
            cluster = Cluster(type_, kb=kb)
            for words, kind in ((named, "named"), (nominal, "nominal")):
                for part in filter(None, words.split("|")):
                    start = text.index(part)
                    cluster.add(start, start + len(part), kind)  # type: ignore[arg-type]
            found.all.append(cluster)
        return found

    return clusters


def alive(clusters: Clusters) -> list[Cluster]:
    return [c for c in clusters.all if c.mentions]


def test_a_described_body_goes_to_the_named(make: Make) -> None:
    text = "هاجمت حماس الموقع. وانسحب مقاتلو حماس لاحقا."
    found = make(text, ("ORG", None, "", "مقاتلو حماس"), ("ORG", "hamas", "حماس", ""))
    join_same(found, ALWAYS)
    (one,) = alive(found)
    assert one.kb == "hamas"
    assert len(one.mentions) == 2
    assert found.all[0].merged


def test_unlikely_pairs_stay_apart(make: Make) -> None:
    text = "هاجمت حماس الموقع. وانسحب مقاتلو حماس لاحقا."
    found = make(text, ("ORG", None, "", "مقاتلو حماس"), ("ORG", "hamas", "حماس", ""))
    join_same(found, NEVER)
    assert len(alive(found)) == 2


def test_two_of_the_packs_stay_two(make: Make) -> None:
    text = "حماس وقوات حماس وجماعة الحوثي وقوات الحوثي"
    found = make(
        text,
        ("ORG", "hamas", "حماس", ""),
        ("ORG", None, "", "قوات حماس"),
        ("ORG", "houthis", "جماعة الحوثي", ""),
        ("ORG", None, "", "قوات الحوثي"),
    )
    join_same(found, ALWAYS)
    assert [c.kb for c in alive(found)] in (["hamas", "houthis"], ["houthis", "hamas"])


def test_a_person_is_no_body(make: Make) -> None:
    text = "قتل مسلح. وفر المسلحون."
    found = make(text, ("PER", None, "", "مسلح"), ("ORG", None, "", "المسلحون"))
    join_same(found, ALWAYS)
    assert len(alive(found)) == 2


def test_two_names_are_not_joined_through_a_noun(make: Make) -> None:
    text = "حضرت السيدة ليلى الحمروني الجلسة كلها في اليوم الأول. وقالت السيدة هند صبري"
    found = make(
        text,
        ("PER", None, "ليلى الحمروني", ""),
        ("PER", None, "هند صبري", ""),
        ("PER", None, "", "السيدة"),
    )
    join_same(found, ALWAYS)
    assert sum(c.named for c in alive(found)) == 2


def test_members_follow_whom_they_became(make: Make) -> None:
    text = "التقت حماس الجانبين. وانسحب مقاتلو حماس لاحقا."
    found = make(
        text,
        ("ORG", "hamas", "حماس", ""),
        ("ORG", None, "", "مقاتلو حماس"),
        ("ORG", None, "", "الجانبين"),
    )
    hamas, fighters, sides = found.all
    sides.members = [hamas, fighters]
    join_same(found, ALWAYS)
    assert sides.members == [hamas]


def test_a_veto_parts_groups(make: Make) -> None:
    text = "قوات الشمال. قوات الجنوب. قوات"
    rows: list[tuple[EntityType, None, str, str]] = [
        ("ORG", None, "", "قوات الشمال"),
        ("ORG", None, "", "قوات الجنوب"),
    ]
    found = make(text, *rows)
    last = Cluster("ORG")
    last.add(text.rindex("قوات"), len(text), "nominal")
    found.all.append(last)
    weights = {"bias": (2.0,), "lx=جنوب": (-9.0,), "ly=شمال": (-1.0,)}
    join_same(found, Sameness(LinearModel(("yes",), weights), {}))
    groups = alive(found)
    north = next(c for c in groups if (0, len("قوات الشمال"), "nominal") in c.mentions)
    assert all(start != text.index("قوات الجنوب") for start, _, _ in north.mentions)


def test_partner_nouns_make_a_pair(make: Make) -> None:
    text = "قتل المهاجمون. وفر بعيدا في اليوم التالي كل من كان معهم من هؤلاء المسلحون."
    found = make(text, ("ORG", None, "", "المهاجمون"), ("ORG", None, "", "المسلحون"))
    company = Company(found.view, found.all)
    assert list(company.pairs({})) == []
    heads = [p.wordings[0].head for p in company.profiles]
    partners = {heads[0]: frozenset(heads[1:]), heads[1]: frozenset(heads[:1])}
    assert len(list(company.pairs(partners))) == 1


def test_pairs_stay_few_in_a_long_text(view: Callable[[str], View]) -> None:
    text = " . ".join(["هاجمت قوات الشمال المدينة وبقيت فيها أياما طويلة"] * 200)
    found = Clusters(view(text))
    at = text.find("قوات")
    while at >= 0:
        cluster = Cluster("ORG")
        cluster.add(at, at + len("قوات الشمال"), "nominal")
        found.all.append(cluster)
        at = text.find("قوات", at + 1)
    assert len(list(Company(found.view, found.all).pairs({}))) < 200 * 15


@pytest.mark.parametrize(
    ("text", "one"),
    [
        pytest.param(
            "اعتقلت الشرطة شابا فلسطينيا أمس. وقال شهود إن الشاب الفلسطيني نقل إلى المستشفى.",
            {"شابا فلسطينيا", "الشاب الفلسطيني"},
            id="who was brought in is called back",
        ),
        pytest.param(
            "سيطر مقاتلو المقاومة الشعبية على المطار. وقال شهود إن المقاومة الشعبية تقدمت."
            " وانسحبت عناصر المقاومة الشعبية.",
            {"مقاتلو المقاومة الشعبية", "المقاومة الشعبية", "عناصر المقاومة الشعبية"},
            id="men of a group",
        ),
        pytest.param(
            "أصيب ستة حراس في الهجوم. وقال الطبيب إن الحراس في حال جيدة.",
            {"ستة حراس", "الحراس"},
            id="a number",
        ),
    ],
)
def test_shipped_model(text: str, one: set[str]) -> None:
    words = find_words(text, split_sentences(text))
    rules = entities_of(text, words, load_knowledge(), None)
    learned = entities_of(text, words, load_knowledge(), None, None, load_sameness())

    def mentions(entities: tuple[Entity, ...]) -> list[set[str]]:
        return [{text[m.start : m.end] for m in e.mentions} for e in entities]

    assert one not in mentions(rules)
    assert one in mentions(learned)
