"""FollowTheMoney: the entities hang together, and the library itself takes them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from made_exports import READINGS, Export

from mahdar.export.formats.ftm_entity import (
    actor_id,
    clean_day,
    clean_text,
    clean_url,
    make_entity,
)

Entity = dict[str, Any]
LINKS = {
    "Event": ("involved", "addressEntity", "proof"),
    "Note": ("entity", "proof"),
    "Mention": ("document", "resolved"),
    "Documentation": ("document", "entity"),
    "Membership": ("member", "organization"),
}


@pytest.fixture
def entities(export: Export) -> list[Entity]:
    return load(export("ftm", "talks.ftm.jsonl").out)


def load(path: Path) -> list[Entity]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ids_are_unique_and_links_lead_somewhere(entities: list[Entity]) -> None:
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    for entity in entities:
        for name in LINKS.get(entity["schema"], ()):
            for target in entity["properties"].get(name, ()):
                assert target in ids, (entity["schema"], name)


def test_who_and_what(entities: list[Entity]) -> None:
    by_id = {entity["id"]: entity for entity in entities}
    kerry = by_id[actor_id("john-kerry")]
    assert kerry["schema"] == "Person"
    assert kerry["properties"]["country"] == ["us"]
    assert "جون كيري" in kerry["properties"]["name"] + kerry["properties"]["alias"]
    articles = [e for e in entities if e["schema"] == "Article"]
    assert len(articles) == len(READINGS)
    (meeting,) = [e for e in entities if "type:MEET" in str(e) and "modality:occurred" in str(e)]
    told = meeting["properties"]
    assert {actor_id("john-kerry"), actor_id("sergey-lavrov")} == set(told["involved"])
    assert told["startDate"] == ["2015-08-03"]
    assert len(told["proof"]) == 2
    assert "standing:independently_confirmed" in told["keywords"]
    claims = [e for e in entities if e["properties"].get("entity") == [meeting["id"]]]
    assert {c["schema"] for c in claims} == {"Documentation"}
    assert len(claims) == 2


def test_nameless_sources_are_nobody(entities: list[Entity], export: Export) -> None:
    people = [e for e in entities if e["schema"] in ("Person", "Organization", "PublicBody")]
    assert not [e for e in people if "مصادر" in e["properties"]["name"]]
    (said,) = [
        e for e in entities if e["schema"] == "Note" and e["properties"]["name"] == ["مصادر"]
    ]
    assert "entity" not in said["properties"]
    done = export("ftm", "again.ftm.jsonl")
    assert done.left_out.counts["unnamed_actor", ""] == 1


def test_posts_say_that_no_article_claims_them(entities: list[Entity]) -> None:
    posts = [e for e in entities if e["schema"] == "Membership"]
    assert posts
    for post in posts:
        assert "not a claim of an article" in post["properties"]["summary"][0]
        assert post["properties"]["publisher"][0].startswith("Mahdar knowledge pack")


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2015-08-03", "2015-08-03"),
        ("2015-08", "2015-08"),
        ("2015", "2015"),
        ("2015-08-01/2015-08-05", "2015-08-01"),
        ("2015-21", "2015-03-01"),
        ("0586", None),
        ("..", None),
        (None, None),
    ],
)
def test_days(edtf: str | None, day: str | None) -> None:
    assert clean_day(edtf) == day


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("أ\u200fب\u202c", "أب", id="marks of direction"),
        pytest.param(" أ \n ب\t", "أ ب", id="white space"),
        pytest.param("\u0651\u064e", "\u064e\u0651", id="NFC orders the signs"),
        pytest.param("\ufeff مرحبا", "مرحبا", id="byte order mark"),
    ],
)
def test_texts(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def test_urls_keep_their_letters_encoded() -> None:
    assert clean_url("https://a.example/خبر?x=1&y=%20#z") == (
        "https://a.example/%D8%AE%D8%A8%D8%B1?x=1&y=%20#z"
    )
    assert clean_url("javascript:alert(1)") is None
    assert clean_url(None) is None


def test_an_entity_has_no_empty_properties() -> None:
    entity = make_entity("Event", "x", name=["أ", "أ", ""], date=None, summary="")
    assert entity == {"id": "x", "schema": "Event", "properties": {"name": ["أ"]}}


def test_the_library_takes_them(export: Export) -> None:
    """Every property exists, every value is already as the library would clean it, links fit."""
    ftm = pytest.importorskip(
        "followthemoney",
        reason="FOLLOWTHEMONEY NOT INSTALLED: install the extra `ftm` to check its entities",
    )
    entities = load(export("ftm", "talks.ftm.jsonl").out)
    schemas = {entity["id"]: ftm.model.get(entity["schema"]) for entity in entities}
    for entity in entities:
        proxy = ftm.model.get_proxy(entity)
        for name, values in entity["properties"].items():
            prop = proxy.schema.get(name)
            assert prop is not None, (entity["schema"], name)
            for value in values:
                assert prop.type.clean(value) == value, (entity["schema"], name, value)
                if prop.type.name == "entity":
                    assert schemas[value].is_a(prop.range), (entity["schema"], name)
        assert set(proxy.schema.required) <= set(entity["properties"]), entity["schema"]
        back = proxy.to_dict()
        assert {k: sorted(v) for k, v in back["properties"].items()} == {
            k: sorted(v) for k, v in entity["properties"].items()
        }


def test_ids_are_plain(entities: list[Entity]) -> None:
    assert all(re.fullmatch(r"mahdar-[a-z0-9-]+", entity["id"]) for entity in entities)
