"""``mahdar read``: the reading of articles, without a record."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from mahdar.cli.output import Lang
from mahdar.cli.progress import make_progress, notes_console
from mahdar.errors import InputError
from mahdar.export.reading_page import entity_name, render_readings
from mahdar.i18n import Language, tr, tr_code
from mahdar.i18n.errors import word_error
from mahdar.ingest import iter_articles
from mahdar.jsonform import reading_to_dict
from mahdar.model import Article, Reading
from mahdar.settings import load_settings

# Longer contents are cut in tables only; JSON and HTML carry all.
_TABLE_CHARS = 160


class ReadFormat(StrEnum):
    """What ``mahdar read`` prints."""

    jsonl = "jsonl"
    table = "table"
    html = "html"


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How articles are read: processes, folders of more packs, language of notes."""

    workers: int
    packs: tuple[Path, ...]
    lang: Language


def read(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT...", help="Files, folders or - for standard input. · ملفات أو مجلدات."
    ),
    format: ReadFormat = typer.Option(
        ReadFormat.table, "--format", "-f", help="Form of the output. · صيغة الناتج."
    ),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="Write here instead of printing. · ملف الناتج."
    ),
    lang: Lang | None = typer.Option(None, "--lang", help="Language of labels. · لغة العناوين."),
    packs: list[Path] = typer.Option(
        [], "--packs", help="More folders of knowledge packs. · حزم معرفة إضافية."
    ),
    workers: int = typer.Option(
        1, "--workers", "-w", min=0, help="Processes; 0 takes one per core. · عدد العمليات."
    ),
    with_text: bool = typer.Option(
        False, "--with-text", help="Put the article's text into the JSON. · أدرج النص."
    ),
    quiet: bool = typer.Option(
        False, "--quiet", "-q", help="No progress, no notes; errors still show. · بلا تقدم."
    ),
) -> None:
    """Read articles and print what they say: statements, events, names, dates. · قراءة المقالات."""
    settings = load_settings()
    language: Language = "ar" if str(lang or settings["language"]) == "ar" else "en"
    extra = settings["packs"] if isinstance(settings["packs"], tuple) else ()
    options = BatchOptions(workers, (*packs, *(Path(pack) for pack in extra)), language)
    failures: list[str] = []
    notes = notes_console()
    with make_progress(notes, quiet=quiet) as progress:
        readings = _iter_read(iter_articles(inputs), options, failures, notes, progress)
        opened = output.open("w", encoding="utf-8") if output else nullcontext(sys.stdout)
        with opened as target:
            _write(readings, format, language, target, with_text=with_text)
    if failures:
        raise typer.Exit(1)


def _iter_read(
    outcomes: Iterable[Article | InputError],
    options: BatchOptions,
    failures: list[str],
    notes: Console,
    progress: Progress,
) -> Iterator[Reading]:
    """Yield readings; print each error as it comes, so that none is lost if the user stops."""
    from mahdar.batch import iter_batch

    task = progress.add_task("mahdar", total=None, note="")

    def fail(message: str) -> None:
        failures.append(message)
        notes.print(message, markup=False)

    def readable() -> Iterator[Article]:
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                fail(word_error(outcome, options.lang))
            else:
                yield outcome

    def report(article: Article, error: BaseException) -> None:
        where, problem = article.origin or article.id, f"{type(error).__name__}: {error}"
        fail(tr("add.engine_failed", options.lang, where=where, problem=problem))

    readings: Iterator[Reading] = iter_batch(
        readable(), workers=options.workers, packs=options.packs, on_error=report
    )
    for reading in readings:
        yield reading
        progress.advance(task)


def _write(
    readings: Iterator[Reading],
    format: ReadFormat,
    lang: Language,
    target: TextIO,
    *,
    with_text: bool,
) -> None:
    if format is ReadFormat.jsonl:
        for reading in readings:
            line = json.dumps(reading_to_dict(reading, with_text=with_text), ensure_ascii=False)
            target.write(line + "\n")
    elif format is ReadFormat.html:
        target.write(render_readings(list(readings), lang))
    else:
        console = Console(file=target)
        for reading in readings:
            console.print(_table(reading, lang))


def _table(reading: Reading, lang: Language) -> Table:
    """Return the claims of one reading as a table: kind, who, what, when."""
    text = reading.article.text
    names = {e.id: entity_name(e, text, lang) for e in reading.entities}
    anchor = reading.anchor.edtf or tr("reading.no_anchor", lang)
    title = f"{reading.article.title or reading.article.id} · {reading.article.publisher or ''} · {anchor}"
    table = Table(title=title, title_justify="left", expand=True, show_lines=False)
    for key in ("table.kind", "table.who", "table.what", "table.when"):
        table.add_column(
            tr(key, lang), ratio={"table.what": 5, "table.who": 2}.get(key, 1), overflow="fold"
        )
    for s in reading.statements:
        who = "، ".join(names.get(e, e) for e in s.speakers) or tr("reading.speaker_unknown", lang)
        what = " … ".join(text[c.start : c.end] for c in s.content).replace("\n", " ")
        if len(what) > _TABLE_CHARS:
            what = what[:_TABLE_CHARS] + "…"
        table.add_row(tr_code("act", s.act, lang), who, what, "")
    for v in reading.events:
        who = "، ".join(names.get(p.entity, p.entity) for p in v.participants)
        words = " · ".join(text[t.start : t.end] for t in v.triggers)
        place = f" ({names.get(v.place, v.place)})" if v.place else ""
        kind = f"{tr_code('event', v.type, lang)}, {tr_code('modality', v.modality, lang)}"
        table.add_row(kind, who, words + place, v.time or "")
    return table
