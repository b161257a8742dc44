"""What of a record one person may see: a record of which all the rest is not there.

On each connection temporary views stand before the tables, under the same names, with the rows that
the person may see. Every question asked through it, whichever page or export asks, is answered from
these rows; nothing has to remember to filter. The rules:

* An article is seen by who works on every process that its claims tell of, and on ``-`` if they tell
  of none.
* An entry is seen by who works on all its processes and sees every article behind it.
* What is marked above a person's clearance hides the articles that tell of it, and so what rests on
  them. TLP:RED is seen only by those named for it.
* Claims, actors, judgements and the word index follow from these.

What came in after the person's rows were last worked out is hidden until they are worked out again,
at the next question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from mahdar.judgements import Judgement
from mahdar.store import Record
from mahdar.store.postgres import postgres_engine
from mahdar.store.sqlite import sqlite_engine
from mahdar.web.errors import WebError
from mahdar.web.team.users import CLEARANCES, EVERY, UNFILED, User

_MARKS = (*CLEARANCES, "RED")
_SEEN = {
    "told": "article_id INTEGER, process TEXT, PRIMARY KEY (article_id, process)",
    "seen_articles": "id INTEGER PRIMARY KEY",
    "seen_claims": "id TEXT PRIMARY KEY",
    "seen_entries": "id TEXT PRIMARY KEY",
    "seen_actors": "id TEXT PRIMARY KEY",
    "seen_judgements": "id INTEGER PRIMARY KEY",
    "granted": "id TEXT PRIMARY KEY",
    "hidden_marks": "id TEXT PRIMARY KEY",
    "named_for": "kind TEXT, subject TEXT, PRIMARY KEY (kind, subject)",
    "stamp": "id TEXT PRIMARY KEY",
    "sees_all": "id INTEGER PRIMARY KEY",
}
_BY_ARTICLE = ("readings", "mentions", "search_articles", "search_passages", "search_processes")
_BY_CLAIM = (
    "claim_roles", "claim_states", "claim_blocks", "judgement_claims", "past_entry_claims",
    "proposals", "search_claims",
)  # fmt: skip
_BY_ENTRY = (
    "entry_claims", "entry_actors", "entry_processes", "entry_issues", "entry_states",
)  # fmt: skip
_DENIED = (
    "(p.process NOT IN (SELECT id FROM {t}granted)"
    " AND NOT EXISTS (SELECT 1 FROM {t}granted WHERE id = '*'))"
)
_GRANTED = (
    "(subject IN (SELECT id FROM {t}granted) OR EXISTS (SELECT 1 FROM {t}granted WHERE id = '*'))"
)
_SOURCE = (
    "(subject IN (SELECT publisher FROM {m}articles WHERE id IN (SELECT id FROM {t}seen_articles))"
    " OR subject IN (SELECT id FROM {t}seen_actors))"
)
_ALL_OR = "EXISTS (SELECT 1 FROM {t}sees_all) OR "
_OF_RECORD: dict[str, str] = {
    "articles": "{f}id IN (SELECT id FROM {t}seen_articles)",
    "claims": "{f}article_id IN (SELECT id FROM {t}seen_articles)",
    "entries": "{f}id IN (SELECT id FROM {t}seen_entries)",
    "actors": "{f}key IN (SELECT id FROM {t}seen_actors)",
    "judgements": "{f}seq IN (SELECT id FROM {t}seen_judgements)",
    "actor_names": "{f}actor IN (SELECT id FROM {t}seen_actors)",
    "actor_aliases": "{f}new IN (SELECT id FROM {t}seen_actors)",
    "place_parents": "{f}place IN (SELECT id FROM {t}seen_actors)",
    "entry_aliases": "{f}new IN (SELECT id FROM {t}seen_entries)",
    "subject_states": "kind NOT IN ('article', 'process', 'source')"
    f" OR kind = 'source' AND {_SOURCE}"
    " OR kind = 'article' AND subject IN (SELECT sha256 FROM {m}articles WHERE id IN"
    " (SELECT id FROM {t}seen_articles))"
    f" OR kind = 'process' AND {_GRANTED}",
    **dict.fromkeys(_BY_ARTICLE, "{f}article_id IN (SELECT id FROM {t}seen_articles)"),
    **dict.fromkeys(_BY_CLAIM, "{f}claim IN (SELECT id FROM {t}seen_claims)"),
    **dict.fromkeys(_BY_ENTRY, "{f}entry IN (SELECT id FROM {t}seen_entries)"),
}
VIEWS: dict[str, str] = {
    **{table: f"{_ALL_OR}({condition})" for table, condition in _OF_RECORD.items()},
    **{f"team_{name}": "1 = 0" for name in ("users", "processes", "named", "sessions", "failures")},
    "audit": "1 = 0",
}
"""Table to the condition on its rows; ``{t}`` and ``{m}`` stand for the schema of temporary and
other tables, ``{f}`` for what makes SQLite filter by a condition and not begin with it: its planner
takes the person's rows for few, and would go through all of them for every row of a join."""
_WORDS = {
    "search_article_words": _ALL_OR + "{f}id IN (SELECT id FROM {t}seen_articles)",
    "search_passage_words": _ALL_OR + "id IN (SELECT id FROM {m}search_passages WHERE article_id IN"
    " (SELECT id FROM {t}seen_articles))",
}
"""On PostgreSQL also the word index. FTS5 answers no view: there every search joins the tables above."""
OPEN = frozenset({"meta"})
"""Tables without rows about anybody."""

_MARKED = """(
  SELECT a.id FROM {m}articles a JOIN {m}subject_states s ON s.kind = 'article' AND s.subject = a.sha256
    WHERE s.tlp IN (SELECT id FROM {t}hidden_marks)
    AND NOT EXISTS (SELECT 1 FROM {t}named_for n WHERE n.kind = 'article' AND n.subject = a.sha256)
  UNION SELECT p.article_id FROM {t}told p JOIN {m}subject_states s
    ON s.kind = 'process' AND s.subject = p.process
    WHERE s.tlp IN (SELECT id FROM {t}hidden_marks)
    AND NOT EXISTS (SELECT 1 FROM {t}named_for n WHERE n.kind = 'process' AND n.subject = p.process)
  UNION SELECT c.article_id FROM {m}claims c JOIN {m}claim_states s ON s.claim = c.uid
    WHERE s.tlp IN (SELECT id FROM {t}hidden_marks)
    AND NOT EXISTS (SELECT 1 FROM {t}named_for n WHERE n.kind = 'claim' AND n.subject = c.uid)
    AND NOT EXISTS (SELECT 1 FROM {t}named_for n JOIN {m}entry_claims l ON n.subject = l.entry
      WHERE n.kind = 'entry' AND l.claim = c.uid)
  UNION SELECT c.article_id FROM {m}entry_states s JOIN {m}entry_claims l ON l.entry = s.entry
    JOIN {m}claims c ON c.uid = l.claim
    WHERE s.tlp IN (SELECT id FROM {t}hidden_marks)
    AND NOT EXISTS (SELECT 1 FROM {t}named_for n WHERE n.kind = 'entry' AND n.subject = s.entry)
)"""
_FILL: tuple[tuple[str, str], ...] = (
    (
        "told",
        "SELECT article_id, process FROM {m}search_processes"
        " UNION SELECT c.article_id, p.value FROM {m}claims c, {each_process} p"
        " WHERE CAST(c.processes AS TEXT) <> '[]'"
        " UNION SELECT c.article_id, p.value FROM {m}claim_states s"
        " JOIN {m}claims c ON c.uid = s.claim, {each_edited} p",
    ),
    (
        "seen_articles",
        "SELECT a.id FROM {m}articles a WHERE a.id IN (SELECT article_id FROM {m}search_articles)"
        " AND NOT EXISTS (SELECT 1 FROM {t}told p WHERE p.article_id = a.id"
        f" AND {_DENIED})"
        " AND (EXISTS (SELECT 1 FROM {t}told p WHERE p.article_id = a.id)"
        " OR EXISTS (SELECT 1 FROM {t}granted WHERE id = '-'))"
        f" AND a.id NOT IN {_MARKED}",
    ),
    (
        "seen_claims",
        "SELECT uid FROM {m}claims WHERE article_id IN (SELECT id FROM {t}seen_articles)",
    ),
    (
        "seen_entries",
        "SELECT e.id FROM {m}entries e WHERE NOT EXISTS (SELECT 1 FROM {m}entry_processes p"
        f" WHERE p.entry = e.id AND {_DENIED})"
        " AND NOT EXISTS (SELECT 1 FROM {m}entry_claims l WHERE l.entry = e.id"
        " AND l.claim NOT IN (SELECT id FROM {t}seen_claims))",
    ),
    (
        "seen_actors",
        "WITH RECURSIVE told(id) AS ("
        " SELECT actor FROM {m}mentions WHERE article_id IN (SELECT id FROM {t}seen_articles)"
        " UNION SELECT actor FROM {m}claim_roles WHERE claim IN (SELECT id FROM {t}seen_claims)"
        " UNION SELECT actor FROM {m}entry_actors WHERE entry IN (SELECT id FROM {t}seen_entries)"
        " UNION SELECT place FROM {m}claims WHERE uid IN (SELECT id FROM {t}seen_claims)"
        " UNION SELECT instrument FROM {m}claims WHERE uid IN (SELECT id FROM {t}seen_claims)"
        " UNION SELECT place FROM {m}entries WHERE id IN (SELECT id FROM {t}seen_entries)"
        " UNION SELECT instrument FROM {m}entries WHERE id IN (SELECT id FROM {t}seen_entries)"
        "), wider(id) AS (SELECT id FROM told UNION"
        " SELECT p.parent FROM {m}place_parents p JOIN wider w ON w.id = p.place)"
        " SELECT id FROM wider WHERE id IS NOT NULL",
    ),
    (
        "seen_judgements",
        "WITH RECURSIVE told(seq) AS ("
        " SELECT j.seq FROM {m}judgements j WHERE"
        " (j.kind IN ('claim', 'entry') AND EXISTS (SELECT 1 FROM {m}judgement_claims l WHERE l.seq = j.seq)"
        " AND NOT EXISTS (SELECT 1 FROM {m}judgement_claims l WHERE l.seq = j.seq"
        " AND l.claim NOT IN (SELECT id FROM {t}seen_claims)))"
        " OR (j.kind = 'article' AND j.subject IN (SELECT sha256 FROM {m}articles WHERE id IN"
        " (SELECT id FROM {t}seen_articles)))"
        f" OR (j.kind = 'process' AND {_GRANTED})"
        " OR (j.kind = 'actor' AND j.subject IN (SELECT id FROM {t}seen_actors)"
        " AND NOT EXISTS (SELECT 1 FROM {m}judgement_claims l WHERE l.seq = j.seq"
        " AND l.claim NOT IN (SELECT id FROM {t}seen_claims)))"
        f" OR (j.kind = 'source' AND {_SOURCE})"
        " UNION SELECT j.seq FROM {m}judgements j JOIN told ON j.kind = 'judgement'"
        " AND j.subject = CAST(told.seq AS TEXT)"
        ") SELECT seq FROM told",
    ),
)
_HIDDEN = " UNION ALL ".join(
    f"SELECT 1 FROM {{m}}{states} WHERE tlp IN (SELECT id FROM {{t}}hidden_marks)"
    for states in ("subject_states", "claim_states", "entry_states")
)
"""Whether anything is marked above the person's clearance, named for it or not."""
_STAMP = (
    "SELECT COALESCE((SELECT MAX(seq) FROM {m}judgements), 0) || '/' ||"
    " COALESCE((SELECT MAX(id) FROM {m}articles), 0) || '/' ||"
    " COALESCE((SELECT MAX(article_id) FROM {m}search_articles), 0) || '/' ||"
    " COALESCE((SELECT MAX(made_at) FROM {m}readings), '') || '/' ||"
    " COALESCE((SELECT MIN(id) FROM {m}entries), '') || '/' ||"
    " COALESCE((SELECT MAX(id) FROM {m}entries), '') || '/' ||"
    " (SELECT COUNT(*) FROM {m}entries) || '/' ||"
    " COALESCE((SELECT value FROM {m}meta WHERE key = 'stale'), '')"
)


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may see. ``processes`` are ids, ``*`` and ``-``; ``named`` kind and subject."""

    name: str
    processes: frozenset[str]
    tlp: str
    named: frozenset[tuple[str, str]] = frozenset()

    @property
    def hidden(self) -> tuple[str, ...]:
        """Markings that hide what carries them."""
        return _MARKS[_MARKS.index(self.tlp) + 1 :]

    def grants(self, process: str) -> bool:
        """Tell whether the person works on a process."""
        return EVERY in self.processes or process in self.processes


def access_of(user: User) -> Access:
    """Return what a user may see."""
    return Access(user.name, frozenset(user.processes), user.tlp, frozenset(user.named))


class RestrictedRecord(Record):
    """A record as one person may see it; close it like another.

    Nothing is written through it: ``admit`` gives the whole record for what may be.
    """

    def __init__(self, whole: Record, access: Access) -> None:
        super().__init__(whole.name, _engine_like(whole.engine, access))
        self.whole = whole
        self.access = access
        self._prefix = _prefixes(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees what the person may see.

        Raises:
            RecordError: the database is locked or broken.
        """
        with self._errors(), self.engine.connect() as connection:
            connection = connection.execution_options(mahdar_read_only=True)
            self._work_out(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Refuse: what is written must be let through first, see ``admit``."""
        raise WebError(403, "forbidden")
        yield  # pragma: no cover

    def admit(self, judgement: Judgement) -> Record:
        """Return the whole record to write a judgement to, if it is about what the person sees.

        Raises:
            WebError: 404, as for something that is not there.
        """
        detail = judgement.detail
        others = detail.get("with") or ()
        others = [others] if isinstance(others, str) else list(others)
        wanted = [(judgement.kind, str(subject)) for subject in (judgement.subject, *others)]
        wanted += [("claim", str(uid)) for uid in detail.get("claims") or ()]
        with self.reading() as connection:
            for kind, subject in wanted:
                if not _is_seen(connection, kind, subject):
                    raise WebError(404, f"no_{kind}" if kind in _KNOWN_ERRORS else "missing")
        return self.whole

    def _work_out(self, connection: Connection) -> None:
        """Work out the person's rows if the record has changed since; in a transaction of its own."""
        now = connection.scalar(text(_STAMP.format(**self._prefix)))
        temporary = self._prefix["t"]
        if connection.scalar(text(f"SELECT id FROM {temporary}stamp")) == now:
            return
        connection.execute(text(f"DELETE FROM {temporary}sees_all"))
        sees_all = self._sees_all(connection)
        for name, query in _FILL:
            connection.execute(text(f"DELETE FROM {temporary}{name}"))
            if not sees_all:
                connection.execute(
                    text(f"INSERT INTO {temporary}{name} {query.format(**self._prefix)}")
                )
        if sees_all:
            connection.execute(text(f"INSERT INTO {temporary}sees_all VALUES (1)"))
        connection.execute(text(f"DELETE FROM {temporary}stamp"))
        connection.execute(text(f"INSERT INTO {temporary}stamp VALUES (:now)"), {"now": now})
        connection.commit()

    def _sees_all(self, connection: Connection) -> bool:
        """Tell whether the person works on every process and nothing is marked above their clearance.

        Their rows are then all rows: to list them took seconds after each judgement (31,000 articles).
        """
        if EVERY not in self.access.processes:
            return False
        return connection.execute(text(_HIDDEN.format(**self._prefix))).first() is None


_KNOWN_ERRORS = ("article", "entry", "actor", "claim")
_LOOKED_UP = {
    "claim": "SELECT 1 FROM claims WHERE uid = :id",
    "entry": "SELECT 1 FROM entries WHERE id = :id UNION SELECT 1 FROM entry_aliases WHERE old = :id"
    " UNION SELECT 1 FROM past_entry_claims WHERE entry = :id",
    "actor": "SELECT 1 FROM actors WHERE key = :id",
    "article": "SELECT 1 FROM articles WHERE sha256 = :id",
    "source": "SELECT 1 FROM articles WHERE publisher = :id"
    " UNION SELECT 1 FROM actors WHERE key = :id",
    "process": "SELECT 1 FROM {t}granted WHERE id IN (:id, '*')",
    "judgement": "SELECT 1 FROM judgements WHERE CAST(seq AS TEXT) = :id",
}


def _is_seen(connection: Connection, kind: str, subject: str) -> bool:
    asked = _LOOKED_UP.get(kind)
    if asked is None:
        return False
    prefix = "temp." if connection.dialect.name == "sqlite" else "pg_temp."
    return connection.execute(text(asked.format(t=prefix)), {"id": subject}).first() is not None


def _prefixes(engine: Engine) -> dict[str, str]:
    if engine.dialect.name == "sqlite":
        return {
            "t": "temp.",
            "m": "main.",
            "each_process": "json_each(c.processes)",
            "each_edited": "json_each(s.edits, '$.processes')",
        }
    with engine.connect() as connection:
        schema = connection.scalar(text("SELECT current_schema()"))
    return {
        "t": "pg_temp.",
        "m": f'"{schema}".',
        "each_process": "json_array_elements_text(c.processes) AS",
        "each_edited": "json_array_elements_text(s.edits -> 'processes') AS",
    }


def _engine_like(whole: Engine, access: Access) -> Engine:
    """Return an engine on the same database whose connections get the person's views."""
    if whole.dialect.name == "sqlite":
        engine = sqlite_engine(Path(str(whole.url.database)))
    else:
        engine = postgres_engine(whole.url.render_as_string(hide_password=False))

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for statement, values in _statements(cursor, engine.dialect.name, access):
            if values:
                cursor.executemany(statement, values)
            else:
                cursor.execute(statement)
        cursor.close()
        connection.commit()

    return engine


def _statements(
    cursor: Any, dialect: str, access: Access
) -> Iterator[tuple[str, Sequence[tuple[str, ...]]]]:
    """Yield what a new connection is told: the person's tables, then the views before the others."""
    sqlite = dialect == "sqlite"
    if sqlite:
        yield "PRAGMA temp_store=MEMORY", []
        prefix, mark, views = {"t": "temp.", "m": "main.", "f": "+"}, "?", VIEWS
    else:
        cursor.execute("SELECT current_schema()")
        prefix, mark, views = (
            {"t": "pg_temp.", "m": f'"{cursor.fetchone()[0]}".', "f": ""},
            "%s",
            VIEWS | _WORDS,
        )
    for name, columns in _SEEN.items():
        columns = columns if sqlite else columns.replace("TEXT", 'TEXT COLLATE "C"')
        yield f"CREATE TEMPORARY TABLE {name} ({columns})", []
    processes = access.processes | {UNFILED} if EVERY in access.processes else access.processes
    for table, rows in (
        ("granted", [(each,) for each in sorted(processes)]),
        ("hidden_marks", [(each,) for each in access.hidden]),
        ("named_for", sorted(access.named)),
    ):
        if rows:
            marks = ", ".join([mark] * len(rows[0]))
            yield f"INSERT INTO {prefix['t']}{table} VALUES ({marks})", rows
    for name, condition in views.items():
        yield (
            f"CREATE TEMPORARY VIEW {name} AS SELECT * FROM {prefix['m']}{name}"
            f" WHERE {condition.format(**prefix)}",
            [],
        )
