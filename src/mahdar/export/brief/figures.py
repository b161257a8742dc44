"""Sections of figures: what the period brought, what is disputed, where the record has gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import func, select

from mahdar.consolidation.days import parse_days
from mahdar.consolidation.origins import group_origins
from mahdar.export.brief.desk import Desk
from mahdar.export.brief.model import Section, Sentence
from mahdar.export.brief.scope import article_days
from mahdar.export.brief.words import join_names, name_span, name_time, put_digits
from mahdar.i18n import tr, tr_code
from mahdar.store import Record, tables
from mahdar.store.load import claim_of, load_context
from mahdar.views import EntryRow, Filters, list_sources
from mahdar.views.filters import load_parents
from mahdar.views.rows import load_entries, load_refs
from mahdar.views.truces import lies_within

_LOOKUP = 400
_KINDS = (
    "meeting",
    "agreement",
    "ceasefire",
    "incident",
    "humanitarian",
    "detention",
    "designation",
    "formation",
    "zone",
    "body",
    "listing",
)
_MOST_PAPERS = 5
_MOST_GAPS = 6
_DENIED = ("disputed", "denied")
_CONFLICTS = ("killed", "place", "time")


@dataclass(frozen=True, slots=True)
class Base:
    """What a brief rests on: the happenings of the period, the articles and papers that tell them, origins.

    ``fresh`` counts entries that no article told before the period.
    """

    entries: tuple[EntryRow, ...]
    articles: int
    papers: int
    origins: int
    fresh: int
    days: frozenset[str]


def load_base(desk: Desk) -> Base:
    """Return what the brief rests on."""
    entries = tuple(desk.gather(_list_all, lambda row: row))
    claims = [uid for row in entries for uid in row.claims]
    c, t = tables.claims.c, tables.articles.c
    found: list[Any] = []
    with desk.record.reading() as connection:
        for at in range(0, len(claims), _LOOKUP):
            found += connection.execute(
                select(
                    tables.claims,
                    t.sha256,
                    t.publisher,
                    func.coalesce(t.anchor, t.published).label("printed"),
                )
                .select_from(tables.claims.join(tables.articles, c.article_id == t.id))
                .where(c.uid.in_(claims[at : at + _LOOKUP]))
            ).all()
        rows = [claim_of(row, ()) for row in found]
        context = load_context(connection, {}, frozenset(), sorted({row.sha256 for row in found}))
    told: dict[str, str] = {}
    for row in found:
        days = parse_days(row.printed)
        if days:
            told[row.uid] = date.fromordinal(days.first).isoformat()
    first = desk.scope.first
    inside = [row for row in found if row.uid in told and desk.in_period(told[row.uid])]
    return Base(
        entries,
        articles=len({row.sha256 for row in inside}),
        papers=len({row.publisher for row in inside if row.publisher}),
        origins=len(group_origins(rows, context)),
        fresh=sum(all(told.get(uid, "9999") >= first for uid in entry.claims) for entry in entries),
        days=frozenset(told[row.uid] for row in inside),
    )


def _list_all(record: Record, filters: Filters) -> list[EntryRow]:
    with record.reading() as connection:
        return load_entries(connection, _KINDS, filters)


def write_headline(desk: Desk, base: Base) -> Section:
    """Return what the period brought, in figures."""
    lang = desk.lang
    if not base.entries:
        return Section("headline", (Sentence(tr("brief.nothing", lang)),))
    kinds = Counter(row.kind for row in base.entries)
    standing = Counter(row.standing for row in base.entries)
    sentences = [
        tr(
            "brief.figures.base",
            lang,
            articles=f"{base.articles:,}",
            papers=f"{base.papers:,}",
            entries=f"{len(base.entries):,}",
            origins=f"{base.origins:,}",
        ),
        tr(
            "brief.figures.kinds",
            lang,
            kinds=_comma(lang).join(
                f"{tr_code('kind', kind, lang)} {number:,}" for kind, number in kinds.most_common()
            ),
        ),
        tr(
            "brief.figures.standing",
            lang,
            kinds=_comma(lang).join(
                f"{tr_code('standing', code, lang)} {number:,}"
                for code, number in standing.most_common()
            ),
        ),
    ]
    if base.fresh < len(base.entries):
        sentences.insert(1, tr("brief.figures.fresh", lang, fresh=f"{base.fresh:,}"))
    return Section("headline", tuple(_figure(desk, text) for text in sentences))


def _comma(lang: str) -> str:
    return "، " if lang == "ar" else ", "


def _figure(desk: Desk, text: str) -> Sentence:
    return Sentence(put_digits(text, desk.request.digits))


def write_doubts(desk: Desk, base: Base) -> Section:
    """Return what some tell and others deny, what articles tell differently, and how much has one source."""
    rows = [row for row in base.entries if desk.is_dated(row)]
    disputed = [row for row in rows if row.standing in _DENIED]
    with desk.record.reading() as connection:
        parents = load_parents(connection)
    unlike = {
        row.id: row
        for row in rows
        if row.standing not in _DENIED and row.origins > 1 and any(_differs(row, parents))
    }
    ranked = [*disputed, *sorted(unlike.values(), key=lambda r: (-desk.weigh(r), r.id))]
    sentences = [_doubt(desk, row, parents) for row in ranked[: desk.most("doubts")]]
    left_out = len(disputed) + len(unlike) - len(sentences)
    return Section("doubts", tuple(sentences), left_out)


def count_single(desk: Desk, shown: Iterable[Sentence]) -> Sentence:
    """Return how many of the sentences shown rest on one article or one origin."""
    told = [s for s in shown if s.note is not None]
    single = sum(s.note is not None and len(s.note.cited) + s.note.more == 1 for s in told)
    return _figure(
        desk,
        tr(
            "brief.figures.single",
            desk.lang,
            single=f"{single:,}",
            shown=len(told),
        ),
    )


def _differs(row: EntryRow, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the fields in which articles give values that cannot all be true."""
    for field in _CONFLICTS:
        told = row.told(field)
        if len(told) > 1 and (
            field == "killed" or (_apart(told) if field == "time" else _elsewhere(told, parents))
        ):
            yield field


def _elsewhere(places: Sequence[str], parents: Mapping[str, str]) -> bool:
    """Tell whether two of the places lie apart: a town and its country do not."""
    return any(
        not (lies_within(a, b, parents) or lies_within(b, a, parents))
        for a, b in combinations(places, 2)
    )


def _apart(times: Iterable[str]) -> bool:
    windows = [days for told in times if (days := parse_days(told)) is not None]
    return any(a.last < b.first for a in windows for b in windows)


def _doubt(desk: Desk, row: EntryRow, parents: Mapping[str, str]) -> Sentence:
    lang = desk.lang
    detail = desk.detail(row)
    parts = desk.parts(row)
    people = [ref for role in ("actor", "target", "party") for ref in parts.get(role, ())]
    what = desk.fill(
        "happening",
        what=tr_code("event", row.type, lang),
        parties=desk.labels(people, 2),
        place=row.place.label(lang) if row.place else "",
        time=desk.when(row),
    )
    if row.standing in _DENIED:
        denied = {
            uid
            for told in row.fields.get("modality", ())
            if told.value == "denied"
            for uid in told.claims
        }
        tell = set(row.claims) - denied
        text = desk.fill(
            "disputed" if tell else "only_denied",
            what=what,
            tell=desk.tellers(detail, tell),
            deny=desk.tellers(detail, denied),
        )
    else:
        fields = f"{tr('brief.names.sep', lang)} ".join(
            _values(desk, row, field) for field in _differs(row, parents)
        )
        text = desk.fill("differs", what=what, fields=fields)
    return desk.write(row, text, says_how_real=row.standing in _DENIED)


def _values(desk: Desk, row: EntryRow, field: str) -> str:

    detail = desk.detail(row)
    told = row.fields.get(field, ())[:3]
    names = {}
    if field == "place":
        with desk.record.reading() as connection:
            names = load_refs(connection, [t.value for t in told])
    year = int(desk.scope.last[:4])
    figures = []
    for value in told:
        if field == "place":
            shown = names[value.value].label(desk.lang)
        elif field == "time":
            shown = name_time(value.value, desk.lang, year=year) or value.value
        else:
            shown = value.value
        figures.append(
            tr("brief.figure", desk.lang, number=shown, tellers=desk.tellers(detail, value.claims))
        )
    label = tr_code("field", field, desk.lang)
    return f"{label}: {join_names(figures, desk.lang)}"


def write_coverage(desk: Desk, base: Base) -> Section:
    """Return the days without articles, the days that tell nothing of this, and which papers there are."""
    lang = desk.lang
    first, last = (date.fromisoformat(d) for d in (desk.scope.first, desk.scope.last))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    with desk.record.reading() as connection:
        had = {day for day, number in article_days(connection).items() if day and number}
    empty = [day for day in days if day.isoformat() not in had]
    silent = [d for d in days if d.isoformat() in had and d.isoformat() not in base.days]
    sources = list_sources(desk.record, Filters(since=desk.scope.first, until=desk.scope.last))
    papers = [row for row in sources if row.kind == "paper"]
    texts = [
        tr("brief.gaps.none", lang)
        if not empty
        else tr(
            "brief.gaps.days",
            lang,
            number=len(empty),
            all=len(days),
            days=_spans(empty, lang),
        )
    ]
    if silent and base.entries:
        texts.append(
            tr(
                "brief.gaps.silent",
                lang,
                number=len(silent),
                days=_spans(silent, lang),
            )
        )
    if papers:
        total = sum(row.articles for row in papers)
        texts.append(
            tr(
                "brief.gaps.papers",
                lang,
                papers=len(papers),
                articles=f"{total:,}",
                names=_comma(lang).join(
                    f"{row.source.label(lang) or tr('source.no_name', lang)} {row.articles:,}"
                    for row in papers[:_MOST_PAPERS]
                ),
                own=f"{round(100 * sum(row.own for row in papers) / max(1, total))}%",
            )
        )
    return Section("coverage", tuple(_figure(desk, text) for text in texts))


def _spans(days: list[date], lang: str) -> str:
    """Return days in words, days in a row as one span."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    year = days[0].year != days[-1].year
    named = [name_span(span[0], span[-1], lang, year=year) for span in spans[:_MOST_GAPS]]
    if len(spans) > _MOST_GAPS:
        return tr("brief.gaps.more", lang, days=_comma(lang).join(named))
    return _comma(lang).join(named)
