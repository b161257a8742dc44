"""``mahdar users``: who may sign in to a team's workbench, and what they may do and see."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from mahdar.cli.output import Column, FormatOption, Lang, RowFormat, print_rows
from mahdar.errors import SettingError
from mahdar.i18n import tr
from mahdar.settings import load_settings

if TYPE_CHECKING:
    from mahdar.store import Record
    from mahdar.web.team.users import TeamRole

users_app = typer.Typer(
    name="users",
    no_args_is_help=True,
    help="Who may sign in to a team's workbench; the audit log. · مستخدمو الفريق.",
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The user's name. · الاسم.")]
RecordOption = Annotated[
    str | None, typer.Option("--record", "-r", help="The record. · ملف المحضر.")
]
RoleOption = Annotated[
    str, typer.Option("--role", help="reader, analyst, reviewer or admin. · الدور.")
]
ProcessOption = Annotated[
    list[str] | None,
    typer.Option(
        "--process", "-p", help="Process they work on; '*' all, '-' what is of none. · العملية."
    ),
]
TlpOption = Annotated[
    str | None,
    typer.Option("--tlp", help="Highest marking they see, RED apart. · أعلى وسم يراه."),
]
PasswordOption = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input. · من الدخل."),
]
LangOption = Annotated[Lang | None, typer.Option("--lang", help="Language of labels. · اللغة.")]
_NO_ONE_ELSE = "terminal"


@contextmanager
def _record(name: str | None) -> Iterator[Record]:
    from mahdar.store import open_record

    with open_record(str(name or load_settings()["record"])) as record:
        yield record


def _language(lang: Lang | None) -> str:
    return str(lang or load_settings()["language"])


def _role(given: str) -> TeamRole:
    from mahdar.web.team.users import ROLES

    for role in ROLES:
        if role == given:
            return role
    raise SettingError(f"--role {given}: no such role. Mend: give one of {', '.join(ROLES)}.")


def _ask_password(name: str, from_input: bool, lang: str) -> str:
    """Return a password: typed twice, or the first line of standard input."""
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(tr("users.password", lang, name=name) + ": ")
    if getpass.getpass(tr("users.again", lang) + ": ") != first:
        raise SettingError("the two passwords differ. Mend: type them again.")
    return first


def _note(record: Record, what: str, name: str) -> None:
    from mahdar.web.team.audit import note

    note(record, getpass.getuser(), "administered", _NO_ONE_ELSE, {"did": what, "user": name})


@users_app.command("add")
def add(
    name: NameArgument,
    role: RoleOption = "reader",
    process: ProcessOption = None,
    tlp: TlpOption = None,
    password_stdin: PasswordOption = False,
    record: RecordOption = None,
    lang: LangOption = None,
) -> None:
    """Add a person who may sign in; asks for their password. · أضف مستخدما."""
    from mahdar.web.team.users import add_user

    language = _language(lang)
    wanted = _role(role)
    with _record(record) as target:
        password = _ask_password(name, password_stdin, language)
        user = add_user(target, name, password, wanted, processes=process or (), tlp=tlp)
        _note(target, "add", user.name)
        typer.echo(tr("users.added", language, name=user.name, role=user.role))


@users_app.command("list")
def list_(
    record: RecordOption = None, lang: LangOption = None, form: FormatOption = RowFormat.table
) -> None:
    """Print who may sign in, what they may do and see. · اعرض المستخدمين."""
    from mahdar.web.team.users import User, list_users

    language = _language(lang)

    def sees(user: User, _: str) -> str:
        return ", ".join(user.processes)

    columns: tuple[Column[User], ...] = (
        Column("team.name", lambda user, _: user.name),
        Column("team.role", lambda user, lang: tr(f"team.role.{user.role}", lang)),
        Column("team.sees", sees, 2),
        Column("users.tlp", lambda user, _: user.tlp),
        Column(
            "users.state", lambda user, lang: tr("team.disabled", lang) if user.disabled else ""
        ),
    )
    with _record(record) as target:
        print_rows(list_users(target), columns, form, language)


@users_app.command()
def role(
    name: NameArgument,
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="reader, analyst, reviewer, admin. · الدور.")
    ],
    record: RecordOption = None,
    lang: LangOption = None,
) -> None:
    """Give a person another role. · غيّر الدور."""
    from mahdar.web.team.users import set_role

    wanted = _role(role)
    with _record(record) as target:
        set_role(target, name, wanted)
        _note(target, f"role {wanted}", name)
    typer.echo(tr("users.changed", _language(lang), name=name))


@users_app.command()
def access(
    name: NameArgument,
    process: ProcessOption = None,
    tlp: TlpOption = None,
    record: RecordOption = None,
    lang: LangOption = None,
) -> None:
    """Say which processes, and up to which marking, a person sees. · حدد ما يراه."""
    from mahdar.web.team.users import set_access

    with _record(record) as target:
        set_access(target, name, processes=process, tlp=tlp)
        _note(target, f"access {' '.join(process or ())} {tlp or ''}".strip(), name)
    typer.echo(tr("users.changed", _language(lang), name=name))


@users_app.command()
def named(
    name: NameArgument,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="claim, entry, article, process. · النوع.")
    ],
    subject: Annotated[str, typer.Argument(metavar="ID", help="Its id. · المعرف.")],
    no_longer: Annotated[bool, typer.Option("--no-longer", help="Take it back. · أزل.")] = False,
    record: RecordOption = None,
    lang: LangOption = None,
) -> None:
    """Name a person for something marked TLP:RED. · سمّه لما هو RED."""
    from mahdar.web.team.users import set_named

    with _record(record) as target:
        set_named(target, name, kind, subject, not no_longer)
        _note(target, f"{'not named' if no_longer else 'named'} {kind} {subject}", name)
    typer.echo(tr("users.changed", _language(lang), name=name))


@users_app.command()
def disable(
    name: NameArgument,
    again: Annotated[
        bool, typer.Option("--enable", help="Let them sign in again. · أعد الدخول.")
    ] = False,
    record: RecordOption = None,
    lang: LangOption = None,
) -> None:
    """Let a person sign in no longer; they are signed out at once. · أوقف مستخدما."""
    from mahdar.web.team.users import set_disabled

    with _record(record) as target:
        set_disabled(target, name, not again)
        _note(target, "enable" if again else "disable", name)
    typer.echo(tr("users.changed", _language(lang), name=name))


@users_app.command()
def password(
    name: NameArgument,
    password_stdin: PasswordOption = False,
    record: RecordOption = None,
    lang: LangOption = None,
) -> None:
    """Give a person another password; they are signed out everywhere. · غيّر كلمة السر."""
    from mahdar.web.team.users import find_user, set_password

    language = _language(lang)
    with _record(record) as target:
        user = find_user(target, name)
        set_password(target, user.name, _ask_password(user.name, password_stdin, language))
        _note(target, "password", user.name)
    typer.echo(tr("users.changed", language, name=name))


@users_app.command()
def audit(
    who: Annotated[str | None, typer.Option("--who", help="Only of this user. · لمستخدم.")] = None,
    action: Annotated[str | None, typer.Option("--action", help="Only this. · لفعل.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Rows; 0 all. · العدد.")] = 50,
    record: RecordOption = None,
    lang: LangOption = None,
    form: FormatOption = RowFormat.table,
) -> None:
    """Print the audit log, the latest first; say whether its chain of hashes is whole. · السجل."""
    import json

    from mahdar.web.team.audit import AuditRow, find_broken, list_audit

    language = _language(lang)
    columns: tuple[Column[AuditRow], ...] = (
        Column("web.log.number", lambda row, _: str(row.seq), 0),
        Column("table.when", lambda row, _: row.at[:19], 0),
        Column("team.name", lambda row, _: row.who),
        Column("team.audit.action", lambda row, at: tr(f"team.did.{row.action}", at)),
        Column("team.audit.detail", lambda row, _: json.dumps(row.detail, ensure_ascii=False), 3),
        Column("team.audit.address", lambda row, _: row.address),
    )
    with _record(record) as target:
        broken = find_broken(target)
        print_rows(
            list_audit(target, who=who, action=action, limit=limit).rows, columns, form, language
        )
    if broken is not None:
        typer.echo(tr("team.audit.broken", language, row=broken), err=True)
        raise typer.Exit(1)
    if form is RowFormat.table:
        typer.echo(tr("team.audit.whole", language))
