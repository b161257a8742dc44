"""``mahdar judge``: what people decide about a record, written into its log."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mahdar.cli.output import Column, Lang, RowFormat, print_rows
from mahdar.errors import JudgementError, SettingError
from mahdar.i18n import tr, tr_code
from mahdar.settings import load_settings

if TYPE_CHECKING:
    from mahdar.store import Judgement

judge_app = typer.Typer(
    name="judge",
    no_args_is_help=True,
    help="Decide about entries, claims, actors and sources; undo; the log. · أحكام المراجعين.",
)

_ENTRY = re.compile(r"[a-z]-[0-9a-f]{4,}")
_CLAIM = re.compile(r"[0-9a-f]{20}")
_WHOLE = frozenset({"killed", "injured"})
_LISTS = frozenset({"roles", "spans", "processes"})

IdsArgument = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Entries or claims. · قيود أو مدعيات.")
]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Entry, claim or actor. · قيد أو مدعى.")
]
RecordOption = Annotated[
    str | None, typer.Option("--record", "-r", help="The record. · ملف المحضر.")
]
WhoOption = Annotated[str | None, typer.Option("--who", help="Name of who judges. · اسم المراجع.")]
ReasonOption = Annotated[str, typer.Option("--reason", "-m", help="Why. · السبب.")]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind", "-k", help="claim, entry, actor, article, source, process. · نوع الموضوع."
    ),
]
LangOption = Annotated[
    Lang | None, typer.Option("--lang", help="Language of labels. · لغة العناوين.")
]


def kind_of(subject: str) -> str:
    """Return what an id stands for: entry, claim, or else an actor."""
    if _CLAIM.fullmatch(subject):
        return "claim"
    return "entry" if _ENTRY.fullmatch(subject) else "actor"


def _judge(
    action: str,
    subjects: Sequence[str],
    record: str | None,
    who: str | None,
    reason: str,
    lang: Lang | None,
    *,
    kind: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one judgement per subject, and say where each stands now."""
    from mahdar.store import Judgement, judge, open_record, review_state

    settings = load_settings()
    language = str(lang or settings["language"])
    name = who or str(settings["reviewer"])
    if not name:
        raise SettingError(
            "nobody judges. Mend: give --who NAME, or set reviewer in mahdar.toml or MAHDAR_REVIEWER."
        )
    with open_record(record or str(settings["record"])) as target:
        for subject in subjects:
            about = kind or kind_of(subject)
            wanted = Judgement(action, about, subject, name, reason, dict(detail or {}))
            done = judge(target, wanted)
            state = ""
            if done.kind in ("claim", "entry"):
                reviewed = review_state(target, done.kind, done.subject)
                state = tr_code("review", reviewed.state.state, language)
            elif done.action == "undo":
                state = tr("judge.undone", language)
            line = tr(
                "judge.done",
                language,
                seq=done.seq,
                action=tr_code("action", done.action, language),
                subject=done.subject,
                state=state,
            )
            typer.echo(line.rstrip(" ·"))


@judge_app.command()
def accept(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Accept entries or claims as they stand. · قبول."""
    _judge("accept", ids, record, who, reason, lang)


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
    _judge("edit", [subject], record, who, reason, lang, detail={"new": new})


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
    _judge("reject", ids, record, who, reason, lang)


@judge_app.command()
def second(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Ask that a second person looks at entries or claims. · طلب مراجعة ثانية."""
    _judge("needs_second", ids, record, who, reason, lang)


@judge_app.command()
def confirm(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Confirm what another person decided: it is final. · إقرار حكم غيرك."""
    _judge("confirm", ids, record, who, reason, lang)


@judge_app.command()
def reopen(
    ids: IdsArgument,
    record: RecordOption = None,
    who: WhoOption = None,
    reason: ReasonOption = "",
    lang: LangOption = None,
) -> None:
    """Let entries or claims be decided anew. · إعادة فتح."""
    _judge("reopen", ids, record, who, reason, lang)


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
    _judge("assign", ids, record, who, reason, lang, detail={"to": to})


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
    _judge("comment", [subject], record, who, reason, lang, kind=kind)


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
        _judge("same", [subject], record, who, reason, lang, detail={"with": others})
        return
    for other in others:
        _judge("same", [subject], record, who, reason, lang, detail={"with": other})


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
    _judge("same", [subject], record, who, reason, lang, detail={"with": other})


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
    _judge("different", [subject], record, who, reason, lang, detail={"with": other})


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
    _judge("split", [subject], record, who, reason, lang, detail=detail)


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
    _judge(
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
    _judge(
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
    _judge("mark", [subject], record, who, reason, lang, kind=kind, detail={"tlp": value})


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
    _judge("undo", list(map(str, numbers)), record, who, reason, lang, kind="judgement")


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
    form: Annotated[
        RowFormat, typer.Option("--format", "-f", help="Form of the output. · صيغة الناتج.")
    ] = RowFormat.table,
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
    form: Annotated[
        RowFormat, typer.Option("--format", "-f", help="Form of the output. · صيغة الناتج.")
    ] = RowFormat.table,
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
