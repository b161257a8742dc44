"""Whether a record is still what it was: the log's chain, the texts, the spans, what judgements are about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from mahdar.judgements.chain import find_break
from mahdar.judgements.kinds import Anchor
from mahdar.model import Span
from mahdar.store import tables
from mahdar.store.decisions import read_log
from mahdar.store.entry_rows import chunks
from mahdar.store.judged import quote_of
from mahdar.store.prepare import hash_text
from mahdar.store.record import Record

_SAME_START = 8
"""Claims of one kind, type and start that one article may have: more are not tried."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was.

    ``kind`` is ``chain``, ``text``, ``span``, ``uid``, ``subject`` or ``quote``; ``where`` names the
    judgement, article or claim; ``what`` is a message key of i18n (``verify.*``) without its table.
    """

    kind: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what is wrong. ``head`` is the hash of the last judgement."""

    judgements: int
    articles: int
    claims: int
    head: str
    problems: tuple[Problem, ...]


def verify_record(
    record: Record, *, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> Verified:
    """Compare a record with the hashes it keeps; nothing is changed.

    The chain of judgements is computed anew, and the first row that does not fit is named. Texts are
    compared with their hashes, spans must lie in the texts and the words of statements under their
    spans, claims must belong to their articles, and every judgement must find what it is about, with
    the characters that the reviewer saw.

    Args:
        record: an open record.
        on_progress: told after every few articles how many of how many are done.
    Raises:
        RecordError: the record cannot be read.
    """
    with record.reading() as connection:
        log = read_log(connection)
        problems: list[Problem] = []
        broken = find_break(log)
        if broken is not None:
            problems.append(Problem("chain", str(broken[0]), f"chain_{broken[1]}"))
        articles = connection.scalar(select(func.count()).select_from(tables.articles)) or 0
        claims = connection.scalar(select(func.count()).select_from(tables.claims)) or 0
        problems += _texts(connection, articles, on_progress)
        problems += _subjects(connection)
    head = log[-1].hash if log else ""
    return Verified(len(log), articles, claims, head, tuple(problems))


def _texts(
    connection: Connection, total: int, on_progress: Callable[[int, int], None]
) -> Iterator[Problem]:
    t, c = tables.articles.c, tables.claims.c
    ids = list(connection.scalars(select(t.id).order_by(t.id)))
    for at in range(0, len(ids), 200):
        some = ids[at : at + 200]
        texts: dict[int, tuple[str, str, str]] = {}
        for article in connection.execute(
            select(t.id, t.name, t.sha256, t.text, t.text_sha256).where(t.id.in_(some))
        ):
            texts[article.id] = (article.name, article.sha256, article.text)
            if article.text_sha256 != hash_text(article.text):
                yield Problem("text", article.name, "text")
        for row in connection.execute(
            select(c.uid, c.article_id, c.kind, c.type, c.spans, c.text, c.instrument)
            .where(c.article_id.in_(some))
            .order_by(c.uid)
        ):
            name, sha, text = texts[row.article_id]
            spans = [Span(start, end) for _, start, end in row.spans]
            if not spans or not all(0 <= s.start < s.end <= len(text) for s in spans):
                yield Problem("span", f"{name} {row.uid}", "span")
                continue
            said = " … ".join(text[a:b] for role, a, b in row.spans if role == "content")
            if row.kind == "statement" and said != row.text:
                yield Problem("span", f"{name} {row.uid}", "words")
            if not _belongs(row.uid, sha, row.kind, row.type, row.spans):
                yield Problem("uid", f"{name} {row.uid}", "uid")
        on_progress(min(at + 200, total), total)


def _belongs(uid: str, sha: str, kind: str, type_: str, spans: list[tuple[str, int, int]]) -> bool:
    """Tell whether a claim's id is made of its article's hash, its kind and its first span."""
    types = {"", type_} if kind in ("statement", "commitment") else {type_}
    if kind == "arrangement":
        return (
            True  # the id is made with the status as well, which a new reading may tell otherwise
        )
    start = spans[0][1]
    return any(
        hashlib.blake2b(f"{sha}|{kind}|{t}|{start}|{n}".encode(), digest_size=10).hexdigest() == uid
        for t in types
        for n in range(_SAME_START)
    )


def _subjects(connection: Connection) -> Iterator[Problem]:
    """Yield the judgements whose claims are gone, or show other characters than the reviewer saw."""
    link, c = tables.judgement_claims.c, tables.claims.c
    known = set(connection.execute(select(link.seq, link.original)).all())
    anchors: dict[str, list[tuple[int, Anchor]]] = {}
    for judgement in read_log(connection):
        for anchor in judgement.claims:
            anchors.setdefault(anchor.article, []).append((judgement.seq, anchor))
            if (judgement.seq, anchor.claim) not in known:
                yield Problem("subject", f"{judgement.seq} {anchor.claim}", "subject")
    gone = (
        select(link.seq, link.claim)
        .select_from(tables.judgement_claims.outerjoin(tables.claims, c.uid == link.claim))
        .where(c.uid.is_(None))
        .order_by(link.seq)
    )
    for seq, claim in connection.execute(gone):
        yield Problem("subject", f"{seq} {claim}", "subject")
    t = tables.articles.c
    for some in chunks(sorted(anchors)):
        texts = dict(connection.execute(select(t.sha256, t.text).where(t.sha256.in_(some))).all())
        for article in some:
            text = texts.get(article)
            for seq, anchor in anchors[article]:
                if text is None:
                    yield Problem("subject", f"{seq} {article}", "article")
                elif quote_of(text, [span for _, span in anchor.spans]) != anchor.quote:
                    yield Problem("quote", f"{seq} {anchor.claim}", "quote")
