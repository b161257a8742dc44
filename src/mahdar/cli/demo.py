"""``mahdar demo``: the shipped sample articles read into a record, a summary and a page to open."""

from __future__ import annotations

import time
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from mahdar.cli.output import Lang
from mahdar.i18n import Language, tr

if TYPE_CHECKING:
    from mahdar.store import Record

_LANGUAGES: tuple[Language, Language] = ("ar", "en")
# The summary is for a screen: the best attested rows only.
_SUMMARY_ROWS = 6


def demo(
    folder: Path = typer.Option(
        Path("mahdar-demo"), "--folder", help="Where the record and the page go. · مجلد الناتج."
    ),
    lang: Lang | None = typer.Option(None, "--lang", help="Language shown first. · لغة الصفحة."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Print only the paths. · بلا ملخص."),
) -> None:
    """Read the sample articles, build a record and write a page of it. · عرض على مقالات مرفقة."""
    from mahdar.cli.add import add
    from mahdar.export.record_page import render_record
    from mahdar.store import open_record

    began = time.perf_counter()
    language: Language = "en" if lang is Lang.en else "ar"
    folder.mkdir(parents=True, exist_ok=True)
    record_path, page_path = folder / "demo.db", folder / "demo.html"
    with as_file(files("mahdar") / "samples" / "articles") as samples:
        add(
            inputs=[str(samples)],
            record=str(record_path),
            workers=1,
            packs=[],
            reread=False,
            lang=lang,
            quiet=quiet,
        )
    with open_record(record_path) as record:
        page = render_record(
            record, name="محضر · Mahdar demo", note="page.samples_note", lang=language
        )
        page_path.write_text(page, encoding="utf-8")
        if not quiet:
            _print_summary(record)
    seconds = time.perf_counter() - began
    typer.echo(tr("demo.written", "ar", record=record_path, page=page_path))
    typer.echo(tr("demo.written", "en", record=record_path, page=page_path))
    if not quiet:
        typer.echo(tr("demo.seconds", "en", seconds=f"{seconds:.1f}"))


def _print_summary(record: Record) -> None:
    """Print the best attested happenings and the most frequent contacts, each line in both languages."""
    from mahdar.export.record_page import process_name
    from mahdar.i18n import tr_code
    from mahdar.views import list_contacts, list_timeline

    console = Console(soft_wrap=True, highlight=False)
    counts = record.counts()
    for each in _LANGUAGES:
        console.print(tr("page.counts", each, **counts), markup=False)
    events = sorted(
        (e for e in list_timeline(record) if e.actors and e.day),
        key=lambda e: (-e.origins, -e.articles),
    )
    for each in _LANGUAGES:
        console.print(f"\n[bold]{tr('demo.best_attested', each)}[/bold]")
        for event in sorted(events[:_SUMMARY_ROWS], key=lambda e: e.day or ""):
            people = ("، " if each == "ar" else ", ").join(
                ref.label(each) for ref, _ in event.actors[:5]
            )
            where = f" · {event.place.label(each)}" if event.place else ""
            of = f" · {process_name(event.processes[0], each)}" if event.processes else ""
            console.print(
                f"  {event.time or event.day} · {tr_code('event', event.type, each)} · {people}{where}{of}",
                markup=False,
            )
        console.print(f"[bold]{tr('page.contacts', each)}[/bold]")
        for contact in list_contacts(record)[:_SUMMARY_ROWS]:
            console.print(
                f"  {contact.a.label(each)} – {contact.b.label(each)} × {contact.times}",
                markup=False,
            )
