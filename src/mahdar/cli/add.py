"""``mahdar add``: articles into a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.markup import escape

from mahdar.cli.output import Lang
from mahdar.cli.progress import make_progress, notes_console
from mahdar.errors import InputError
from mahdar.i18n import tr, tr_code
from mahdar.i18n.errors import word_error
from mahdar.settings import load_settings

if TYPE_CHECKING:
    from mahdar.cli.adding import Failed, Tally
    from mahdar.store import Record


def add(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT...", help="Files, folders or - for standard input. · ملفات أو مجلدات."
    ),
    record: str | None = typer.Option(
        None, "--record", "-r", help="The record; made if it is not there. · ملف المحضر."
    ),
    workers: int | None = typer.Option(
        None, "--workers", "-w", min=0, help="Processes; 0 takes one per core. · عدد العمليات."
    ),
    packs: list[Path] = typer.Option(
        [], "--packs", help="More folders of knowledge packs. · حزم معرفة إضافية."
    ),
    reread: bool = typer.Option(
        False, "--reread", help="Read known articles again too. · أعد قراءة المعروف."
    ),
    lang: Lang | None = typer.Option(None, "--lang", help="Language of notes. · لغة الملاحظات."),
    quiet: bool = typer.Option(
        False, "--quiet", "-q", help="No progress, no summary; errors still show. · بلا تقدم."
    ),
) -> None:
    """Read articles into a record; what it holds already is left alone. · إضافة مقالات إلى المحضر."""
    from mahdar.cli.adding import Options, add_articles, consolidate
    from mahdar.ingest import iter_articles
    from mahdar.store import create_record

    settings = load_settings()
    language = str(lang or settings["language"])
    more = settings["packs"] if isinstance(settings["packs"], tuple) else ()
    options = Options(
        workers=int(str(settings["workers"])) if workers is None else workers,
        packs=(*packs, *map(Path, more)),
        chunk_articles=max(1, int(str(settings["chunk_articles"]))),
        reread=reread,
    )
    notes = notes_console()
    with create_record(record or str(settings["record"])) as target:
        with make_progress(notes, quiet=quiet) as progress:
            task = progress.add_task(tr("add.reading", language), total=None, note="")

            def advance(tally: Tally) -> None:
                speed = f"{tally.words_per_second:,.0f}"
                note = tr("add.speed", language, speed=speed) if tally.words else ""
                progress.update(task, completed=tally.seen, note=note)

            tally = add_articles(
                target,
                iter_articles(inputs),
                options,
                on_failure=lambda failed: _print_failure(notes, failed, language),
                on_progress=advance,
            )
            if target.stale:
                merging = progress.add_task(tr("add.merging", language), total=1, note="")

                def merge(kind: str, number: int, kinds: int) -> None:
                    note = tr_code("kind", kind, language)
                    progress.update(merging, completed=number, total=kinds, note=note)

                consolidate(target, options.packs, merge)
        if not quiet:
            _print_summary(target, tally, language)
    if tally.failed:
        raise typer.Exit(1)


def _print_failure(notes: Console, failed: Failed, lang: str) -> None:
    if isinstance(failed.error, InputError):
        message = word_error(failed.error, lang)
    else:
        problem = f"{type(failed.error).__name__}: {failed.error}"
        message = tr("add.engine_failed", lang, where=failed.where, problem=problem)
    notes.print(escape(message))


def _print_summary(record: Record, tally: Tally, lang: str) -> None:
    counts = record.counts()
    lines = [
        tr(
            "add.articles",
            lang,
            new=f"{tally.added.new:,}",
            reread=f"{tally.added.reread:,}",
            known=f"{tally.known:,}",
            failed=f"{tally.failed:,}",
        ),
        tr(
            "add.record",
            lang,
            articles=f"{counts['articles']:,}",
            claims=f"{counts['claims']:,}",
            entries=f"{counts['entries']:,}",
            name=record.name,
        ),
    ]
    if tally.added.judged:
        lines.append(
            tr(
                "add.judged",
                lang,
                judged=f"{tally.added.judged:,}",
                same=f"{tally.added.judged_same:,}",
                differing=f"{tally.added.judged_differing:,}",
                lost=f"{tally.added.judged_lost:,}",
            )
        )
    if tally.words:
        lines.append(
            tr(
                "add.words",
                lang,
                words=f"{tally.words:,}",
                seconds=f"{tally.seconds:,.1f}",
                speed=f"{tally.words_per_second:,.0f}",
            )
        )
    for line in lines:
        typer.echo(line)
