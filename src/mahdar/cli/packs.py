"""``mahdar packs``: list, check, show and begin knowledge packs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mahdar.errors import SettingError

if TYPE_CHECKING:
    from mahdar.knowledge.base import Knowledge

packs_app = typer.Typer(
    name="packs",
    no_args_is_help=True,
    help="Knowledge packs: who is who. · حزم المعرفة: من هو من.",
)

_MORE = typer.Option(
    [], "--packs", help="More packs: folders or .jsonl files. · حزم إضافية: مجلدات أو ملفات."
)


def _load(more: list[Path]) -> Knowledge:
    from mahdar.knowledge.load import load_knowledge

    return load_knowledge(tuple(more))


@packs_app.command("list")
def list_packs(more: list[Path] = _MORE) -> None:
    """List the packs with what each holds. · عرض الحزم ومحتواها."""
    table = Table()
    heads = ["pack", "title", "actors", "places", "gazetteer", "instruments", "processes"]
    for head in heads:
        table.add_column(head, justify="left" if head in heads[:2] else "right")
    for pack in _load(more).packs:
        title = " · ".join(pack.title.values())
        sizes = [len(pack.actors), len(pack.places), len(pack.gazetteer)]
        sizes += [len(pack.instruments), len(pack.processes)]
        table.add_row(pack.name, Text(title), *map(str, sizes))
    Console(highlight=False).print(table)


@packs_app.command("check")
def check_packs(
    names: list[str] = typer.Argument(
        None, metavar="[PACK]...", help="Names of packs; all if none. · أسماء الحزم."
    ),
    press: Path | None = typer.Option(
        None, "--press", exists=True, help="Press texts to count records in. · نصوص صحفية للعدّ."
    ),
    write: bool = typer.Option(
        False, "--write", help="Write the counts into the packs. · اكتب الأعداد في الحزم."
    ),
    more: list[Path] = _MORE,
) -> None:
    """Check packs against the schema and each other; exit 1 if anything is to mend. · فحص الحزم."""
    from mahdar.knowledge.attest import count_articles, iter_press_texts
    from mahdar.knowledge.check import count_sources, iter_problems, iter_records, write_counts
    from mahdar.knowledge.load import shipped_folders
    from mahdar.knowledge.read import read_pack

    console = Console(highlight=False, soft_wrap=True)
    knowledge = _load(more)
    if write and press is None:
        raise SettingError("--write needs --press DIR: counts come from press texts")
    if press is not None:
        counts, articles = count_articles(knowledge, iter_press_texts(press))
        console.print(f"{articles} articles read")
        for folder in (*shipped_folders(), *more):
            if not folder.is_dir():
                continue
            pack = read_pack(folder)
            if names and pack.name not in names:
                continue
            changed = write_counts(folder, counts) if write else 0
            ids = [record.id for record in iter_records(pack)]
            carried = sum(1 for id_ in ids if counts[id_])
            console.print(f"{pack.name}: {carried} of {len(ids)} records in the press")
            if write:
                console.print(f"{pack.name}: {changed} lines written")
    for name, kinds in count_sources(knowledge.packs).items():
        if not names or name in names:
            shown = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
            console.print(f"{name}: {shown}", markup=False)
    problems = [p for p in iter_problems(knowledge) if not names or p.pack in names]
    for problem in problems:
        console.print(
            f"{problem.pack} · {problem.record} · {problem.fault}: {problem.text}", markup=False
        )
    faults = Counter(problem.fault for problem in problems)
    console.print(
        f"{len(problems)} to mend {dict(faults) if faults else ''}".rstrip(), markup=False
    )
    if problems:
        raise typer.Exit(1)


@packs_app.command("show")
def show_record(
    what: str = typer.Argument(
        ..., metavar="NAME", help="A pack, a record's id, or a name. · حزمة أو معرّف أو اسم."
    ),
    more: list[Path] = _MORE,
) -> None:
    """Show a pack, or the records an id or a name stands for, as JSON. · عرض حزمة أو سجل."""
    from mahdar.knowledge.check import iter_records

    knowledge = _load(more)
    console = Console(highlight=False, soft_wrap=True)
    for pack in knowledge.packs:
        if pack.name == what:
            for record in iter_records(pack):
                label = next((x[0] for x in record.names.values() if x), "")
                console.print(f"{record.id}  {label}", markup=False)
            return
    known = knowledge.record(what)
    records = [known] if known else [knowledge.record(id_) for id_ in knowledge.lookup(what)]
    shown = [record for record in records if record is not None]
    if not shown:
        raise SettingError(f"no pack, record or name {what!r}; see mahdar packs list")
    for item in shown:
        data = {key: value for key, value in asdict(item).items() if value not in (None, (), "")}
        console.print(json.dumps(data, ensure_ascii=False, indent=1), markup=False)


@packs_app.command("new")
def new_pack(
    folder: Path = typer.Argument(..., help="The folder to make. · المجلد المراد إنشاؤه."),
) -> None:
    """Begin a pack: a folder with a pack.toml and empty files to fill in. · إنشاء حزمة جديدة."""
    from mahdar.knowledge.template import write_template

    for path in write_template(folder):
        typer.echo(str(path))
