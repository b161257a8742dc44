"""Which entries, claims and articles go out: what the filters ask for and the readers may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from sys import intern

from sqlalchemy import ColumnElement, Connection, select

from mahdar.export.formats.bundles import Chosen, chunks
from mahdar.export.formats.request import LeftOut, Request
from mahdar.export.formats.review import Review
from mahdar.store import tables
from mahdar.views.filters import entry_conditions


class Selection:
    """Works each choice out once; what is marked above the readers' circle is counted as left out.

    Hidden are claims that are marked above it, those of marked articles and entries, and whatever
    else is told in the same sentences. An entry goes out when it is not marked and rests on no
    hidden claim: otherwise its values would tell what is hidden.
    """

    def __init__(
        self, connection: Connection, request: Request, review: Review, left_out: LeftOut
    ) -> None:
        self.connection = connection
        self.request = request
        self.review = review
        self.left_out = left_out

    @cached_property
    def narrowed(self) -> list[ColumnElement[bool]]:
        """The conditions on entries that the filters stand for; what was rejected is told apart later."""
        return entry_conditions(self.connection, replace(self.request.filters, rejected=True))

    @cached_property
    def hidden_articles(self) -> frozenset[str]:
        """Hashes of the articles that are marked above the readers' circle."""
        may = self.request.may_show
        return frozenset(sha for sha, mark in self.review.articles.items() if not may(mark))

    @cached_property
    def marked_entries(self) -> frozenset[str]:
        """Entries that are marked above it, by themselves or by a process they belong to."""
        may = self.request.may_show
        of = tables.entry_processes.c
        closed = [process for process, mark in self.review.processes.items() if not may(mark)]
        found = {entry for entry, judged in self.review.entries.items() if not may(judged.tlp)}
        for some in chunks(closed):
            found.update(self.connection.scalars(select(of.entry).where(of.process.in_(some))))
        return frozenset(found)

    @cached_property
    def hidden_claims(self) -> frozenset[str]:
        """Claims that do not go out because of a marking."""
        may = self.request.may_show
        marked = {uid for uid, judged in self.review.claims.items() if not may(judged.tlp)}
        marked |= self._claims_of(self.marked_entries)
        c, t = tables.claims.c, tables.articles.c
        whole: set[str] = set()
        for hashes in chunks(sorted(self.hidden_articles)):
            join = tables.claims.join(tables.articles)
            whole.update(
                self.connection.scalars(select(c.uid).select_from(join).where(t.sha256.in_(hashes)))
            )
        return frozenset(marked | whole | self._told_beside(marked))

    def _told_beside(self, claims: set[str]) -> set[str]:
        """Return the claims that share a sentence with one of these."""
        c = tables.claims.c
        facts = (c.uid, c.article_id, c.sentence_start, c.sentence_end)
        found: set[str] = set()
        for some in chunks(sorted(claims)):
            rows = self.connection.execute(select(*facts).where(c.uid.in_(some))).all()
            articles = sorted({row.article_id for row in rows})
            others = [
                other
                for ids in chunks(articles)
                for other in self.connection.execute(select(*facts).where(c.article_id.in_(ids)))
            ]
            found.update(
                other.uid
                for row in rows
                for other in others
                if other.article_id == row.article_id
                and other.sentence_start < row.sentence_end
                and row.sentence_start < other.sentence_end
            )
        return found

    @cached_property
    def entries(self) -> list[Chosen]:
        """The entries that go out, by day, the undated last."""
        e, link = tables.entries.c, tables.entry_claims.c
        rows = self.connection.execute(
            select(e.id, e.kind, e.type, e.modality, e.place, e.first_day).where(*self.narrowed)
        )
        # Codes recur a hundred thousand times: one text each.
        asked = sorted(
            (day or "9999", Chosen(id_, *(intern(code) if code else code for code in codes)))
            for id_, *codes, day in rows
        )
        resting: set[str] = set()
        for some in chunks(sorted(self.hidden_claims)):
            resting.update(self.connection.scalars(select(link.entry).where(link.claim.in_(some))))
        away = resting | self.marked_entries
        kept = [chosen for _, chosen in asked if chosen.id not in away]
        marked = sum(chosen.id in self.marked_entries for _, chosen in asked)
        self.left_out.add("tlp_entry", count=marked)
        self.left_out.add("tlp_rests", count=len(asked) - len(kept) - marked)
        return kept

    @cached_property
    def entry_set(self) -> frozenset[str]:
        """The entries that go out."""
        return frozenset(chosen.id for chosen in self.entries)

    @cached_property
    def chosen_claims(self) -> frozenset[str] | None:
        """Claims of the entries that the filters ask for; ``None`` when nothing narrows the record."""
        return frozenset(self._claims_of(self.entry_set)) if self.narrowed else None

    def _claims_of(self, entries: Iterable[str]) -> set[str]:
        link = tables.entry_claims.c
        found: set[str] = set()
        for some in chunks(sorted(entries)):
            found.update(self.connection.scalars(select(link.claim).where(link.entry.in_(some))))
        return found

    def takes(self, claim: str, statement: str | None, family: str | None) -> bool:
        """Tell whether a claim goes out.

        A bare mention of an instrument or a name stands in no entry: it goes with its statement.
        """
        if claim in self.hidden_claims:
            return False
        chosen = self.chosen_claims
        return chosen is None or claim in chosen or (family is None and statement in chosen)

    @cached_property
    def article_order(self) -> list[tuple[str, int]]:
        """Hash and number of the articles that may go out, by date of publication."""
        t = tables.articles.c
        rows = self.connection.execute(select(t.id, t.sha256, t.published)).all()
        rows = sorted(rows, key=lambda r: (r.published or "9999", r.sha256))
        kept = [(r.sha256, r.id) for r in rows if r.sha256 not in self.hidden_articles]
        self.left_out.add("tlp_article", count=len(rows) - len(kept))
        return kept
