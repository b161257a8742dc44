"""What the sections of a brief are written from: what may be shown, how much it matters, the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from math import log2
from typing import TypeVar

from sqlalchemy import Connection, select

from mahdar.consolidation.days import parse_days
from mahdar.export.brief.fit import QUOTA
from mahdar.export.brief.model import Request, Sentence
from mahdar.export.brief.notes import join_notes, make_note, note_quotes
from mahdar.export.brief.roles import settle_roles
from mahdar.export.brief.scope import Scope
from mahdar.export.brief.words import count, join_names, name_day, name_time, put_digits
from mahdar.export.formats.request import LeftOut
from mahdar.export.formats.request import Request as ExportRequest
from mahdar.export.formats.review import load_review
from mahdar.export.formats.selection import Selection
from mahdar.i18n import load_messages, tr
from mahdar.store import Record, tables
from mahdar.views import (
    EntryDetail,
    EntryRow,
    Evidence,
    Filters,
    Ref,
    load_entry,
    load_quotes,
)
from mahdar.views.reviews import DRAFT, Review, load_entry_reviews

T = TypeVar("T")
_LOOKUP = 500
_STANDING = {
    "independently_confirmed": 3.0,
    "disputed": 3.0,
    "denied": 1.5,
    "same_origin_repeat": 1.2,
    "single_source": 1.0,
}
"""What matters: how well attested comes first, then how real, how much told, how recent."""
_REAL = {"occurred": 0.6, "ongoing": 0.6, "planned": 0.4}
_MARKED = frozenset(("planned", "proposed", "demanded", "conditional", "denied"))
_ACCEPTED = frozenset(("accepted", "accepted_edited", "final"))
_REVIEWED = 4.0
_MOST_TELLERS = 2
_UNCUT_PAGES = 10
_SPARE = 2
_VAGUE_DAYS = 35
"""A happening whose time is told more widely is not told as one of the period."""


class Desk:
    """Answers what sections ask of one record for one request.

    ``hidden`` holds the entries that stay out because of a TLP marking.
    """

    def __init__(self, record: Record, scope: Scope, request: Request) -> None:
        self.record = record
        self.scope = scope
        self.request = request
        self.lang = request.lang
        self.hidden: set[str] = set()
        self._details: dict[str, EntryDetail] = {}
        self._reviews: dict[str, Review] = {}
        with record.reading() as connection:
            asked = ExportRequest(Filters(), request.lang, request.tlp)
            selection = Selection(connection, asked, load_review(connection), LeftOut())
            self._hidden_claims = selection.hidden_claims
            self._hidden_entries = selection.marked_entries
            self._ours = frozenset(_claims_of(connection, sorted(scope.articles)))

    def most(self, section: str) -> int:
        """Return how many sentences are worth writing for a section before the brief is cut to its pages."""
        return round(QUOTA[section] * max(1.0, (self.request.pages or _UNCUT_PAGES) / 2)) + _SPARE

    def gather(
        self,
        ask: Callable[[Record, Filters], Sequence[T]],
        entry_of: Callable[[T], EntryRow],
        *,
        ahead: bool = False,
    ) -> list[T]:
        """Return the rows of a view that belong here and may be shown, the weightiest first.

        What belongs here only by its place must stand in an article that mainly tells of the process:
        a football match in a town of the country does not. ``ahead`` asks for what is dated after the period.
        """
        found: dict[str, T] = {}
        for filters in self.scope.filters(ahead=ahead):
            for row in ask(self.record, filters):
                if filters.place is None or self.is_ours(entry_of(row)):
                    found.setdefault(entry_of(row).id, row)
        rows = [row for row in found.values() if self.may_show(entry_of(row))]
        self.load_reviews(entry_of(row) for row in rows)
        rows.sort(key=lambda row: (-self.weigh(entry_of(row)), entry_of(row).id))
        return rows

    def load_reviews(self, entries: Iterable[EntryRow]) -> None:
        """Look up where the reviews of entries stand."""
        self._reviews.update(load_entry_reviews(self.record, [entry.id for entry in entries]))

    def may_show(self, entry: EntryRow) -> bool:
        """Tell whether the readers may see an entry; counts those that they may not."""
        if entry.id in self._hidden_entries or not self._hidden_claims.isdisjoint(entry.claims):
            self.hidden.add(entry.id)
            return False
        return True

    def is_ours(self, entry: EntryRow) -> bool:
        """Tell whether a statement or promise stands in an article that mainly tells of this process."""
        return not self._ours.isdisjoint(entry.claims)

    def in_period(self, day: str | None) -> bool:
        """Tell whether an ISO day lies in the period."""
        return day is not None and self.scope.first <= day <= self.scope.last

    def is_dated(self, entry: EntryRow) -> bool:
        """Tell whether an entry is told closely enough to be one of the period."""
        days = parse_days(entry.time)
        return days is None or days.length <= _VAGUE_DAYS

    def weigh(self, entry: EntryRow) -> float:
        """Return how much an entry matters: standing, origins, articles, reality, recency, review."""
        first, last = (date.fromisoformat(d) for d in (self.scope.first, self.scope.last))
        recent = 0.0
        if entry.day:
            passed = (date.fromisoformat(entry.day) - first).days
            recent = min(1.0, max(0.0, passed / max(1, (last - first).days)))
        return (
            _STANDING.get(entry.standing, 1.0)
            + log2(max(1, entry.origins))
            + 0.3 * log2(max(1, entry.articles))
            + _REAL.get(entry.modality or "occurred", 0.0)
            + 0.5 * recent
            + (0.0 if entry.time else -0.5)
            + (_REVIEWED if self.review(entry).state in _ACCEPTED else 0.0)
        )

    def review(self, entry: EntryRow) -> Review:
        """Return where the review of an entry stands, as far as it was looked up."""
        return self._reviews.get(entry.id, DRAFT)

    def detail(self, entry: EntryRow) -> EntryDetail:
        """Return an entry with its evidence."""
        if entry.id not in self._details:
            self._details[entry.id] = load_entry(self.record, entry.id)
        return self._details[entry.id]

    def parts(self, entry: EntryRow, enough: int = 1) -> dict[str, list[Ref]]:
        """Return who plays which part, as most claims tell it, the most told of first.

        Papers put the same people on either side of one happening: each gets the role that more claims
        give, both roles none. Who is told of in far fewer claims than the others is left out; who is only
        described, where a role has ``enough`` names.
        """
        r = tables.claim_roles.c
        claims = entry.claims
        told: Counter[tuple[str, str]] = Counter()
        with self.record.reading() as connection:
            for at in range(0, len(claims), _LOOKUP):
                some = claims[at : at + _LOOKUP]
                rows = connection.execute(select(r.actor, r.role).where(r.claim.in_(some)))
                told.update((actor, role) for actor, role in rows)
        return settle_roles(entry, told, enough)

    def tellers(self, detail: EntryDetail, claims: Iterable[str] | None = None) -> str:
        """Return in words who tells an entry, or some claims of it: speakers, else agencies, else papers."""
        wanted = None if claims is None else set(claims)
        told: Counter[str] = Counter()
        for evidence in detail.evidence:
            if wanted is None or evidence.claim in wanted:
                told[_teller(evidence, self.lang)] += 1
        ranked = sorted(told.items(), key=lambda item: -item[1])
        return join_names((name for name, _ in ranked if name), self.lang, most=_MOST_TELLERS)

    def when(self, entry: EntryRow) -> str:
        """Return in words when something happened; in brackets the day of print where no text tells."""
        year = int(self.scope.last[:4])
        if entry.time:
            return name_time(entry.time, self.lang, year=year)
        if entry.day:
            day = date.fromisoformat(entry.day)
            told = name_day(day, self.lang, year=day.year != year)
            return tr("brief.time.printed", self.lang, day=told)
        return ""

    def labels(self, refs: Iterable[Ref], most: int = 3) -> str:
        """Return the names of actors or places in words."""
        return join_names((ref.label(self.lang) for ref in refs), self.lang, most=most)

    def fill(self, pattern: str, **slots: str) -> str:
        """Return a pattern ``brief.say.PATTERN`` with its slots filled.

        A slot that has words of its own (``brief.slot.NAME``) is put in these, or left out when empty.
        """
        filled = {}
        for name, value in slots.items():
            key = f"brief.slot.{name}"
            if value and key in load_messages():
                # A time in brackets needs no comma; a part that begins with a sign, no blank.
                value = value if value.startswith("(") else tr(key, self.lang, v=value)
                value = value if value[0] in "،؛,;" else f" {value}"
            filled[name] = value
        return tr(f"brief.say.{pattern}", self.lang, **filled)

    def write(
        self,
        entry: EntryRow,
        text: str,
        *,
        extra: float = 0.0,
        says_how_real: bool = False,
        against: EntryRow | None = None,
    ) -> Sentence:
        """Return a sentence on an entry, with how well it is attested and where it stands.

        What is only planned, wished for or denied is marked so, unless the text says it already.
        ``against`` is a second entry that the sentence quotes: its sources stand in the same note.
        """
        if entry.modality in _MARKED and not says_how_real:
            text = f"{tr(f'brief.modality.{entry.modality}', self.lang)} {text}"
        note = make_note(self.detail(entry), self.request)
        if against is not None:
            note = join_notes(note, make_note(self.detail(against), self.request))
        return Sentence(
            text=put_digits(text[:1].upper() + text[1:], self.request.digits),
            standing=put_digits(self._standing(entry), self.request.digits),
            day=entry.day,
            weight=self.weigh(entry) + extra,
            note=note,
        )

    def write_mention(self, text: str, key: str, claims: Sequence[str], weight: float) -> Sentence:
        """Return a sentence on an instrument that is only named, with articles that name it."""
        quotes = list(load_quotes(self.record, claims).values())
        articles = count("articles", len({quote.article for quote in quotes}), self.lang)
        standing = tr("brief.standing.named", self.lang, articles=articles)
        return Sentence(
            text=put_digits(text[:1].upper() + text[1:], self.request.digits),
            standing=put_digits(standing, self.request.digits),
            weight=weight,
            note=note_quotes(key, quotes, self.request),
        )

    def open_claims(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Return the claims that the readers may see."""
        return tuple(uid for uid in claims if uid not in self._hidden_claims)

    def _standing(self, entry: EntryRow) -> str:
        articles = count("articles", entry.articles, self.lang)
        origins = count("origins", entry.origins, self.lang)
        text = tr(f"brief.standing.{entry.standing}", self.lang, articles=articles, origins=origins)
        state = self.review(entry).state
        if state in _ACCEPTED:
            text += tr(f"brief.reviewed.{state}", self.lang)
        return text


def _teller(evidence: Evidence, lang: str) -> str:
    if evidence.chain:
        return evidence.chain[-1].label(lang)
    if evidence.agencies:
        return evidence.agencies[0].label(lang)
    return evidence.publisher or ""


def _claims_of(connection: Connection, articles: Sequence[int]) -> Iterator[str]:
    c = tables.claims.c
    for at in range(0, len(articles), _LOOKUP):
        yield from connection.scalars(
            select(c.uid).where(c.article_id.in_(articles[at : at + _LOOKUP]))
        )
