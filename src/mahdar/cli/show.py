"""``mahdar show``: questions to a record."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console

from mahdar.cli.output import Column, FormatOption, Lang, RowFormat, plain, print_rows
from mahdar.cli.progress import notes_console
from mahdar.errors import SettingError
from mahdar.i18n import tr
from mahdar.settings import load_settings

if TYPE_CHECKING:
    from mahdar.store import Record
    from mahdar.views import Filters

T = TypeVar("T")

show_app = typer.Typer(
    name="show",
    no_args_is_help=True,
    help="Ask the record: who said, met, agreed, broke, promised. · سؤال المحضر.",
)

RecordOption = Annotated[
    str | None, typer.Option("--record", "-r", help="The record. · ملف المحضر.")
]
ActorOption = Annotated[
    str | None,
    typer.Option("--actor", "-a", help="Id or name, Arabic or English. · فاعل بالاسم أو المعرف."),
]
PlaceOption = Annotated[
    str | None, typer.Option("--place", "-p", help="Place and all that lies in it. · مكان.")
]
TlpOption = Annotated[
    str | None,
    typer.Option(
        "--tlp",
        metavar="MARK",
        help="Readers' circle: what is marked above it stays out; AMBER+STRICT unless given."
        " · دائرة القراء.",
    ),
]
ProcessOption = Annotated[
    str | None, typer.Option("--process", help="Id of a peace process. · عملية السلام.")
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Day, month or year. · من تاريخ.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Day, month or year. · إلى تاريخ.")
]
TypeOption = Annotated[
    str | None,
    typer.Option("--type", "-t", help="Event type (MEET ...) or act (pledge ...). · النوع."),
]
IssueOption = Annotated[
    str | None,
    typer.Option("--issue", "-i", help="Issue by id or name, Arabic or English. · المسألة."),
]
LimitOption = Annotated[
    int, typer.Option("--limit", "-n", min=0, help="At most so many rows; 0 for all. · الحد.")
]
LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Language of labels. · لغة العناوين.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that every view has."""

    record: str | None
    form: RowFormat
    lang: Lang | None


def print_view(
    asked: Asked,
    filters: Filters,
    ask: Callable[[Record, Filters], Sequence[T]],
    columns: Sequence[Column[T]],
) -> None:
    """Open the record, ask it, print the rows."""
    with _open(asked) as (record, language):
        print_rows(ask(record, filters), columns, asked.form, language)


class _open:
    """Opens the record that was asked for; says so when its entries are behind its claims."""

    def __init__(self, asked: Asked) -> None:
        from mahdar.store import open_record

        settings = load_settings()
        self.language = str(asked.lang or settings["language"])
        self.record = open_record(asked.record or str(settings["record"]))
        if self.record.stale:
            notes_console().print(tr("show.stale", self.language), markup=False)

    def __enter__(self) -> tuple[Record, str]:
        return self.record, self.language

    def __exit__(self, *_: object) -> None:
        self.record.close()


def make_filters(
    actor: str | None,
    place: str | None,
    process: str | None,
    since: str | None,
    until: str | None,
    type_: str | None,
    limit: int,
) -> Filters:
    """Return the filters that the options stand for."""
    from mahdar.views import Filters

    return Filters(actor, place, process, since, until, type_, limit)


def read_day(as_of: str | None) -> date | None:
    """Return the day of ``--as-of``.

    Raises:
        SettingError: it is not a day.
    """
    try:
        return date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise SettingError(
            f"--as-of {as_of}: not a day. Mend: give one as in 2015-08-03."
        ) from None


def note(asked: Asked, key: str) -> None:
    """Say beside a table, on standard error, what must be known to read it."""
    if asked.form is RowFormat.table:
        language = str(asked.lang or load_settings()["language"])
        notes_console().print(tr(key, language), markup=False)


@show_app.command()
def timeline(
    record: RecordOption = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    type_: TypeOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Everything that happened or is to happen, by day. · الخط الزمني."""
    from mahdar.cli.columns import TIMELINE
    from mahdar.views import list_timeline

    filters = make_filters(actor, place, process, since, until, type_, limit)
    print_view(Asked(record, form, lang), filters, list_timeline, TIMELINE)


@show_app.command()
def statements(
    record: RecordOption = None,
    actor: ActorOption = None,
    issue: IssueOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    type_: TypeOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Who said what, when, through whom. · الأقوال."""
    from mahdar.cli.columns import STATEMENTS
    from mahdar.views import list_statements

    filters = replace(make_filters(actor, None, process, since, until, type_, limit), issue=issue)
    print_view(Asked(record, form, lang), filters, list_statements, STATEMENTS)


@show_app.command()
def contacts(
    record: RecordOption = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    type_: TypeOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Who met or called whom, how often, when last. · اللقاءات والاتصالات."""
    from mahdar.cli.columns import CONTACTS
    from mahdar.views import list_contacts

    filters = make_filters(actor, place, process, since, until, type_, limit)
    print_view(Asked(record, form, lang), filters, list_contacts, CONTACTS)


@show_app.command()
def agreements(
    record: RecordOption = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """What was agreed, by whom, and who invokes it. · الاتفاقات والوثائق."""
    from mahdar.cli.columns import AGREEMENTS
    from mahdar.views import list_agreements

    filters = make_filters(actor, place, process, since, until, None, limit)
    print_view(Asked(record, form, lang), filters, list_agreements, AGREEMENTS)


@show_app.command()
def ceasefires(
    record: RecordOption = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Truces and zones with their status and breaches. · الهدن وخروقها."""
    from mahdar.cli.columns import CEASEFIRES
    from mahdar.views import list_ceasefires

    filters = make_filters(actor, place, process, since, until, None, limit)
    print_view(Asked(record, form, lang), filters, list_ceasefires, CEASEFIRES)


@show_app.command()
def incidents(
    record: RecordOption = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    type_: TypeOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Violence, ground, moves, protests, with every toll told. · الحوادث."""
    from mahdar.cli.columns import INCIDENTS
    from mahdar.views import list_incidents

    filters = make_filters(actor, place, process, since, until, type_, limit)
    print_view(Asked(record, form, lang), filters, list_incidents, INCIDENTS)


@show_app.command()
def commitments(
    record: RecordOption = None,
    actor: ActorOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Day they are judged on; today. · في يوم."),
    ] = None,
    due_before: Annotated[
        str | None,
        typer.Option("--due-before", metavar="DATE", help="Only those due before. · أجلها قبل."),
    ] = None,
    type_: TypeOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Who promised what by when; open, due, overdue. · الالتزامات."""
    from mahdar.cli.columns import COMMITMENTS
    from mahdar.views import list_commitments

    day = read_day(as_of)
    asked = Asked(record, form, lang)
    print_view(
        asked,
        make_filters(actor, None, process, since, until, type_, limit),
        lambda target, narrowed: list_commitments(
            target, narrowed, as_of=day, due_before=due_before
        ),
        COMMITMENTS,
    )
    note(asked, "show.machine_proposes")


@show_app.command()
def sources(
    record: RecordOption = None,
    since: FromOption = None,
    until: ToOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Papers and agencies, and how much is their own. · المصادر."""
    from mahdar.cli.columns import SOURCES
    from mahdar.views import list_sources

    filters = make_filters(None, None, None, since, until, None, limit)
    print_view(Asked(record, form, lang), filters, list_sources, SOURCES)


@show_app.command()
def entry(
    entry_id: Annotated[str, typer.Argument(metavar="ID", help="Id of an entry. · معرف القيد.")],
    record: RecordOption = None,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """One entry opened to its sources: sentence, article, paper, chain. · قيد بمصادره."""
    from mahdar.cli.entry_text import print_entry
    from mahdar.views import load_entry

    if form in (RowFormat.csv, RowFormat.jsonl):
        raise SettingError(
            f"show entry has no form {form.value}. Mend: use --format json or table."
        )
    with _open(Asked(record, form, lang)) as (target, language):
        detail = load_entry(target, entry_id)
        if form is RowFormat.json:
            json.dump(plain(detail), sys.stdout, ensure_ascii=False, indent=1)
            sys.stdout.write("\n")
        else:
            print_entry(detail, language, Console(file=sys.stdout))
