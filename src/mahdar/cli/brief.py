"""``mahdar brief``: two pages on a process and a period, every sentence with its sources."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mahdar.cli.output import Lang
from mahdar.cli.progress import make_progress, notes_console
from mahdar.cli.show import FromOption, LangOption, TlpOption, ToOption
from mahdar.errors import SettingError
from mahdar.i18n import Language, tr
from mahdar.settings import load_settings


class Digits(StrEnum):
    """Which digits a brief is written in."""

    latin = "latin"
    arabic = "arabic"


_FORMS = (".html", ".htm", ".md", ".markdown")


def brief(
    process: Annotated[
        str | None,
        typer.Option(
            "--process",
            help="Process by id or name, or a pack such as yemen: all its processes. · عملية السلام.",
        ),
    ] = None,
    since: FromOption = None,
    until: ToOption = None,
    # A text, not a path: that would fold the slashes of a database address.
    record: Annotated[
        str | None, typer.Option("--record", "-r", help="The record. · ملف المحضر.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="File to write: .html or .md; - prints Markdown. · الملف الناتج."
        ),
    ] = None,
    digits: Annotated[
        Digits, typer.Option("--digits", help="Which digits, 0-9 or ٠-٩. · الأرقام.")
    ] = Digits.latin,
    tlp: TlpOption = None,
    pages: Annotated[
        int, typer.Option("--pages", min=0, help="A4 pages it may fill; 0 for no limit. · الصفحات.")
    ] = 2,
    lang: LangOption = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, no notes. · بلا ملاحظات.")
    ] = False,
) -> None:
    """Write a two-page brief, every sentence with its sources. · موجز بصفحتين."""
    from mahdar.export.brief import Request, render_html, render_markdown, write_brief
    from mahdar.export.formats.request import DEFAULT_TLP, parse_tlp
    from mahdar.store import open_record

    settings = load_settings()
    language: Language = "ar" if (lang or settings["language"]) == Lang.ar else "en"
    target = _check_out(out)
    request = Request(
        process,
        since,
        until,
        language,
        digits.value,
        parse_tlp(tlp) if tlp else DEFAULT_TLP,
        pages,
    )
    notes = notes_console()
    with (
        open_record(record or str(settings["record"])) as source,
        make_progress(notes, quiet=quiet) as bar,
    ):
        if source.stale and not quiet:
            notes.print(tr("show.stale", language), markup=False)
        bar.add_task(tr("brief.working", language), total=None, note="")
        made = write_brief(source, request)
    if target is None:
        typer.echo(render_markdown(made), nl=False)
        return
    page = render_html(made) if target.suffix.lower().startswith(".h") else render_markdown(made)
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise SettingError(
            f"--out {target}: {error.strerror}. Mend: name a file in a folder where you may write."
        ) from None
    if not quiet:
        typer.echo(
            tr(
                "brief.written",
                language,
                out=target,
                sentences=sum(1 for _ in made.notes()),
                left_out=made.left_out,
            )
        )


def _check_out(out: Path | None) -> Path | None:
    """Return the file to write; ``None`` for standard output.

    Raises:
        SettingError: no file is named, or its ending stands for neither form.
    """
    if out is None:
        raise SettingError(
            "--out is missing. Mend: say where to write, as in --out brief.html or --out brief.md."
        )
    if str(out) == "-":
        return None
    if out.suffix.lower() not in _FORMS:
        raise SettingError(
            f"--out {out}: neither a page nor Markdown. Mend: end the name in .html or .md."
        )
    return out
