"""``mahdar verify``: whether a record is still what it was."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from mahdar.cli.output import Lang
from mahdar.cli.progress import make_progress, notes_console
from mahdar.i18n import tr
from mahdar.settings import load_settings


def verify(
    record: Annotated[
        str | None, typer.Argument(metavar="[RECORD]", help="The record. · ملف المحضر.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON. · بصيغة JSON.")] = False,
    lang: Annotated[
        Lang | None, typer.Option("--lang", help="Language of labels. · لغة العناوين.")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress; problems still show. · بلا تقدم.")
    ] = False,
) -> None:
    """Check the chain of judgements, texts and spans; exit 1 if anything differs. · فحص سلامة المحضر."""
    from mahdar.store import open_record
    from mahdar.store.verify import verify_record

    settings = load_settings()
    language = str(lang or settings["language"])
    with open_record(record or str(settings["record"])) as target:
        with make_progress(notes_console(), quiet=quiet) as progress:
            task = progress.add_task(tr("verify.reading", language), total=None, note="")

            def advance(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            found = verify_record(target, on_progress=advance)
        name = target.name
    if as_json:
        json.dump(asdict(found), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        for problem in found.problems:
            where = problem.where
            typer.echo(tr(f"verify.{problem.what}", language, where=where))
        key = "verify.broken" if found.problems else "verify.whole"
        typer.echo(
            tr(
                key,
                language,
                name=name,
                judgements=f"{found.judgements:,}",
                articles=f"{found.articles:,}",
                claims=f"{found.claims:,}",
                problems=f"{len(found.problems):,}",
            )
        )
        if found.head:
            typer.echo(tr("verify.head", language, head=found.head))
    if found.problems:
        raise typer.Exit(1)
