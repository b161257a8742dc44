"""``mahdar export``: a record in the formats that other tools open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from mahdar.cli.output import Lang
from mahdar.cli.progress import make_progress, notes_console
from mahdar.cli.show import (
    ActorOption,
    FromOption,
    LangOption,
    PlaceOption,
    ProcessOption,
    TlpOption,
    ToOption,
)
from mahdar.errors import SettingError
from mahdar.i18n import Language, tr
from mahdar.settings import load_settings


def _list_formats(asked: bool) -> None:
    if not asked:
        return
    from mahdar.export.formats.registry import FORMATS

    for name in FORMATS:
        key = f"export.format.{name}"
        typer.echo(f"{name:<12}{tr(key, 'en')} · {tr(key, 'ar')}")
    raise typer.Exit


def in_steps(advance: Callable[[int], None], size: int = 100) -> Callable[[], None]:
    """Return a counter that passes on every so many steps: a bar redrawn half a million times is slow."""
    waiting = 0

    def step() -> None:
        nonlocal waiting
        waiting += 1
        if waiting == size:
            advance(waiting)
            waiting = 0

    return step


def export(
    form: Annotated[
        str, typer.Argument(metavar="FORMAT", help="See --list. · الصيغة، انظر --list.")
    ],
    # A text, not a path: that would fold the slashes of a database address.
    record: Annotated[
        str | None, typer.Option("--record", "-r", help="The record. · ملف المحضر.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File or folder to write. · الملف أو المجلد الناتج."),
    ] = None,
    actor: ActorOption = None,
    place: PlaceOption = None,
    process: ProcessOption = None,
    since: FromOption = None,
    until: ToOption = None,
    tlp: TlpOption = None,
    packs: list[Path] = typer.Option(
        [], "--packs", help="More folders of knowledge packs. · حزم معرفة إضافية."
    ),
    lang: LangOption = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, no notes. · بلا ملاحظات.")
    ] = False,
    listed: Annotated[
        bool,
        typer.Option(
            "--list",
            callback=_list_formats,
            is_eager=True,
            help="Print the formats. · اعرض الصيغ.",
        ),
    ] = False,
) -> None:
    """Write the record for other tools: tables, coded events, maps, calendars. · التصدير."""
    from mahdar.export.formats import Request, export_record
    from mahdar.export.formats.registry import find_format
    from mahdar.export.formats.request import DEFAULT_TLP, parse_tlp
    from mahdar.store import open_record
    from mahdar.views import Filters

    settings = load_settings()
    language: Language = "ar" if (lang or settings["language"]) == Lang.ar else "en"
    chosen = find_format(form)
    if out is None:
        raise SettingError(
            f"--out is missing. Mend: say where to write, as in --out talks{chosen.suffix}."
        )
    request = Request(
        Filters(actor, place, process, since, until),
        language,
        parse_tlp(tlp) if tlp else DEFAULT_TLP,
    )
    more = settings["packs"] if isinstance(settings["packs"], tuple) else ()
    folders = (*packs, *map(Path, more))
    notes = notes_console()
    with (
        open_record(record or str(settings["record"])) as source,
        make_progress(notes, quiet=quiet) as bar,
    ):
        if source.stale and not quiet:
            notes.print(tr("show.stale", language), markup=False)
        task = bar.add_task(tr("export.working", language, format=form), total=None, note="")

        def begin(total: int) -> Callable[[], None]:
            bar.update(task, total=total)
            return in_steps(lambda steps: bar.advance(task, steps))

        done = export_record(source, form, out, request, packs=folders, begin=begin)
    if quiet:
        return
    for name, rows in done.rows.items():
        typer.echo(tr("export.written", language, file=name, rows=rows))
    lines = done.left_out.lines(language)
    if lines:
        notes.print(tr("export.left_out", language), markup=False)
        for line in lines:
            notes.print(f"  {line}", markup=False)
    if not any(done.rows.values()):
        notes.print(tr("export.nothing", language), markup=False)
    typer.echo(tr("export.done", language, out=done.out, manifest=done.manifest))
