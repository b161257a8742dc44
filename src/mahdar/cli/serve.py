"""``mahdar serve``: the workbench in a browser."""

from __future__ import annotations

import getpass
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mahdar.cli.output import Lang
from mahdar.cli.progress import make_progress, notes_console
from mahdar.errors import SettingError
from mahdar.i18n import tr, tr_code
from mahdar.settings import load_settings

if TYPE_CHECKING:
    from mahdar.store import Record


def serve(
    record: str | None = typer.Option(
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
        _bring_up_to_date(target, house.packs, language)

        def ready(address: str) -> None:
            notes.print(
                tr("serve.ready", language, address=address, record=house.label), markup=False
            )

        serve_app(house, host, port, ready=ready, open_browser=open_browser)


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
