"""What is wrong with packs beyond their schema, and writing back where records are attested."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from mahdar.knowledge.base import Knowledge, Record
from mahdar.knowledge.demonyms import iter_forms
from mahdar.knowledge.records import Actor, InstrumentRecord, Origin, Pack, Place
from mahdar.knowledge.spelling import name_units
from mahdar.knowledge.vocabulary import BODIES
from mahdar.lexicon.tables import load_table

Fault = Literal[
    "shared-name", "unsourced", "reference", "twice", "post", "demonym", "empty", "body", "common"
]

# Posts that one person holds at a time: two holders at once are a mistake in one of them.
_SINGLE = frozenset(
    ("president", "prime-minister", "foreign-minister", "king", "emir", "sultan", "chancellor")
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: in which pack and record, of what kind, in words."""

    pack: str
    record: str
    fault: Fault
    text: str


def iter_problems(knowledge: Knowledge) -> Iterator[Problem]:
    """Yield what is wrong with the loaded packs, fault by fault."""
    yield from _iter_twice(knowledge.packs)
    yield from _iter_shared_names(knowledge)
    yield from _iter_unsourced(knowledge.packs)
    yield from _iter_references(knowledge)
    yield from _iter_posts(knowledge)
    yield from _iter_demonyms(knowledge)
    yield from _iter_bodies(knowledge)
    yield from _iter_common_words(knowledge)


def iter_records(pack: Pack) -> Iterable[Record]:
    """Return all records of a pack that are written by hand: its gazetteer is left out."""
    return (*pack.actors, *pack.places, *pack.instruments, *pack.processes)


def _iter_twice(packs: Sequence[Pack]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for pack in packs:
        for record in iter_records(pack):
            if record.id in seen and record.id not in pack.extending:
                text = f'pack {seen[record.id]} has this id; say "extend": true to add to it'
                yield Problem(pack.name, record.id, "twice", text)
            seen.setdefault(record.id, pack.name)


def _iter_shared_names(knowledge: Knowledge) -> Iterator[Problem]:
    """Firm names of two records, gazetteers apart, without a line in an ambiguous.tsv."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    tables: tuple[Mapping[str, Actor | Place | InstrumentRecord], ...] = (
        knowledge.actors,
        knowledge.places,
        knowledge.instruments,
    )
    by_hand = {record.id for pack in knowledge.packs for record in iter_records(pack)}
    for table in tables:
        for record in table.values():
            if record.id in by_hand and getattr(record, "rank", 2) == 2:
                for name in record.names.get("ar", ()):
                    owners[" ".join(name_units(name))][record.id] = record.pack
    for name, ids in sorted(owners.items()):
        rule = knowledge.ambiguities.get(name)
        if len(ids) > 1 and not (rule and set(ids) <= set(rule.ids)):
            text = f"«{name}» also means {', '.join(list(ids)[1:])}; add a line to ambiguous.tsv"
            first = next(iter(ids))
            yield Problem(ids[first], first, "shared-name", text)


def _iter_unsourced(packs: Sequence[Pack]) -> Iterator[Problem]:
    for pack in packs:
        for record in iter_records(pack):
            origin = record.origin
            if record.id not in pack.extending and origin.kind == "press" and not origin.articles:
                yield Problem(pack.name, record.id, "unsourced", "press, but no article counted")
            named = any(record.names.values()) or bool(getattr(record, "weak", ()))
            if not named and record.id not in pack.extending:
                yield Problem(pack.name, record.id, "empty", "no name at all")


def _iter_references(knowledge: Knowledge) -> Iterator[Problem]:
    def known(id_: str) -> bool:
        return knowledge.record(id_) is not None

    for pack in knowledge.packs:
        for record in iter_records(pack):
            found: list[tuple[str, str]] = []
            for key in ("parent", "capital", "place"):
                if value := getattr(record, key, None):
                    found.append((key, value))
            for key in ("parties", "guarantors", "processes"):
                found += [(key, value) for value in getattr(record, key, ())]
            found += [("of", post.of) for post in getattr(record, "posts", ())]
            for key, value in found:
                if not known(value):
                    text = f"{key}: there is no record {value}"
                    yield Problem(pack.name, record.id, "reference", text)
    for name, rule in knowledge.ambiguities.items():
        for id_ in rule.ids:
            if not known(id_):
                yield Problem("", id_, "reference", f"ambiguous.tsv, «{name}»: no record {id_}")


def _iter_posts(knowledge: Knowledge) -> Iterator[Problem]:
    """Posts that end before they begin, that stand twice, and two holders at once of one post."""
    for actor in knowledge.actors.values():
        begun = Counter((p.title, p.of, (p.start or "")[:4]) for p in actor.posts)
        for (title, of, year), times in begun.items():
            if times > 1:
                text = f"{title} of {of} from {year or 'an open date'} stands {times} times"
                yield Problem(actor.pack, actor.id, "post", text)
    for (title, of), held in knowledge.posts.items():
        dated = sorted((post.start, post.end, id_) for post, id_ in held if post.start and post.end)
        for start, end, id_ in dated:
            if end[: len(start)] < start[: len(end)]:
                pack = knowledge.actors[id_].pack
                yield Problem(pack, id_, "post", f"{title} of {of} ends {end}, begins {start}")
        if title not in _SINGLE or of not in knowledge.places:
            continue
        open_ended = [(p.start, p.end or "9999", id_) for p, id_ in held if p.start]
        open_ended.sort()
        for (start, end, id_), (next_start, _, other) in pairwise(open_ended):
            short = min(len(end), len(next_start))
            if id_ != other and end[:short] > next_start[:short]:
                pack = knowledge.actors[other].pack
                text = f"{title} of {of} from {next_start}, but {id_} holds it {start} to {end}"
                yield Problem(pack, other, "post", text)


def _iter_demonyms(knowledge: Knowledge) -> Iterator[Problem]:
    for place in knowledge.places.values():
        for demonym in place.demonyms:
            owner = knowledge.demonyms[next(iter_forms(demonym))]
            if owner != place.id:
                yield Problem(place.pack, place.id, "demonym", f"«{demonym}» is that of {owner}")


def _iter_bodies(knowledge: Knowledge) -> Iterator[Problem]:
    """Bodies of states made under an id of their own although a pack has them under another."""
    for state in knowledge.states.values():
        for suffix in BODIES:
            body = knowledge.body(state, suffix)
            for id_ in knowledge.lookup(body.names["ar"][0]):
                actor = knowledge.actors.get(id_)
                same = actor and (actor.kind, actor.country) == (body.kind, body.country)
                if actor and same and id_ != body.id:
                    if body.id in knowledge.actors and id_ not in _firmly(knowledge, body):
                        continue
                    text = f"is the {suffix} of {state}: give it that line in state_bodies.tsv"
                    yield Problem(actor.pack, id_, "body", text)


def _firmly(knowledge: Knowledge, body: Actor) -> set[str]:
    key = " ".join(name_units(body.names["ar"][0]))
    ids = knowledge.index.firm.ids.get(key, ())
    return set(ids) - set(knowledge.index.weak.ids.get(key, ()))


def _iter_common_words(knowledge: Knowledge) -> Iterator[Problem]:
    """Firm names of one word that the press uses as ordinary words: they belong under weak."""
    ordinary = {row["form"]: row["source"] for row in load_table("ordinary_words")}
    for pack in knowledge.packs:
        for record in iter_records(pack):
            for name in record.names.get("ar", ()):
                units = name_units(name)
                form = units[0] if len(units) == 1 else ""
                if (
                    form in ordinary
                    and getattr(record, "rank", 2) == 2
                    and form not in knowledge.index.words
                ):
                    text = f"«{name}» is an ordinary word ({ordinary[form]}); write it under weak"
                    yield Problem(pack.name, record.id, "common", text)


def write_counts(folder: Path, articles: Mapping[str, int]) -> int:
    """Write into a pack's files how many articles carry each record; return how many lines changed.

    Records from open data keep their origin; others become ``press`` with the number, or ``memory``
    where no article carries them; a ``ref`` stays. Processes are not counted. Lines are otherwise left as they are.
    """
    changed = 0
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem == "processes":  # known by cues, not counted by name
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        out = []
        for line in lines:
            if line.strip() and not line.startswith("#"):
                data = json.loads(line)
                origin = data.get("origin") or {}
                if origin.get("kind") != "open-data" and not data.get("extend"):
                    count = articles.get(data["id"], 0)
                    new = Origin("press", articles=count) if count else Origin("memory")
                    data["origin"] = {"kind": new.kind} | ({"articles": count} if count else {})
                    if ref := origin.get("ref"):
                        data["origin"]["ref"] = ref
                    mended = json.dumps(data, ensure_ascii=False)
                    changed += mended != line
                    line = mended
            out.append(line)
        path.write_text("\n".join(out) + "\n", encoding="utf-8")
    return changed


def count_sources(packs: Iterable[Pack]) -> dict[str, dict[str, int]]:
    """Return pack name -> origin kind -> records."""
    out: dict[str, dict[str, int]] = {}
    for pack in packs:
        counts: dict[str, int] = defaultdict(int)
        for record in (*iter_records(pack), *pack.gazetteer):
            counts[record.origin.kind] += 1
        out[pack.name] = dict(counts)
    return out


def body_ids(knowledge: Knowledge) -> Iterator[str]:
    """Yield the ids of all bodies that are made on demand, ``<state>-<suffix>``."""
    for state in knowledge.states.values():
        for suffix in BODIES:
            yield knowledge.body(state, suffix).id
