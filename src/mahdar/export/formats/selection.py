"""Which entries, claims and articles go out: what the filters ask for and the readers may see."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy import ColumnElement, Connection, select

from mahdar.export.formats.bundles import chunks
from mahdar.export.formats.request import LeftOut, Request
from mahdar.export.formats.review import Review
from mahdar.store import tables
from mahdar.views.filters import entry_conditions


class Selection:
    """Works each choice out once; what is marked above the readers' circle is counted as left out."""

    def __init__(
        self, connection: Connection, request: Request, review: Review, left_out: LeftOut
    ) -> None:
        self.connection = connection
        self.request = request
        self.review = review
        self.left_out = left_out

    @cached_property
    def narrowed(self) -> list[ColumnElement[bool]]:
        """The conditions on entries that the filters stand for."""
        return entry_conditions(self.connection, self.request.filters)

    @cached_property
    def hidden_articles(self) -> frozenset[str]:
        """Hashes of the articles that are marked above the readers' circle."""
        may = self.request.may_show
        return frozenset(sha for sha, mark in self.review.articles.items() if not may(mark))

    @cached_property
    def hidden_claims(self) -> frozenset[str]:
        """Claims of hidden articles."""
        c, t = tables.claims.c, tables.articles.c
        found: set[str] = set()
        for some in chunks(sorted(self.hidden_articles)):
            found.update(
                self.connection.scalars(
                    select(c.uid)
                    .select_from(tables.claims.join(tables.articles))
                    .where(t.sha256.in_(some))
                )
            )
        return frozenset(found)

    @cached_property
    def _asked(self) -> list[str]:
        """Ids of the entries that the filters ask for, by day, the undated last."""
        e = tables.entries.c
        rows = self.connection.execute(select(e.id, e.first_day).where(*self.narrowed)).all()
        return [row.id for row in sorted(rows, key=lambda r: (r.first_day or "9999", r.id))]

    @cached_property
    def _withheld(self) -> tuple[frozenset[str], frozenset[str]]:
        """Entries that are marked above the circle, and entries that rest on a hidden article."""
        may = self.request.may_show
        marked = self.review.marked_entries(self.connection)
        above = frozenset(i for i in self._asked if not may(marked.get(i)))
        link = tables.entry_claims.c
        resting: set[str] = set()
        for some in chunks(sorted(self.hidden_claims)):
            resting.update(self.connection.scalars(select(link.entry).where(link.claim.in_(some))))
        return above, frozenset(resting.intersection(self._asked)) - above

    @cached_property
    def entry_ids(self) -> list[str]:
        """Ids of the entries that go out, by day, the undated last."""
        above, resting = self._withheld
        self.left_out.add("tlp_entry", count=len(above))
        self.left_out.add("tlp_rests", count=len(resting))
        return [i for i in self._asked if i not in above and i not in resting]

    @cached_property
    def chosen_claims(self) -> frozenset[str] | None:
        """Claims of the entries that the filters ask for; ``None`` when nothing narrows the record."""
        return frozenset(self._claims_of(self.entry_ids)) if self.narrowed else None

    @cached_property
    def withheld_claims(self) -> frozenset[str]:
        """Claims of entries that are marked above the circle."""
        return frozenset(self._claims_of(sorted(self._withheld[0])))

    def _claims_of(self, entries: list[str]) -> set[str]:
        link = tables.entry_claims.c
        found: set[str] = set()
        for some in chunks(entries):
            found.update(self.connection.scalars(select(link.claim).where(link.entry.in_(some))))
        return found

    def takes(self, claim: str, statement: str | None, family: str | None) -> bool:
        """Tell whether a claim of an article that is not hidden goes out.

        A bare mention of an instrument or a name stands in no entry: it goes with its statement.
        """
        if claim in self.withheld_claims or statement in self.withheld_claims:
            return False
        chosen = self.chosen_claims
        return chosen is None or claim in chosen or (family is None and statement in chosen)

    @cached_property
    def article_order(self) -> list[tuple[str, int]]:
        t = tables.articles.c
        rows = self.connection.execute(select(t.id, t.sha256, t.published)).all()
        rows = sorted(rows, key=lambda r: (r.published or "9999", r.sha256))
        kept = [(r.sha256, r.id) for r in rows if r.sha256 not in self.hidden_articles]
        self.left_out.add("tlp_article", count=len(rows) - len(kept))
        return kept
