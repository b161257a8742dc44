"""Read a pack's files into records, checking every field against the schema."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from mahdar.errors import KnowledgeError
from mahdar.knowledge.records import (
    Actor,
    Ambiguity,
    InstrumentRecord,
    Origin,
    Pack,
    Place,
    Post,
    Process,
)
from mahdar.knowledge.vocabulary import allowed_values, post_titles

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDTF = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?[~?]?")
_COMMON = {"id", "names", "origin", "extend"}
_FIELDS = {
    "actors": _COMMON
    | {
        "type",
        "kind",
        "country",
        "weak",
        "surname",
        "surname_alone",
        "parent",
        "posts",
        "processes",
    },
    "places": _COMMON
    | {"kind", "country", "parent", "lat", "lon", "pcode", "population", "weak", "demonyms"}
    | {"capital", "rank"},
    "instruments": _COMMON
    | {"kind", "date", "parties", "guarantors", "place", "processes", "weak"},
    "processes": _COMMON | {"countries", "tracks", "cues"},
}
_TSV = ["id", "kind", "ar", "en", "country", "parent", "lat", "lon", "pcode"]
_TSV += ["population", "rank", "ref"]


class _Row:
    """One object of a file, with getters that name file and line when a value is wrong."""

    def __init__(self, data: dict[str, Any], where: str) -> None:
        self.data = data
        self.where = where

    def fail(self, problem: str) -> KnowledgeError:
        return KnowledgeError(f"{self.where}: {problem}")

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self.fail(f"{key} must be a text that is not empty")
        return value

    def word(self, key: str, allowed: frozenset[str]) -> str:
        value = self.text(key)
        if value is None and self.extending:
            return ""
        if value not in allowed:
            raise self.fail(f"{key} is {value!r}; allowed: {', '.join(sorted(allowed))}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(x, str) and x.strip() for x in value):
            raise self.fail(f"{key} must be a list of texts")
        return tuple(value)

    def number(self, key: str) -> float | None:
        value = self.data.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self.fail(f"{key} must be a number")
        return value

    def date(self, key: str) -> str | None:
        value = self.text(key)
        if value is not None and not _EDTF.fullmatch(value):
            raise self.fail(f"{key} is {value!r}, not a year, month or day in EDTF")
        return value

    def slug(self, key: str) -> str:
        value = self.text(key) or ""
        if not _ID.fullmatch(value):
            raise self.fail(f"{key} is {value!r}, not a slug of a-z, 0-9 and single hyphens")
        return value

    @property
    def extending(self) -> bool:
        return self.data.get("extend") is True

    def names(self) -> dict[str, tuple[str, ...]]:
        value = self.data.get("names", {})
        if not isinstance(value, dict) or not (value or self.extending):
            raise self.fail('names must be an object such as {"ar": [...], "en": [...]}')
        row = _Row(value, self.where)
        return {language: row.texts(language) for language in value}

    def origin(self) -> Origin:
        value = self.data.get("origin")
        if value is None and self.extending:
            return Origin("memory")
        if not isinstance(value, dict) or value.get("kind") not in allowed_values("origin.kind"):
            raise self.fail(
                f"origin must be an object with kind {', '.join(sorted(allowed_values('origin.kind')))}"
            )
        if value["kind"] == "open-data" and not value.get("ref"):
            raise self.fail("an origin of kind open-data needs a ref")
        return Origin(value["kind"], value.get("ref", ""), int(value.get("articles", 0)))


def read_pack(path: Path) -> Pack:
    """Return the pack in a folder, or a single ``.jsonl`` file of records of any kind as a pack.

    Raises:
        KnowledgeError: the folder is no pack or a record breaks the schema; names file and line.
    """
    if path.is_file() and path.suffix == ".jsonl":
        return _pack_of_one_file(path)
    head_file = path / "pack.toml"
    if not head_file.is_file():
        raise KnowledgeError(f"{path} is no knowledge pack: it has no pack.toml")
    try:
        head = tomllib.loads(head_file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{head_file}: {error}") from error
    name = head.get("name")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise KnowledgeError(f"{head_file}: name must be a slug")
    rows = {kind: list(_iter_rows(path / f"{kind}.jsonl", kind)) for kind in _FIELDS}
    return Pack(
        name=name,
        title=dict(head.get("title", {})),
        summary=str(head.get("summary", "")),
        licence=str(head.get("licence", "")),
        sources=tuple(head.get("sources", ())),
        actors=tuple(_actor(row, name) for row in rows["actors"]),
        places=tuple(_place(row, name) for row in rows["places"]),
        gazetteer=tuple(_iter_gazetteer(path / "places.tsv.gz", name)),
        instruments=tuple(_instrument(row, name) for row in rows["instruments"]),
        processes=tuple(_process(row, name) for row in rows["processes"]),
        ambiguities=tuple(_iter_ambiguities(path / "ambiguous.tsv")),
        extending=frozenset(r.data["id"] for some in rows.values() for r in some if r.extending),
    )


def _pack_of_one_file(path: Path) -> Pack:
    """A user's single file: what a record is follows from its fields."""
    actors, places, instruments, processes = [], [], [], []
    extending = set()
    name = path.stem
    for row in _iter_objects(path):
        kind = row.data.get("kind")
        if "type" in row.data:
            actors.append(_actor(_checked(row, "actors"), name))
        elif kind in allowed_values("place.kind"):
            places.append(_place(_checked(row, "places"), name))
        elif kind in allowed_values("instrument.kind"):
            instruments.append(_instrument(_checked(row, "instruments"), name))
        elif kind is None:
            processes.append(_process(_checked(row, "processes"), name))
        else:
            raise row.fail(
                f"kind {kind!r} is that of no place or instrument; an actor needs a type"
            )
        if row.extending:
            extending.add(row.data["id"])
    return Pack(
        name,
        actors=tuple(actors),
        places=tuple(places),
        instruments=tuple(instruments),
        processes=tuple(processes),
        extending=frozenset(extending),
    )


def _iter_objects(path: Path) -> Iterator[_Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: not UTF-8 ({error.reason})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{path}, line {number}"
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise KnowledgeError(f"{where}: no JSON object ({error.msg})") from error
        if not isinstance(data, dict):
            raise KnowledgeError(f"{where}: no JSON object")
        yield _Row(data, where)


def _checked(row: _Row, kind: str) -> _Row:
    row.slug("id")
    unknown = row.data.keys() - _FIELDS[kind]
    if unknown:
        raise row.fail(f"{kind} have no field {', '.join(sorted(unknown))}")
    return row


def _iter_rows(path: Path, kind: str) -> Iterator[_Row]:
    if path.is_file():
        for row in _iter_objects(path):
            yield _checked(row, kind)


def _actor(row: _Row, pack: str) -> Actor:
    type_ = row.word("type", frozenset(("PER", "ORG")))
    kinds = allowed_values(f"{type_}.kind")
    posts: Any = row.data.get("posts", [])
    if not isinstance(posts, list) or not all(isinstance(post, dict) for post in posts):
        raise row.fail("posts must be a list of objects")
    alone = row.data.get("surname_alone", True)
    if not isinstance(alone, bool):
        raise row.fail("surname_alone must be true or false")
    return Actor(
        id=row.data["id"],
        type=cast(Any, type_),
        kind=row.word("kind", kinds),
        names=row.names(),
        country=row.text("country"),
        posts=tuple(_post(_Row(post, row.where)) for post in posts),
        processes=row.texts("processes"),
        origin=row.origin(),
        pack=pack,
        surname_alone=alone,
        surname=row.texts("surname"),
        weak=row.texts("weak"),
        parent=row.text("parent"),
    )


def _post(row: _Row) -> Post:
    if unknown := row.data.keys() - {"title", "of", "start", "end"}:
        raise row.fail(f"posts have no field {', '.join(sorted(unknown))}")
    return Post(
        row.word("title", post_titles()), row.slug("of"), row.date("start"), row.date("end")
    )


def _place(row: _Row, pack: str) -> Place:
    population = row.number("population")
    rank = row.number("rank")
    return Place(
        id=row.data["id"],
        kind=row.word("kind", allowed_values("place.kind")),
        names=row.names(),
        country=row.text("country"),
        parent=row.text("parent"),
        lat=row.number("lat"),
        lon=row.number("lon"),
        pcode=row.text("pcode"),
        population=None if population is None else int(population),
        origin=row.origin(),
        pack=pack,
        weak=row.texts("weak"),
        demonyms=row.texts("demonyms"),
        capital=row.text("capital"),
        rank=2 if rank is None else int(rank),
    )


def _instrument(row: _Row, pack: str) -> InstrumentRecord:
    return InstrumentRecord(
        id=row.data["id"],
        kind=row.word("kind", allowed_values("instrument.kind")),
        names=row.names(),
        date=row.date("date"),
        parties=row.texts("parties"),
        guarantors=row.texts("guarantors"),
        place=row.text("place"),
        processes=row.texts("processes"),
        origin=row.origin(),
        pack=pack,
        weak=row.texts("weak"),
    )


def _process(row: _Row, pack: str) -> Process:
    return Process(
        id=row.data["id"],
        names=row.names(),
        countries=row.texts("countries"),
        tracks=row.texts("tracks"),
        cues=row.texts("cues"),
        origin=row.origin(),
        pack=pack,
    )


def _iter_table(lines: list[str], path: Path, head: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of a tab-separated file with the given head."""
    seen_head = False
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not seen_head:
            if cells != head:
                raise KnowledgeError(f"{path}, line {number}: the head must be {' '.join(head)}")
            seen_head = True
            continue
        if len(cells) != len(head):
            raise KnowledgeError(f"{path}, line {number}: {len(cells)} cells, not {len(head)}")
        yield number, cells


def _iter_gazetteer(path: Path, pack: str) -> Iterator[Place]:
    if not path.is_file():
        return
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from error
    origins: dict[str, Origin] = {}
    for number, cells in _iter_table(lines, path, _TSV):
        id_, kind, ar, en, country, parent, lat, lon, pcode, population, rank, ref = cells
        if kind not in allowed_values("place.kind") or not id_ or not ar:
            raise KnowledgeError(f"{path}, line {number}: id, kind or Arabic name is wrong")
        try:
            yield Place(
                id=id_,
                kind=kind,
                names={"ar": tuple(ar.split("|")), "en": (en,)},
                country=country or None,
                parent=parent or None,
                lat=float(lat) if lat else None,
                lon=float(lon) if lon else None,
                pcode=pcode or None,
                population=int(population) if population else None,
                origin=origins.setdefault(ref, Origin("open-data", ref)),
                pack=pack,
                rank=int(rank),
            )
        except ValueError as error:
            raise KnowledgeError(f"{path}, line {number}: {error}") from error


def _iter_ambiguities(path: Path) -> Iterator[Ambiguity]:
    if not path.is_file():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, (name, ids, rule, note) in _iter_table(
        lines, path, ["name", "ids", "rule", "note"]
    ):
        if rule not in allowed_values("ambiguity.rule"):
            raise KnowledgeError(f"{path}, line {number}: rule is {rule!r}")
        yield Ambiguity(name, tuple(ids.split(",")), cast(Any, rule), note)
