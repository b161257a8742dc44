"""``mahdar serve``: the workbench in a browser."""

from __future__ import annotations

import getpass
import ipaddress
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mahdar.cli.output import Lang
from mahdar.cli.progress import make_progress, notes_console
from mahdar.errors import SettingError
from mahdar.i18n import tr, tr_code
from mahdar.settings import Value, load_settings

if TYPE_CHECKING:
    from mahdar.store import Record
    from mahdar.web.house import House
    from mahdar.web.serving import Reach


def serve(
    record: str | None = typer.Option(
        None, "--record", "-r", help="The record; made if it is not there. · ملف المحضر."
    ),
    port: int = typer.Option(
        8765, "--port", min=0, max=65535, help="Port on this machine; 0 takes a free one. · المنفذ."
    ),
    host: str = typer.Option(
        "127.0.0.1", "--host", help="Address to listen on; loopback only without --team. · العنوان."
    ),
    team: bool | None = typer.Option(
        None, "--team/--no-team", help="People sign in; see `mahdar users`. · لفريق يدخل بأسمائه."
    ),
    certificate: Path | None = typer.Option(
        None, "--certificate", help="TLS certificate (PEM), with --key. · شهادة TLS."
    ),
    key: Path | None = typer.Option(None, "--key", help="TLS private key (PEM). · مفتاح TLS."),
    proxy: str | None = typer.Option(
        None, "--proxy", help="Address of the proxy that does TLS before it. · عنوان الوكيل."
    ),
    allow_host: list[str] = typer.Option(
        [], "--allow-host", help="Name that browsers reach it under. · اسم يفتح به المتصفح."
    ),
    name: str | None = typer.Option(
        None, "--name", help="Who signs judgements; your login name. · من يوقع الأحكام."
    ),
    inbox: Path | None = typer.Option(
        None, "--inbox", help="Folder for files on their way in; beside the record. · مجلد الوارد."
    ),
    packs: list[Path] = typer.Option(
        [], "--packs", help="More folders of knowledge packs. · حزم معرفة إضافية."
    ),
    lang: Lang | None = typer.Option(None, "--lang", help="First language shown. · لغة البدء."),
    open_browser: bool = typer.Option(
        False, "--open", help="Open the browser too. · افتح المتصفح."
    ),
) -> None:
    """Open the workbench on a record, for this machine or a team. · طاولة العمل في المتصفح."""
    from mahdar.store import create_record
    from mahdar.web.house import BUILT, STATIC, House, inbox_of
    from mahdar.web.serving import serve_app

    settings = load_settings()
    signs_in = settings["team"] == "on" if team is None else team
    if not signs_in and not _is_loopback(host):
        raise SettingError(
            f"--host {host}: the workbench asks nobody to sign in, so it answers this machine only."
            " Mend: use 127.0.0.1 and an SSH tunnel, or give --team so that people sign in."
        )
    reach = _check_reach(signs_in, host, certificate, key, proxy, allow_host)
    if not (STATIC / BUILT).is_file():
        raise SettingError(
            "the workbench's scripts and styles have not been built. Mend: run `make web` in the"
            " checkout, or install Mahdar from its wheel."
        )
    language = str(lang or settings["language"])
    more = settings["packs"] if isinstance(settings["packs"], tuple) else ()
    target_name = str(record or settings["record"])
    with create_record(target_name) as target:
        house = House(
            record=target,
            owner=name or getpass.getuser(),
            inbox=inbox or inbox_of(target_name),
            packs=(*packs, *map(Path, more)),
            lang="en" if language == "en" else "ar",
        )
        notes = notes_console()
        if signs_in:
            names = allow_host if _is_loopback(host) else [*allow_host, host]
            house = _open_for_team(house, reach, settings, names)
            if not reach.secure and not _is_loopback(host):
                notes.print(tr("serve.team_warning", language), markup=False, style="bold red")
        _bring_up_to_date(target, house.packs, language)

        def ready(address: str) -> None:
            notes.print(
                tr("serve.ready", language, address=address, record=house.label), markup=False
            )

        serve_app(house, host, port, ready=ready, open_browser=open_browser, reach=reach)


def _check_reach(
    team: bool,
    host: str,
    certificate: Path | None,
    key: Path | None,
    proxy: str | None,
    allow_host: list[str],
) -> Reach:
    """Return how browsers reach a team's workbench.

    Raises:
        SettingError: options that do not go together, or files that are not there.
    """
    from mahdar.web.serving import Reach

    if not team and (certificate or key or proxy or allow_host):
        raise SettingError(
            "--certificate, --key, --proxy and --allow-host are for a team. Mend: give --team too."
        )
    if (certificate is None) != (key is None):
        raise SettingError("--certificate and --key belong together. Mend: give both.")
    for option, path in (("--certificate", certificate), ("--key", key)):
        if path is not None and not path.is_file():
            raise SettingError(f"{option} {path}: there is no such file. Mend: check the name.")
    if any("*" in name for name in allow_host):
        raise SettingError("--allow-host: stars are not names. Mend: give each name in full.")
    if team and not _is_loopback(host) and not allow_host and host in ("0.0.0.0", "::"):
        raise SettingError(
            f"--host {host}: give the name that people open in their browser as well."
            " Mend: --allow-host mahdar.example.org"
        )
    return Reach(certificate, key, proxy)


def _open_for_team(
    house: House, reach: Reach, settings: Mapping[str, Value], allow_host: list[str]
) -> House:
    """Return the house for a team whose members sign in.

    Raises:
        SettingError: nobody could sign in and administer.
    """
    from mahdar.web.team.passwords import warm_up
    from mahdar.web.team.room import make_team
    from mahdar.web.team.sessions import Lifetimes
    from mahdar.web.team.users import list_users

    if not any(u.role == "admin" and not u.disabled for u in list_users(house.record)):
        raise SettingError(
            "--team: the record has no administrator. Mend: mahdar users add NAME --role admin"
            " --process '*'"
        )
    warm_up()
    idle, most = settings["session_idle_minutes"], settings["session_hours"]
    assert isinstance(idle, int)
    assert isinstance(most, int)
    team = make_team(house.record, Lifetimes(idle * 60, most * 3600), secure=reach.secure)
    return replace(house, team=team, secret=team.secret, hosts=(*house.hosts, *allow_host))


def _bring_up_to_date(record: Record, packs: tuple[Path, ...], language: str) -> None:
    """Make the entries and the word index of a record that an older Mahdar, or a stopped run, left behind.

    Otherwise the first judgement or search would do it while everybody waits.
    """
    from mahdar.cli.adding import consolidate
    from mahdar.search import complete_index, index_is_complete

    with make_progress(notes_console(), quiet=False) as progress:
        if record.stale:
            merging = progress.add_task(tr("add.merging", language), total=1, note="")

            def merge(kind: str, number: int, kinds: int) -> None:
                note = tr_code("kind", kind, language)
                progress.update(merging, completed=number, total=kinds, note=note)

            consolidate(record, packs, merge)
        if not index_is_complete(record):
            indexing = progress.add_task(tr("serve.indexing", language), total=None, note="")
            complete_index(
                record,
                on_progress=lambda done, of: progress.update(indexing, completed=done, total=of),
            )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
