"""The record: made, opened, refused; the same bytes twice; killed and resumed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_readings import make_reading, meeting
from sqlalchemy import func, select, text

from mahdar.consolidation.claims import ActorFacts
from mahdar.consolidation.reference import Reference
from mahdar.errors import MalformedRecord, RecordError
from mahdar.model import Article, Reading
from mahdar.store import (
    Added,
    Record,
    add_readings,
    consolidate_record,
    create_record,
    iter_readings,
    marks,
    merge,
    open_record,
    prepare_reading,
    tables,
)

READINGS = [
    meeting("aawsat", "التقى كيري لافروف في الدوحة أمس وبحثا الأزمة السورية."),
    meeting("sabq", "الدوحة: كيري التقى لافروف وناقشا الملف النووي في ساعتين."),
    make_reading(
        "قال الجبير إن الحل في اليمن سياسي بحت ولا بديل عنه.",
        publisher="okaz",
        statements=[
            {
                "who": ["adel-al-jubeir"],
                "cue": "قال",
                "content": "الحل في اليمن سياسي بحت ولا بديل عنه",
            }
        ],
        commitments=[{"who": ["adel-al-jubeir"], "act": "الحل", "due": "2015-09"}],
        instruments=[("اليمن", "gcc-initiative")],
    ),
]


def add(record: Record, readings: list[Reading]) -> Added:
    return add_readings(record, [prepare_reading(r) for r in readings])


def dump(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of a record but the moments at which they were written."""
    out = {}
    with record.reading() as connection:
        for table in tables.metadata.sorted_tables:
            columns = [c for c in table.c if c.name not in ("added_at", "made_at")]
            rows = connection.execute(select(*columns)).all()
            out[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return out


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    with create_record(record_url) as made:
        yield made


def test_readings_come_back(record: Record) -> None:
    assert add(record, READINGS) == Added(new=3, claims=5)
    with record.reading() as connection:
        stored = iter_readings(connection, [r.article.sha256 for r in READINGS])
        back = {reading.article.id: reading for reading in stored}
    for reading in READINGS:
        assert back[reading.article.id] == reading


def test_same_bytes_twice_change_nothing(record: Record) -> None:
    add(record, READINGS)
    consolidate_record(record)
    before = dump(record)
    assert add(record, READINGS) == Added(known=3)
    assert not record.stale
    assert dump(record) == before


def test_the_same_article_twice_in_one_batch(record: Record) -> None:
    assert add(record, [READINGS[0], READINGS[0]]) == Added(new=1, known=1, claims=1)


def test_another_engine_replaces_the_reading_and_keeps_the_article(record: Record) -> None:
    add(record, READINGS)
    with record.reading() as connection:
        ids = dict(connection.execute(select(tables.articles.c.sha256, tables.articles.c.id)).all())
    newer = replace(READINGS[0], engine="test 2", events=())
    assert add(record, [newer]) == Added(reread=1)
    assert record.stale
    with record.reading() as connection:
        again = dict(
            connection.execute(select(tables.articles.c.sha256, tables.articles.c.id)).all()
        )
        left = connection.scalar(
            select(func.count())
            .select_from(tables.claims)
            .where(tables.claims.c.article_id == ids[newer.article.sha256])
        )
        roles = connection.scalar(select(func.count()).select_from(tables.claim_roles))
    assert again == ids
    assert left == 0
    assert (
        roles == 5
    )  # two of the other meeting; one each of the saying, the promise, the instrument
    assert record.engines([newer.article.sha256]) == {newer.article.sha256: "test 2"}


def test_entries_are_the_same_in_whatever_order_articles_come(tmp_path: Path) -> None:
    made = []
    for name, readings in (("a", READINGS), ("b", READINGS[::-1])):
        with create_record(tmp_path / f"{name}.db") as record:
            for reading in readings:
                add(record, [reading])
            consolidate_record(record)
            everything = dump(record)
            made.append({k: v for k, v in everything.items() if k.startswith("entr")})
    assert made[0] == made[1]
    assert len(made[0]["entries"]) == 3


def test_consolidating_again_changes_nothing(record: Record) -> None:
    add(record, READINGS)
    consolidate_record(record)
    before = dump(record)
    consolidate_record(record)
    assert dump(record) == before


def test_an_agency_in_the_byline_is_the_origin(record: Record) -> None:
    credited = [replace(r, article=replace(r.article, author="لندن: رويترز")) for r in READINGS[:2]]
    add(record, credited)
    consolidate_record(record)
    assert standing(record) == ("independently_confirmed", 2)
    reuters = ActorFacts("reuters", "ORG", "reuters", "رويترز", "Reuters")
    reference = Reference(agencies={"reuters": reuters}, agency_names={"رويترز": "reuters"})
    consolidate_record(record, reference=reference)
    assert standing(record) == ("same_origin_repeat", 1)


def standing(record: Record) -> tuple[str, int]:
    with record.reading() as connection:
        row = connection.execute(
            select(tables.entries.c.standing, tables.entries.c.origins).where(
                tables.entries.c.kind == "meeting"
            )
        ).one()
    return row.standing, row.origins


def test_an_id_that_is_gone_leads_to_its_heir(record: Record) -> None:
    add(record, [READINGS[1]])
    consolidate_record(record)
    with record.reading() as connection:
        (old,) = connection.scalars(select(tables.entries.c.id))
    earlier = make_reading(
        "التقى كيري لافروف.",
        publisher="okaz",
        published="2015-08-03",
        events=[
            {
                "type": "MEET",
                "trigger": "التقى",
                "who": ("john-kerry", "sergey-lavrov", "adel-al-jubeir"),
                "place": "doha",
                "time": "2015-08-03",
            }
        ],
    )
    add(record, [earlier])
    consolidate_record(record)
    with record.reading() as connection:
        (new,) = connection.scalars(select(tables.entries.c.id))
        aliases = dict(connection.execute(select(tables.entry_aliases)).all())
    assert new != old
    assert aliases == {old: new}


def test_half_characters_are_refused_by_name() -> None:
    article = Article("x", "نص \ud800 مكسور", "0" * 64, origin="page.html")
    with pytest.raises(MalformedRecord, match=r"page\.html.*offset 3.*Mend"):
        prepare_reading(replace(READINGS[0], article=article, entities=(), events=()))


def test_nul_is_refused_by_name() -> None:
    article = Article("x", "نص \x00 مكسور", "0" * 64, origin="page.html")
    with pytest.raises(MalformedRecord, match=r"page\.html.*NUL.*offset 3.*Mend"):
        prepare_reading(replace(READINGS[0], article=article, entities=(), events=()))


def test_opening_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such record"):
        open_record(tmp_path / "none.db")
    with pytest.raises(RecordError, match="folder"):
        create_record(tmp_path / "none" / "talks.db")


@pytest.mark.parametrize("content", [b"", b"hello, this is text" * 40], ids=["empty", "text"])
def test_opening_what_is_no_record(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(RecordError, match="not a Mahdar record"):
        open_record(path)
    if content:
        with pytest.raises(RecordError, match="not a Mahdar record"):
            create_record(path)
        assert path.read_bytes() == content


def test_another_database_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE people (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="not a Mahdar record"):
        open_record(path)


def test_a_newer_record_is_named(record_url: str, record: Record) -> None:
    with record.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordError, match=r"revision 9999.*Mend.*newer"):
        open_record(record_url)
    with pytest.raises(RecordError, match=r"revision 9999.*Mend.*newer"):
        create_record(record_url)


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with create_record(path) as record:
        add(record, READINGS)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    for tail in ("-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)
    with pytest.raises(RecordError, match="Mend"):
        open_record(path).counts()


def test_a_failed_batch_leaves_nothing(record: Record) -> None:
    good, bad = prepare_reading(READINGS[0]), prepare_reading(READINGS[1])
    object.__setattr__(bad, "claims", (bad.claims[0], bad.claims[0]))  # the same uid twice
    with pytest.raises(Exception, match=r"(?i)unique"):
        add_readings(record, [good, bad])
    assert record.counts()["articles"] == 0
    assert not record.stale


def test_reading_sees_one_state(record: Record, record_url: str) -> None:
    add_readings(record, [prepare_reading(meeting("aawsat", "التقى كيري لافروف في جدة أمس."))])
    articles = select(func.count()).select_from(tables.articles)
    with record.reading() as connection, open_record(record_url) as other:
        held = connection.scalar(articles)
        add_readings(other, [prepare_reading(meeting("sabq", "التقى كيري لافروف في دبي أمس."))])
        assert connection.scalar(articles) == held
    with record.reading() as connection:
        assert connection.scalar(articles) == (held or 0) + 1


def test_foreign_keys_and_wal_are_on(tmp_path: Path) -> None:
    with create_record(tmp_path / "talks.db") as record, record.reading() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


_WRITER = """
import sys
from dataclasses import replace
sys.path.insert(0, sys.argv[2])
from made_readings import meeting
from mahdar.store import add_readings, consolidate_record, create_record, prepare_reading
record = create_record(sys.argv[1])
for at in range(int(sys.argv[3]), int(sys.argv[4]), 5):
    batch = [
        prepare_reading(meeting(f"paper{n}", f"{n}: التقى كيري لافروف في الدوحة أمس."))
        for n in range(at, at + 5)
    ]
    add_readings(record, batch)
    print(at, flush=True)
consolidate_record(record)
print("end", flush=True)
"""


def start(name: str, first: int, last: int) -> subprocess.Popen[str]:
    support = Path(__file__).parents[2] / "support"
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(_WRITER),
            name,
            str(support),
            str(first),
            str(last),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_killed_writer_leaves_whole_batches_and_can_go_on(record_url: str) -> None:
    process = start(record_url, 0, 100_000)
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(4)]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with open_record(record_url) as record:
        held = record.counts()["articles"]
        assert held >= told[-1] + 5
        assert held % 5 == 0
        assert record.stale
    assert _finish(start(record_url, 0, held + 10)) == 0
    with open_record(record_url) as record:
        assert record.counts()["articles"] == held + 10
        assert record.counts()["entries"] == 1
        assert not record.stale


def test_two_writers_take_turns(record_url: str) -> None:
    create_record(record_url).close()
    writers = [start(record_url, 0, 60), start(record_url, 40, 100)]
    assert [_finish(w) for w in writers] == [0, 0]
    with open_record(record_url) as record:
        assert record.counts()["articles"] == 100


def _finish(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=120)
    return process.returncode


def test_entries_of_other_rules_are_made_anew(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(record, READINGS)
    consolidate_record(record)
    made: list[str] = []
    monkeypatch.setattr(merge, "rebuild_entries", lambda *_: made.append("anew"))
    consolidate_record(record)
    assert made == []
    monkeypatch.setattr(marks, "hash_rules", lambda: "other rules")
    consolidate_record(record)
    assert made == ["anew"]
