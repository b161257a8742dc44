"""More questions of ``mahdar show``: talks, positions, zones, bodies, measures, names."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from mahdar.cli.output import FormatOption, RowFormat
from mahdar.cli.show import (
    ActorOption,
    Asked,
    FromOption,
    IssueOption,
    LangOption,
    LimitOption,
    PlaceOption,
    ProcessOption,
    RecordOption,
    ToOption,
    TypeOption,
    make_filters,
    note,
    print_view,
    read_day,
    show_app,
)

__all__ = ["show_app"]

AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Day from which talks are to come. · من يوم."),
]


@show_app.command()
def talks(
    record: RecordOption = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Rounds of each process: who attended, what is next. · الجولات والمسارات."""
    from mahdar.cli.columns_talks import TALKS
    from mahdar.views import list_talks

    day = read_day(as_of)
    print_view(
        Asked(record, form, lang),
        make_filters(actor, place, process, since, until, None, limit),
        lambda target, narrowed: list_talks(target, narrowed, as_of=day),
        TALKS,
    )


@show_app.command()
def processes(
    record: RecordOption = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    as_of: AsOfOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Peace processes told of: tracks, who attends, what next. · عمليات السلام."""
    from mahdar.cli.columns_talks import PROCESSES
    from mahdar.views import list_processes

    day = read_day(as_of)
    print_view(
        Asked(record, form, lang),
        make_filters(actor, place, process, since, until, None, limit),
        lambda target, narrowed: list_processes(target, narrowed, as_of=day),
        PROCESSES,
    )


@show_app.command()
def positions(
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
    """How an actor stands to an issue over time; who contradicts. · المواقف."""
    from mahdar.cli.columns_talks import POSITIONS
    from mahdar.views import Filters, list_positions

    asked = Asked(record, form, lang)
    filters = Filters(actor, None, process, since, until, type_, limit, issue)
    print_view(asked, filters, list_positions, POSITIONS)
    note(asked, "show.machine_proposes")


@show_app.command()
def naming(
    record: RecordOption = None,
    actor: ActorOption = None,
    since: FromOption = None,
    until: ToOption = None,
    type_: TypeOption = None,
    limit: LimitOption = 0,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """Which paper or speaker calls whom what. · التسميات."""
    from mahdar.cli.columns_measures import NAMING
    from mahdar.views import list_naming

    filters = make_filters(actor, None, None, since, until, type_, limit)
    print_view(Asked(record, form, lang), filters, list_naming, NAMING)


_VIEWS: tuple[tuple[str, str, str, str | None], ...] = (
    ("zones", "Zones: how each stood by date, and breaches. · المناطق وأوضاعها.", "talks", None),
    ("bodies", "Committees, delegations, groups: who, what for. · الهيئات واللجان.", "talks", None),
    ("monitoring", "Mechanisms, observers, contact channels. · آليات المراقبة.", "talks", None),
    ("humanitarian", "Aid, corridors, evacuations: from, to, whom. · الإغاثة.", "measures", None),
    (
        "detainees",
        "Held, released, exchanged: how many, done or promised. · المحتجزون.",
        "measures",
        "show.handle_with_care",
    ),
    ("designations", "Who lists or asks to list whom. · الإدراج والتصنيف.", "measures", None),
)
"""Views with the options that all share: name, help, module of its columns, note beside its table."""
_COLUMNS = {"monitoring": "BODIES"}


def _add_view(name: str, summary: str, module: str, remark: str | None) -> None:
    def command(
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
        view = getattr(import_module("mahdar.views"), f"list_{name}")
        columns = import_module(f"mahdar.cli.columns_{module}")
        asked = Asked(record, form, lang)
        filters = make_filters(actor, place, process, since, until, type_, limit)
        print_view(asked, filters, view, getattr(columns, _COLUMNS.get(name, name.upper())))
        if remark:
            note(asked, remark)

    command.__doc__ = summary
    show_app.command(name)(command)


for _view in _VIEWS:
    _add_view(*_view)
