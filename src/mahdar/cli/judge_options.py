"""What all of ``mahdar judge`` share: its options, and how judgements are written and told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from mahdar.cli.output import Lang
from mahdar.errors import SettingError
from mahdar.i18n import tr, tr_code
from mahdar.settings import load_settings

judge_app = typer.Typer(
    name="judge",
    no_args_is_help=True,
    help="Decide about entries, claims, actors and sources; undo; the log. · أحكام المراجعين.",
)

_ENTRY = re.compile(r"[a-z]-[0-9a-f]{4,}")
_CLAIM = re.compile(r"[0-9a-f]{20}")

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


def judge_each(
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
