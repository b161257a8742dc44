"""The log of ``mahdar judge``, and what a newer reading proposes to change in what was decided."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from mahdar.cli.judge import judge_app
from mahdar.cli.judge_options import KindOption, LangOption, RecordOption, WhoOption, kind_of
from mahdar.cli.output import Column, FormatOption, RowFormat, print_rows
from mahdar.i18n import tr, tr_code
from mahdar.settings import load_settings

if TYPE_CHECKING:
    from mahdar.store import Judgement

__all__ = ["judge_app"]


@judge_app.command()
def log(
    subject: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Only about this. · موضوع بعينه.")
    ] = None,
    kind: KindOption = None,
    who: WhoOption = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, help="At most so many; 0 for all. · الحد.")
    ] = 50,
    record: RecordOption = None,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """The log of judgements, the newest first. · سجل الأحكام."""
    from mahdar.store import list_judgements, list_undone, open_record

    settings = load_settings()
    language = str(lang or settings["language"])
    with open_record(record or str(settings["record"])) as target:
        about = kind or (kind_of(subject) if subject else None)
        rows = list_judgements(target, kind=about, subject=subject, who=who, limit=limit)
        undone = list_undone(target)
    print_rows(rows, _columns(undone), form, language)


@judge_app.command()
def proposals(
    record: RecordOption = None,
    form: FormatOption = RowFormat.table,
    lang: LangOption = None,
) -> None:
    """What a newer reading would change in decided claims; `edit` takes it over. · مقترحات."""
    from mahdar.store import Proposal, list_proposals, open_record

    settings = load_settings()
    language = str(lang or settings["language"])
    with open_record(record or str(settings["record"])) as target:
        rows = list_proposals(target)

    def changes(row: Proposal, _: str) -> str:
        return json.dumps({k: list(v) for k, v in row.changes.items()}, ensure_ascii=False)

    columns: tuple[Column[Proposal], ...] = (
        Column("judged.subject", lambda r, _: r.claim, 0),
        Column("judged.engine", lambda r, _: r.engine, 1),
        Column("judged.detail", changes, 6),
    )
    print_rows(rows, columns, form, language)


def _columns(undone: frozenset[int]) -> tuple[Column[Judgement], ...]:
    def action(row: Judgement, lang: str) -> str:
        shown = tr_code("action", row.action, lang)
        return f"{shown} {tr('judge.undone', lang)}" if row.seq in undone else shown

    def detail(row: Judgement, _: str) -> str:
        told = {k: v for k, v in row.detail.items() if k != "claims"}
        return json.dumps(told, ensure_ascii=False) if told else ""

    return (
        Column("judged.seq", lambda r, _: str(r.seq), 0),
        Column("judged.at", lambda r, _: r.at.removesuffix("+00:00"), 0),
        Column("judged.who", lambda r, _: r.who, 2),
        Column("judged.action", action, 2),
        Column("judged.subject", lambda r, _: r.subject, 3),
        Column("judged.reason", lambda r, _: r.reason, 4),
        Column("judged.detail", detail, 4, spare=True),
    )
