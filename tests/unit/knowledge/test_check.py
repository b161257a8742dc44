"""What the check of packs refuses, and the counts it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mahdar.knowledge.attest import count_articles
from mahdar.knowledge.check import iter_problems, write_counts
from mahdar.knowledge.join import join_packs
from mahdar.knowledge.load import load_knowledge
from mahdar.knowledge.read import read_pack
from mahdar.knowledge.records import Pack

ORG = {"type": "ORG", "origin": {"kind": "memory"}}


def pack_of(folder: Path, *records: dict[str, object]) -> Pack:
    path = folder / "more.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    return read_pack(path)


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (
            {
                "id": "royal-army",
                "kind": "army",
                "country": "NO",
                "names": {"ar": ["الجيش النرويجي"]},
            },
            "body",
        ),
        ({"id": "the-land", "kind": "newspaper", "names": {"ar": ["البلاد"]}}, "common"),
        (
            {"id": "the-life", "kind": "newspaper", "weak": ["الحياة"], "names": {"en": ["Life"]}},
            "",
        ),
        ({"id": "the-okaz", "kind": "newspaper", "names": {"ar": ["نيوزبرس"]}}, ""),
        (
            {
                "id": "some-head",
                "type": "PER",
                "kind": "official",
                "names": {"ar": ["زبيغنيف التجريبي"]},
                "posts": [
                    {"title": "director-general", "of": "iaea", "start": "1901", "end": "1902"},
                    {"title": "director-general", "of": "iaea", "start": "1901-03"},
                ],
            },
            "post",
        ),
    ],
    ids=[
        "a state's army twice",
        "an ordinary word",
        "the word under weak",
        "no word",
        "a post twice",
    ],
)
def test_faults(tmp_path: Path, record: dict[str, object], fault: str) -> None:
    packs = (*load_knowledge().packs, pack_of(tmp_path, ORG | record))
    problems = [(p.record, p.fault) for p in iter_problems(join_packs(packs))]
    assert problems == ([(record["id"], fault)] if fault else [])


def test_only_firm_names_count(tmp_path: Path) -> None:
    record = {"id": "a-paper", "kind": "newspaper", "names": {"ar": ["نيوزبرس"]}}
    twin = {"id": "b-paper", "kind": "newspaper", "names": {"en": ["B"]}, "weak": ["نيوزبرس"]}
    knowledge = join_packs([pack_of(tmp_path, ORG | record, ORG | twin)])
    counts, articles = count_articles(knowledge, ["قالت نيوزبرس أمس", "لا شيء"])
    assert (dict(counts), articles) == ({"a-paper": 1}, 2)


def test_counts_keep_where_a_record_is_from(tmp_path: Path) -> None:
    path = tmp_path / "places.jsonl"
    origins = [
        {"kind": "press", "articles": 9, "ref": "coordinates: GeoNames"},
        {"kind": "open-data", "ref": "a file"},
        {"kind": "memory", "ref": "coordinates: GeoNames"},
    ]
    rows = [{"id": f"p{n}", "origin": origin} for n, origin in enumerate(origins)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    write_counts(tmp_path, {"p0": 2, "p1": 5})
    written = [json.loads(line)["origin"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert written == [
        {"kind": "press", "articles": 2, "ref": "coordinates: GeoNames"},
        {"kind": "open-data", "ref": "a file"},
        {"kind": "memory", "ref": "coordinates: GeoNames"},
    ]
