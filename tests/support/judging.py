"""A small record to judge, and judgements picked at random from what it holds."""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Any

from made_readings import make_reading, meeting
from sqlalchemy import Connection, select

from mahdar.consolidation.reference import Reference
from mahdar.errors import JudgementError
from mahdar.model import Reading
from mahdar.store import Judgement, Record, judge, tables
from mahdar.store.merge import rebuild_entries

PAPERS = ("aawsat", "sabq", "okaz", "hayat", "riyadh")
LOG = frozenset({"judgements", "judgement_claims"})
# Ids that were entries for a while go on leading somewhere, and whom a claim was said to mean stays known.
LASTING = frozenset({"past_entry_claims", "entry_aliases", "actors"})
_NOTES = frozenset({"meta", "readings"})
_PEOPLE = ("john-kerry", "sergey-lavrov", "adel-al-jubeir", "houthis", "aden", "doha")


def make_press(papers: int = 5, days: int = 4) -> list[Reading]:
    """Return what papers tell on some days: a meeting, a saying, shelling; and one dispatch in three
    papers.
    """
    readings = []
    for day in range(1, days + 1):
        date = f"2015-08-0{day}"
        for paper in PAPERS[:papers]:
            readings += [
                meeting(paper, f"التقى كيري لافروف في الدوحة أمس {paper} {day}.", time=date),
                make_reading(
                    f"قال الجبير إن الحل في اليمن سياسي بحت ولا بديل عنه {day}. {paper}",
                    publisher=paper,
                    published=date,
                    statements=[
                        {
                            "who": ["adel-al-jubeir"],
                            "cue": "قال",
                            "content": "الحل في اليمن سياسي بحت ولا بديل عنه",
                        }
                    ],
                ),
                make_reading(
                    f"قصف الحوثيون عدن {paper} يوم {day} وسقط قتلى.",
                    publisher=paper,
                    published=date,
                    events=[
                        {
                            "type": "ATTACK",
                            "trigger": "قصف",
                            "who": ["houthis"],
                            "place": "aden",
                            "time": date,
                            "killed": day + 2,
                        }
                    ],
                ),
            ]
    dispatch = " ".join(f"كلمة{n}" for n in range(60))
    for paper in PAPERS[:3]:
        readings.append(
            make_reading(
                f"التقى كيري الجبير في الدوحة. {dispatch}",
                publisher=paper,
                published="2015-08-02",
                events=[
                    {
                        "type": "MEET",
                        "trigger": "التقى",
                        "who": ("john-kerry", "adel-al-jubeir"),
                        "place": "doha",
                        "time": "2015-08-02",
                    }
                ],
                agency=["reuters"] if paper == "sabq" else [],
            )
        )
    return readings


def dump(record: Record, without: Collection[str] = ()) -> dict[str, list[str]]:
    """Return all rows of a record but moments, notes and the search index."""
    with record.reading() as connection:
        return _dump(connection, without)


def dump_anew(record: Record, without: Collection[str] = ()) -> dict[str, list[str]]:
    """Return what ``dump`` would give after ``rebuild``; the record stays as it is."""
    with record.engine.connect() as connection:
        rebuild_entries(connection, Reference())
        rows = _dump(connection, without)
        connection.rollback()
    return rows


def _dump(connection: Connection, without: Collection[str]) -> dict[str, list[str]]:
    out = {}
    for table in tables.metadata.sorted_tables:
        if table.name in {*without, *_NOTES} or table.name.startswith("search"):
            continue
        columns = [c for c in table.c if c.name not in ("added_at", "made_at")]
        rows = connection.execute(select(*columns)).all()
        out[table.name] = sorted(repr(tuple(row)) for row in rows)
    return out


def rebuild(record: Record) -> None:
    """Make all states and entries anew from articles and log."""
    with record.writing() as connection:
        rebuild_entries(connection, Reference())


def ids(record: Record, kind: str) -> list[str]:
    """Return the entries of a kind, the best attested first."""
    e = tables.entries.c
    with record.reading() as connection:
        return list(
            connection.scalars(
                select(e.id).where(e.kind == kind).order_by(e.articles.desc(), e.first_day, e.id)
            )
        )


def claims_of(record: Record, entry: str) -> list[str]:
    """Return the claims of an entry in their order."""
    c = tables.entry_claims.c
    with record.reading() as connection:
        return list(
            connection.scalars(select(c.claim).where(c.entry == entry).order_by(c.position))
        )


def judge_at_random(record: Record, rng: random.Random, done: list[int]) -> Judgement | None:
    """Make one judgement picked at random; ``None`` where what was picked is not possible."""
    wanted = _pick(record, rng, done)
    if wanted is None:
        return None
    try:
        return judge(record, wanted)
    except JudgementError:
        return None


def _pick(record: Record, rng: random.Random, done: list[int]) -> Judgement | None:
    e, c, link = tables.entries.c, tables.claims.c, tables.entry_claims.c
    with record.reading() as connection:
        entries = connection.execute(select(e.id, e.kind).order_by(e.id)).all()
        families = dict(connection.execute(select(c.uid, c.family).order_by(c.uid)).all())
        members: dict[str, list[str]] = {}
        for entry, claim in connection.execute(
            select(link.entry, link.claim).order_by(link.entry, link.position)
        ):
            members.setdefault(entry, []).append(claim)
    who = rng.choice(("سلمى", "Omar"))
    entry = rng.choice(entries)
    claim = rng.choice(sorted(families))
    others = [x.id for x in entries if x.kind == entry.kind and x.id != entry.id]
    mates = [uid for uid in sorted(families) if families[uid] == families[claim] and uid != claim]
    action, kind = rng.choice(_MOVES)
    detail: dict[str, Any] = {}
    subject = entry.id if kind == "entry" else claim
    if action == "undo":
        return Judgement("undo", "judgement", str(rng.choice(done)), who) if done else None
    if kind == "actor":
        subject, other = rng.sample(_PEOPLE, 2)
        detail = {"with": other}
        if action == "split":
            r = tables.claim_roles.c
            with record.reading() as connection:
                named = sorted(set(connection.scalars(select(r.claim).where(r.actor == subject))))
            if not named:
                return None
            detail = {"claims": named[:3], "to": f"{subject}#2", "label": {"ar": "آخر"}}
    elif action in ("same", "different"):
        pool = others if kind == "entry" else mates
        if not pool:
            return None
        detail = {"with": rng.choice(pool)}
    elif action == "split":
        held = members[entry.id]
        detail = {"claims": rng.sample(held, max(1, len(held) // 2))}
    elif action == "edit":
        detail = {"new": rng.choice(_ENTRY_EDITS if kind == "entry" else _CLAIM_EDITS)}
    return Judgement(action, kind, subject, who, "لأن", detail)


_MOVES = (
    *(("same", kind) for kind in ("entry", "claim", "actor")),
    *(("different", kind) for kind in ("entry", "claim", "actor")),
    *(("split", kind) for kind in ("entry", "actor")),
    *(
        (action, kind)
        for action in ("accept", "edit", "reject", "reopen")
        for kind in ("claim", "entry")
    ),
    ("confirm", "entry"),
    ("needs_second", "claim"),
    ("undo", ""),
    ("undo", ""),
)
_CLAIM_EDITS: tuple[dict[str, Any], ...] = (
    {"time": "2015-08-02"},
    {"time": "2015-08"},
    {"killed": 7},
    {"place": "taiz"},
    {"roles": [["john-kerry", "actor"]]},
    {"type": "AID"},
    {"type": "MEET"},
)
_ENTRY_EDITS: tuple[dict[str, Any], ...] = (
    {"time": "2015-07"},
    {"roles": [["houthis", "actor"]]},
    {"killed": 77},
)
