"""``mahdar judge``: what people decide about a record, written into its log."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from mahdar.cli.judge_options import (
    KindOption,
    LangOption,
    ReasonOption,
    RecordOption,
    WhoOption,
    judge_app,
    judge_each,
    kind_of,
)
from mahdar.errors import JudgementError, SettingError

__all__ = ["judge_app"]

_WHOLE = frozenset({"killed", "injured"})
_LISTS = frozenset({"roles", "spans", "processes"})

IdsArgument = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Entries or claims. · قيود أو مدعيات.")
]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Entry, claim or actor. · قيد أو مدعى.")
]


@judge_app.command()
def accept(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Accept entries or claims as they stand. · قبول."""
    judge_each("accept", ids, record, who, reason, lang)


@judge_app.command()
def edit(
    subject: IdArgument,
    values: Annotated[
        list[str],
        typer.Option("--set", "-s", metavar="FIELD=VALUE", help="May be repeated. · حقل وقيمة."),
    ],
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Correct fields of an entry or claim; the machine's values stay beside. · تصحيح."""
    new: dict[str, Any] = {}
    for each in values:
        name, sign, value = each.partition("=")
        if not sign:
            raise SettingError(f"--set {each}: no value. Mend: as in --set time=2015-08-03.")
        new[name.strip()] = _value(name.strip(), value.strip())
    judge_each("edit", [subject], record, who, reason, lang, detail={"new": new})


def _value(name: str, text: str) -> Any:
    if not text:
        return None
    if name not in _WHOLE | _LISTS:
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise SettingError(
            f"--set {name}={text}: not JSON. Mend: a number, or a list as in"
            """ roles='[["john-kerry", "actor"]]'."""
        ) from None


@judge_app.command()
def reject(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Reject entries or claims; they stay in the record, and say so. · رفض."""
    judge_each("reject", ids, record, who, reason, lang)


@judge_app.command()
def second(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Ask that a second person looks at entries or claims. · طلب مراجعة ثانية."""
    judge_each("needs_second", ids, record, who, reason, lang)


@judge_app.command()
def confirm(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Confirm what another person decided: it is final. · إقرار حكم غيرك."""
    judge_each("confirm", ids, record, who, reason, lang)


@judge_app.command()
def reopen(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Let entries or claims be decided anew. · إعادة فتح."""
    judge_each("reopen", ids, record, who, reason, lang)


@judge_app.command()
def assign(
    ids: IdsArgument,
    to: Annotated[str, typer.Option("--to", help="Name of who is to review. · إلى من.")],
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Give entries or claims to somebody to review. · إسناد."""
    judge_each("assign", ids, record, who, reason, lang, detail={"to": to})


@judge_app.command()
def comment(
    subject: IdArgument,
    reason: Annotated[str, typer.Argument(metavar="TEXT", help="The comment. · التعليق.")],
    record: RecordOption = None,
    who: WhoOption = None,
    kind: KindOption = None,
    lang: LangOption = None,
) -> None:
    """Comment on anything in the record. · تعليق."""
    judge_each("comment", [subject], record, who, reason, lang, kind=kind)


OthersArgument = Annotated[
    list[str], typer.Argument(metavar="OTHER...", help="Of the same kind. · من النوع نفسه.")
]


@judge_app.command()
def merge(
    subject: IdArgument,
    others: OthersArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Make entries, claims or actors one; the first actor's key stays. · دمج."""
    kind = kind_of(subject)
    if kind == "entry":
        judge_each("same", [subject], record, who, reason, lang, detail={"with": others})
        return
    for other in others:
        judge_each("same", [subject], record, who, reason, lang, detail={"with": other})


@judge_app.command()
def same(
    subject: IdArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Of the same kind. · من نوعه.")],
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Say that two entries, claims or actors are one. · هما واحد."""
    judge_each("same", [subject], record, who, reason, lang, detail={"with": other})


@judge_app.command()
def different(
    subject: IdArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Of the same kind. · من نوعه.")],
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Say that two entries, claims or actors are not one, whatever the machine finds. · مختلفان."""
    judge_each("different", [subject], record, who, reason, lang, detail={"with": other})


@judge_app.command()
def split(
    subject: IdArgument,
    claims: Annotated[
        list[str],
        typer.Argument(metavar="CLAIM...", help="Claims that leave. · المدعيات المفصولة."),
    ],
    to: Annotated[
        str | None, typer.Option("--to", help="For an actor: who it is instead. · من هو إذن.")
    ] = None,
    arabic: Annotated[str | None, typer.Option("--ar", help="Arabic name of that. · اسمه.")] = None,
    english: Annotated[
        str | None, typer.Option("--en", help="English name of that. · اسمه بالإنجليزية.")
    ] = None,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Part claims from an entry, or tell that an actor is somebody else in them. · فصل."""
    detail: dict[str, Any] = {"claims": claims}
    if to:
        label = {"ar": arabic, "en": english}
        detail |= {"to": to, "label": {k: v for k, v in label.items() if v}}
    judge_each("split", [subject], record, who, reason, lang, detail=detail)


@judge_app.command()
def rate(
    source: Annotated[str, typer.Argument(help="Publisher or agency. · صحيفة أو وكالة.")],
    reliability: Annotated[
        str, typer.Argument(metavar="A-F", help="Admiralty code. · من A إلى F.")
    ],
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Rate how reliable a source is, A to F; - takes the rating away. · تقدير موثوقية مصدر."""
    value = None if reliability == "-" else reliability.upper()
    judge_each(
        "rate", [source], record, who, reason, lang, kind="source", detail={"reliability": value}
    )


@judge_app.command()
def credit(
    claim: Annotated[str, typer.Argument(help="A claim. · مدعى.")],
    credibility: Annotated[
        str, typer.Argument(metavar="1-6", help="Admiralty code. · من 1 إلى 6.")
    ],
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Rate how credible a claim is, 1 to 6; - takes the rating away. · تقدير صدقية مدعى."""
    value = int(credibility) if credibility.isdecimal() else None
    if value is None and credibility != "-":
        raise JudgementError(f"{credibility}: no credibility. Mend: 1 to 6, or -.")
    judge_each(
        "credit", [claim], record, who, reason, lang, kind="claim", detail={"credibility": value}
    )


@judge_app.command()
def mark(
    subject: Annotated[str, typer.Argument(help="Entry, claim, article or process. · الموضوع.")],
    tlp: Annotated[str, typer.Argument(metavar="TLP", help="CLEAR ... RED. · الوسم.")],
    kind: KindOption = None,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Mark with TLP 2.0 who may read it; - takes the marking away. · وسم التداول."""
    value = None if tlp == "-" else tlp.upper().removeprefix("TLP:")
    judge_each("mark", [subject], record, who, reason, lang, kind=kind, detail={"tlp": value})


@judge_app.command()
def undo(
    numbers: Annotated[
        list[int], typer.Argument(metavar="NUMBER...", help="Of judgements. · أرقام الأحكام.")
    ],
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Take judgements back; the record is as if they had not been made. · إلغاء أحكام."""
    judge_each("undo", list(map(str, numbers)), record, who, reason, lang, kind="judgement")
