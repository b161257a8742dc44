"""Progress on standard error, shared by the commands; nothing when quiet or not on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)


def notes_console() -> Console:
    """Return the console for notes and errors: standard error, long lines left alone."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def make_progress(notes: Console, *, quiet: bool) -> Progress:
    """Return a progress bar that leaves no trace when it ends."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}", markup=False),
        TimeElapsedColumn(),
        console=notes,
        transient=True,
        disable=quiet or not notes.is_terminal,
    )
