"""Packs are read from files; whatever breaks the schema is named with file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from mahdar.errors import KnowledgeError
from mahdar.knowledge.join import join_packs
from mahdar.knowledge.read import read_pack
from mahdar.knowledge.template import write_template

ENVOY: dict[str, Any] = {
    "id": "some-envoy",
    "type": "PER",
    "kind": "envoy",
    "country": "NO",
    "names": {"ar": ["فلان العلاني"], "en": ["Some Envoy"]},
    "posts": [{"title": "un-envoy", "of": "some-land", "start": "2020-01", "end": "2021"}],
    "origin": {"kind": "memory"},
}
LAND: dict[str, Any] = {
    "id": "some-land",
    "kind": "country",
    "country": "QQ",
    "names": {"ar": ["بلاد ما"], "en": ["Some Land"]},
    "demonyms": ["ماوي"],
    "capital": "some-city",
    "origin": {"kind": "memory"},
}
CITY: dict[str, Any] = {
    "id": "some-city",
    "kind": "capital",
    "country": "QQ",
    "names": {"ar": ["مدينة ما"]},
    "origin": {"kind": "memory"},
}


def write_pack(folder: Path, name: str = "test", **files: list[dict[str, Any]]) -> Path:
    path = folder / name
    path.mkdir()
    (path / "pack.toml").write_text(f'name = "{name}"\n', encoding="utf-8")
    for kind, records in files.items():
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        (path / f"{kind}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return path


def test_reads_a_pack(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, actors=[ENVOY], places=[LAND, CITY])
    knowledge = join_packs([read_pack(folder)])
    assert knowledge.actors["some-envoy"].names["ar"] == ("فلان العلاني",)
    assert knowledge.demonyms["ماويه"] == "some-land"
    assert knowledge.capital_of == {"some-city": "some-land"}
    assert knowledge.holders("un-envoy", "some-land", "2020-01-15") == ("some-envoy",)
    assert knowledge.holders("المبعوث الأممي", "some-land", "2021-12") == ("some-envoy",)
    assert knowledge.holders("un-envoy", "some-land", "2022") == ()
    assert knowledge.holders("un-envoy", "some-land", None) == ("some-envoy",)
    assert knowledge.by_surname("العلاني") == ("some-envoy",)
    government = knowledge.government_of("some-city")
    assert government is not None
    assert government.id == "some-land-government"
    assert government.names["ar"] == ("الحكومة الماوية",)
    assert knowledge.record("some-land-mfa") == knowledge.body("some-land", "mfa")


def test_reads_a_gazetteer_that_fills_in_what_a_place_lacks(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, places=[LAND, CITY])
    head = [
        "id",
        "kind",
        "ar",
        "en",
        "country",
        "parent",
        "lat",
        "lon",
        "pcode",
        "population",
        "rank",
        "ref",
    ]
    rows = [
        head,
        [
            "some-city",
            "city",
            "مدينة\u200cما",
            "City",
            "QQ",
            "some-land",
            "1.5",
            "2.5",
            "QQ1",
            "7000",
            "2",
            "test-data",
        ],
        [
            "small-town",
            "town",
            "قرية|قريه",
            "Town",
            "QQ",
            "some-land",
            "",
            "",
            "QQ2",
            "10",
            "1",
            "test-data",
        ],
    ]
    text = "\n".join("\t".join(row) for row in rows)
    (folder / "places.tsv.gz").write_bytes(gzip.compress(text.encode()))
    places = join_packs([read_pack(folder)]).places
    assert (places["some-city"].lat, places["some-city"].pcode) == (1.5, "QQ1")
    assert places["some-city"].names["ar"] == ("مدينة ما",)
    assert places["small-town"].origin.ref == "test-data"
    assert places["small-town"].rank == 1


def test_a_later_pack_extends(tmp_path: Path) -> None:
    first = write_pack(tmp_path, "one", actors=[ENVOY], places=[LAND, CITY])
    more = {"id": "some-envoy", "extend": True, "type": "PER", "names": {"ar": ["فلان"]}}
    second = write_pack(tmp_path, "two", actors=[more])
    knowledge = join_packs([read_pack(first), read_pack(second)])
    assert knowledge.actors["some-envoy"].names["ar"] == ("فلان العلاني", "فلان")
    assert len(knowledge.actors["some-envoy"].posts) == 1


def test_one_file_is_a_pack(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    records = [ENVOY, LAND, CITY, {"id": "talks", "names": {"ar": ["محادثات"]}}]
    for record in records:
        record.setdefault("origin", {"kind": "memory"})
    path.write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    pack = read_pack(path)
    assert (len(pack.actors), len(pack.places), len(pack.processes)) == (1, 2, 1)


BROKEN = {
    "unknown field": ({"age": 3}, "no field age"),
    "no origin": ({"origin": None}, "origin"),
    "open data without ref": ({"origin": {"kind": "open-data"}}, "needs a ref"),
    "bad id": ({"id": "Some Envoy"}, "slug"),
    "bad type": ({"type": "LOC"}, "type"),
    "bad kind": ({"kind": "wizard"}, "kind"),
    "bad date": ({"posts": [{"title": "king", "of": "x", "start": "1.1.20"}]}, "EDTF"),
    "bad title": ({"posts": [{"title": "wizard", "of": "x"}]}, "title"),
    "no names": ({"names": {}}, "names"),
    "names no list": ({"names": {"ar": "فلان"}}, "list of texts"),
}


@pytest.mark.parametrize(("change", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_record(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    folder = write_pack(tmp_path, actors=[ENVOY, ENVOY | change])
    with pytest.raises(KnowledgeError, match=r"actors\.jsonl, line 2.*" + message):
        read_pack(folder)


def test_no_pack(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"no pack\.toml"):
        read_pack(tmp_path)


def test_no_json(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "places.jsonl").write_text("# fine\n{broken\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"places\.jsonl, line 2"):
        read_pack(folder)


def test_an_id_stands_for_one_thing(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, actors=[ENVOY], places=[LAND | {"id": "some-envoy"}])
    with pytest.raises(KnowledgeError, match="some-envoy stands for two things"):
        join_packs([read_pack(folder)])


def test_template_is_a_pack(tmp_path: Path) -> None:
    write_template(tmp_path / "my-pack")
    pack = read_pack(tmp_path / "my-pack")
    assert (pack.name, pack.actors) == ("my-pack", ())
    with pytest.raises(KnowledgeError, match="there already"):
        write_template(tmp_path / "my-pack")
