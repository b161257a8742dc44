"""What a brief covers: which processes, which country, which articles, which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from mahdar.consolidation.days import format_day, parse_days
from mahdar.consolidation.flatten import normalize_words
from mahdar.errors import RecordError, SettingError
from mahdar.export.brief.model import Request
from mahdar.knowledge.load import load_knowledge
from mahdar.store import Record, tables
from mahdar.views.filters import Filters


@dataclass(frozen=True, slots=True)
class Scope:
    """What a brief covers.

    ``processes`` are ids, ``None`` for everything. ``place`` is the country that a pack is about; what lies in it
    counts too. ``articles`` are the numbers of the articles that mainly tell of these processes: statements
    and promises carry no process and are taken from them. ``first`` and ``last`` are ISO days.
    """

    processes: tuple[str, ...] | None
    place: str | None
    title: dict[str, str]
    names: tuple[dict[str, str], ...]
    articles: frozenset[int]
    first: str
    last: str

    def filters(self, *, ahead: bool = False) -> Iterator[Filters]:
        """Yield the questions that together ask for what belongs here, in the period or after it."""
        after = (date.fromisoformat(self.last) + timedelta(days=1)).isoformat()
        whole = Filters(since=after) if ahead else Filters(since=self.first, until=self.last)
        if self.processes is None:
            yield whole
            return
        for process in self.processes:
            yield replace(whole, process=process)
        if self.place:
            yield replace(whole, place=self.place)

    def takes(self, instrument: str, *, unknown: bool) -> bool:
        """Tell whether an instrument is one of these processes'; ``unknown`` if packs do not say."""
        known = load_knowledge().instruments.get(instrument)
        if self.processes is None:
            return True
        if known is None or not known.processes:
            return unknown
        return bool(set(known.processes) & set(self.processes))


def find_scope(record: Record, request: Request) -> Scope:
    """Return what a request asks for.

    Raises:
        SettingError: no such process, a date that is none, or a period that ends before it begins.
        RecordError: the record has no dated article and the request no period.
    """
    with record.reading() as connection:
        known = set(connection.scalars(select(tables.entry_processes.c.process).distinct()))
        processes, place = _find_processes(request.process, known)
        articles = _main_articles(connection, processes)
        first, last = _period(connection, request, record.name, articles)
    return Scope(
        processes,
        place,
        _title(request.process, processes),
        tuple(_names(p) for p in processes or () if p in known),
        articles,
        first,
        last,
    )


def _find_processes(
    asked: str | None, known: set[str]
) -> tuple[tuple[str, ...] | None, str | None]:
    if asked is None:
        return None, None
    knowledge = load_knowledge()
    word = asked.strip()
    if word in knowledge.processes or word in known:
        return (word,), None
    norm, lower = normalize_words(word), word.lower()
    for process in knowledge.processes.values():
        if any(normalize_words(n) == norm for n in process.names.get("ar", ())) or lower in (
            n.lower() for n in process.names.get("en", ())
        ):
            return (process.id,), None
    for pack in knowledge.packs:
        titles = {pack.name, *(title.lower() for title in pack.title.values())}
        if lower in titles or norm in {normalize_words(title) for title in titles}:
            found = tuple(p.id for p in knowledge.processes.values() if p.pack == pack.name)
            if found:
                return found, pack.name if pack.name in knowledge.places else None
    told = ", ".join(sorted(known)) or "-"
    raise SettingError(
        f"--process {asked}: no such process. Mend: give one of this record's ({told}), or a pack such as yemen."
    )


def _names(process: str) -> dict[str, str]:
    found = load_knowledge().processes.get(process)
    names = found.names if found else {}
    return {lang: next(iter(names.get(lang, ())), process) for lang in ("ar", "en")}


def _title(asked: str | None, processes: tuple[str, ...] | None) -> dict[str, str]:
    if processes is None or asked is None:
        return {}
    if len(processes) == 1:
        return _names(processes[0])
    lower = asked.strip().lower()
    for pack in load_knowledge().packs:
        if lower in (pack.name, *(title.lower() for title in pack.title.values())):
            return dict(pack.title)
    return {"ar": asked, "en": asked}


def _period(
    connection: Connection, request: Request, name: str, articles: frozenset[int]
) -> tuple[str, str]:
    asked = Filters(since=request.since, until=request.until)
    first, last = asked.first_day(), asked.last_day()
    if first is None or last is None:
        own = article_days(connection, articles)
        days = sorted(day for day in own if day) or sorted(
            day for day in article_days(connection) if day
        )
        if not days:
            raise RecordError(
                f"{name}: none of its articles has a date. Mend: give --from and --to."
            )
        first, last = first or days[0], last or days[-1]
    if last < first:
        raise SettingError(
            f"--from {first} --to {last}: the period ends before it begins. Mend: swap them."
        )
    return first, last


def article_days(connection: Connection, some: frozenset[int] | None = None) -> Counter[str | None]:
    """Return how many articles, of all or of some, have each ISO day; ``None``: those without a date."""
    t = tables.articles.c
    out: Counter[str | None] = Counter()
    for number, told in connection.execute(select(t.id, func.coalesce(t.anchor, t.published))):
        if some is None or number in some:
            days = parse_days(told)
            out[format_day(days.first) if days else None] += 1
    return out


def _main_articles(connection: Connection, processes: Iterable[str] | None) -> frozenset[int]:
    """Return the articles most of whose entries, among those with a process, belong to these."""
    if processes is None:
        return frozenset(connection.scalars(select(tables.articles.c.id)))
    wanted = set(processes)
    c, link, of = tables.claims.c, tables.entry_claims.c, tables.entry_processes.c
    tallies: dict[int, Counter[str]] = {}
    for article, process, number in connection.execute(
        select(c.article_id, of.process, func.count())
        .select_from(
            tables.entry_processes.join(tables.entry_claims, link.entry == of.entry).join(
                tables.claims, c.uid == link.claim
            )
        )
        .group_by(c.article_id, of.process)
    ):
        tallies.setdefault(article, Counter())[process] += number
    return frozenset(
        article
        for article, tally in tallies.items()
        if 2 * sum(n for process, n in tally.items() if process in wanted) > tally.total()
    )
