"""The command line: one file per command, put together here.

Exit codes: 0 all fine; 1 some inputs failed, the rest is done; 2 wrong usage or setting; 3 the record
cannot be used; 130 stopped by the user (what was done stays done).
"""

from __future__ import annotations

import sys
from itertools import pairwise

import typer
from rich.console import Console

from mahdar.cli.add import add
from mahdar.cli.brief import brief
from mahdar.cli.demo import demo
from mahdar.cli.export import export
from mahdar.cli.judge_log import judge_app
from mahdar.cli.packs import packs_app
from mahdar.cli.read import read
from mahdar.cli.search import search
from mahdar.cli.serve import serve
from mahdar.cli.show_more import show_app
from mahdar.cli.users import users_app
from mahdar.cli.verify import verify
from mahdar.errors import JudgementError, KnowledgeError, MahdarError, RecordError, SettingError
from mahdar.i18n.errors import word_error
from mahdar.settings import load_settings

EXIT_FINE, EXIT_SOME_FAILED, EXIT_USAGE, EXIT_RECORD, EXIT_STOPPED = 0, 1, 2, 3, 130

app = typer.Typer(
    name="mahdar",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Read Arabic press on peace processes and keep the record. · يقرأ الصحافة العربية ويحفظ محضر عمليات السلام.",
)
app.command()(read)
app.command()(add)
app.command()(demo)
app.command()(search)
app.command()(serve)
app.command()(export)
app.command()(brief)
app.command()(verify)
app.add_typer(show_app)
app.add_typer(judge_app)
app.add_typer(packs_app)
app.add_typer(users_app)


@app.callback(invoke_without_command=True)
def show_version(
    version: bool = typer.Option(False, "--version", help="Print the version. · رقم الإصدار."),
) -> None:
    """Read Arabic press on peace processes and keep the record."""
    if version:
        from mahdar.pipeline import VERSION

        typer.echo(f"mahdar {VERSION}")
        raise typer.Exit


def main() -> None:
    """Run the command line; turn Mahdar's errors into one line on standard error and an exit code."""
    try:
        app()
    except (SettingError, KnowledgeError, JudgementError) as error:
        _fail(word_error(error, _language()), EXIT_USAGE)
    except RecordError as error:
        _fail(word_error(error, _language()), EXIT_RECORD)
    except MahdarError as error:
        _fail(word_error(error, _language()), EXIT_SOME_FAILED)
    except KeyboardInterrupt:
        _fail("stopped; what was done stays done · أُوقف؛ ما أُنجز محفوظ", EXIT_STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_FINE)


def _language() -> str:
    """Return the language asked for: that of ``--lang``, else of the settings, if they can be read."""
    for before, given in pairwise(("", *sys.argv[1:])):
        asked = given if before == "--lang" else given.partition("--lang=")[2]
        if asked in ("ar", "en"):
            return asked
    try:
        return str(load_settings()["language"])
    except SettingError:
        return "en"


def _fail(message: str, code: int) -> None:
    Console(stderr=True, soft_wrap=True).print(message, markup=False, highlight=False)
    sys.exit(code)
