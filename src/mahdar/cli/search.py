"""``mahdar search``: full text over a record."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mahdar.cli.output import plain
from mahdar.cli.progress import make_progress, notes_console
from mahdar.cli.show import (
    ActorOption,
    FromOption,
    LangOption,
    PlaceOption,
    ProcessOption,
    RecordOption,
    ToOption,
)
from mahdar.errors import SettingError
from mahdar.i18n import tr
from mahdar.settings import load_settings

if TYPE_CHECKING:
    from mahdar.search import SearchFilters, SearchHit, SearchPage


class SearchKind(StrEnum):
    """What results are."""

    article = "article"
    statement = "statement"
    entry = "entry"


class SearchFormat(StrEnum):
    """What ``mahdar search`` prints."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def search(
    query: Annotated[
        str,
        typer.Argument(
            help='Words; "a phrase", -not, a | b, begin*, =exact. Empty: all, latest first.'
            " · كلمات البحث."
        ),
    ] = "",
    record: RecordOption = None,
    kind: Annotated[
        SearchKind, typer.Option("--kind", "-k", help="What to find. · مقالات أو أقوال أو قيود.")
    ] = SearchKind.article,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Only this paper. · الصحيفة.")
    ] = None,
    agency: Annotated[
        str | None, typer.Option("--agency", help="Only what credits this agency. · الوكالة.")
    ] = None,
    since: FromOption = None,
    until: ToOption = None,
    type_: Annotated[
        str | None,
        typer.Option("--type", "-t", help="Event type, act or kind of entry. · النوع."),
    ] = None,
    newest: Annotated[
        bool, typer.Option("--newest", help="Latest first, not best first. · الأحدث أولا.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", "-n", help="Results shown, up to 1000. · عدد النتائج.")
    ] = 20,
    offset: Annotated[int, typer.Option("--offset", help="Results skipped. · نتائج متروكة.")] = 0,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count papers, months, processes. · توزع النتائج.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the index anew first. · أعد بناء الفهرس.")
    ] = False,
    form: Annotated[
        SearchFormat, typer.Option("--format", "-f", help="Form of the output. · صيغة الناتج.")
    ] = SearchFormat.table,
    lang: LangOption = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, no notes. · بلا تقدم.")
    ] = False,
) -> None:
    """Words in articles, statements and entries, in any spelling and form. · البحث في النصوص."""
    from mahdar.search import SearchFilters, complete_index
    from mahdar.search import search as find
    from mahdar.store import open_record

    if facets and form is not SearchFormat.table:
        raise SettingError("--facets is for the table. Mend: leave out --facets or --format.")
    settings = load_settings()
    language = str(lang or settings["language"])
    filters = SearchFilters(
        kind=kind.value,
        actor=actor,
        place=place,
        process=process,
        publisher=publisher,
        agency=agency,
        since=since,
        until=until,
        type=type_,
        newest=newest,
    )
    notes = notes_console()
    with open_record(record or str(settings["record"])) as target:
        with make_progress(notes, quiet=quiet) as progress:
            task = None

            def advance(done: int, of: int) -> None:
                nonlocal task
                if task is None:
                    task = progress.add_task(tr("search.indexing", language), note="")
                progress.update(task, completed=done, total=of)

            if rebuild:
                count = complete_index(target, anew=True, on_progress=advance)
                if not quiet:
                    notes.print(tr("search.rebuilt", language, count=f"{count:,}"), markup=False)
                if not query and _nothing_asked(filters, facets):
                    return
            page = find(target, query, filters, limit, offset, facets=facets, on_progress=advance)
        if target.stale and kind is SearchKind.entry and not quiet:
            notes.print(tr("show.stale", language), markup=False)
    _PRINT[form](page, language)


def _nothing_asked(filters: SearchFilters, facets: bool) -> bool:
    """Tell whether the index was to be made anew and nothing else."""
    from mahdar.search import SearchFilters

    return not facets and filters == SearchFilters()


def _print_table(page: SearchPage, lang: str) -> None:
    from mahdar.cli.search_text import print_page

    print_page(page, lang)


def _print_lines(page: SearchPage, lang: str) -> None:
    for hit in page.hits:
        json.dump(plain(hit), sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")


_COLUMNS: dict[str, Callable[[SearchHit, str], object]] = {
    "kind": lambda hit, _: hit.kind,
    "id": lambda hit, _: hit.id,
    "day": lambda hit, _: hit.day or "",
    "type": lambda hit, _: hit.type,
    "who": lambda hit, lang: "; ".join(named.label(lang) for named in hit.who),
    "title": lambda hit, _: hit.title or "",
    "publisher": lambda hit, _: hit.publisher or "",
    "published": lambda hit, _: hit.published or "",
    "url": lambda hit, _: hit.url or "",
    "article": lambda hit, _: hit.article,
    "entry": lambda hit, _: hit.entry or "",
    "snippet": lambda hit, _: " … ".join(" ".join(s.text.split()) for s in hit.snippets),
    "marks": lambda hit, _: " ".join(
        f"{mark.start}-{mark.end}" for s in hit.snippets for mark in s.marks
    ),
    "score": lambda hit, _: hit.score,
}


def _print_csv(page: SearchPage, lang: str) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for hit in page.hits:
        writer.writerow([show(hit, lang) for show in _COLUMNS.values()])


_PRINT: dict[SearchFormat, Callable[[SearchPage, str], None]] = {
    SearchFormat.table: _print_table,
    SearchFormat.jsonl: _print_lines,
    SearchFormat.csv: _print_csv,
}
