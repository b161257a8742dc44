"""``mahdar serve``: the workbench in a browser."""

from __future__ import annotations

import getpass
import ipaddress
from pathlib import Path

import typer

from mahdar.cli.output import Lang
from mahdar.cli.progress import notes_console
from mahdar.errors import SettingError
from mahdar.i18n import tr
from mahdar.settings import load_settings


def serve(
    record: Path | None = typer.Option(
        None, "--record", "-r", help="The record; made if it is not there. · ملف المحضر."
    ),
    port: int = typer.Option(
        8765, "--port", min=0, max=65535, help="Port on this machine; 0 takes a free one. · المنفذ."
    ),
    host: str = typer.Option(
        "127.0.0.1", "--host", help="Address of this machine, loopback only. · عنوان محلي."
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
    """Open the workbench on a record, for this machine only. · طاولة العمل في المتصفح."""
    from mahdar.store import create_record
    from mahdar.web.house import BUILT, STATIC, House, inbox_of
    from mahdar.web.serving import serve_app

    if not _is_loopback(host):
        raise SettingError(
            f"--host {host}: the workbench asks nobody to sign in, so it answers this machine only."
            " Mend: use 127.0.0.1, and reach it from elsewhere through an SSH tunnel."
        )
    if not (STATIC / BUILT).is_file():
        raise SettingError(
            "the workbench's scripts and styles have not been built. Mend: run `make web` in the"
            " checkout, or install Mahdar from its wheel."
        )
    settings = load_settings()
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

        def ready(address: str) -> None:
            notes.print(
                tr("serve.ready", language, address=address, record=target_name), markup=False
            )

        serve_app(house, host, port, ready=ready, open_browser=open_browser)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
