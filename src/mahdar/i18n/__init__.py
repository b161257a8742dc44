"""Every text that a user sees, in Arabic and English: the tables ``*.tsv`` beside this, one per part of
the house, and their look-up."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from mahdar.errors import KnowledgeError

Language = Literal["ar", "en"]


@cache
def load_messages() -> dict[str, dict[str, str]]:
    """Return all messages: key to a map of language to text.

    Raises:
        KnowledgeError: a row without key, Arabic and English, or a key given twice.
    """
    table: dict[str, dict[str, str]] = {}
    for path in sorted(files("mahdar.i18n").iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".tsv"):
            _add_rows(table, path.name, path.read_text(encoding="utf-8"))
    return table


def _add_rows(table: dict[str, dict[str, str]], name: str, text: str) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        if number == 1 or not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) != 3 or not all(cells):
            raise KnowledgeError(f"i18n/{name}, line {number}: needs key, ar and en")
        key, arabic, english = cells
        if key in table:
            raise KnowledgeError(f"i18n/{name}, line {number}: {key} stands there already")
        table[key] = {"ar": arabic, "en": english}


def tr(key: str, lang: str, **values: object) -> str:
    """Return a message in ``ar`` or ``en`` with its ``{name}`` places filled.

    Raises:
        KeyError: no such message or language.
    """
    return load_messages()[key][lang].format(**values)


def tr_code(kind: str, code: str, lang: str) -> str:
    """Return the display text of a value of the contract (``event MEET``); the code itself if it has none."""
    row = load_messages().get(f"{kind}.{code}")
    return row[lang] if row else code


def count_form(number: int) -> str:
    """Return the form of a noun after a number by the rules of Arabic: ``none``, ``one``, ``two``,
    ``few`` (3 to 10), ``many`` (11 to 99) or ``hundred``; English has the same text for some.
    """
    if number <= 2:
        return ("none", "one", "two")[number]
    tail = number % 100
    if 3 <= tail <= 10:
        return "few"
    return "many" if tail > 10 else "hundred"


def tr_count(noun: str, number: int, lang: str, shown: str) -> str:
    """Return a number with its noun in the right form.

    Args:
        noun: what stands before the form in the keys of its six messages (``count.articles``).
        number: how many, 0 or more.
        lang: ``ar`` or ``en``.
        shown: the number as it is to be read, in digits or in words.
    Raises:
        KeyError: no such noun or language.
    """
    return tr(f"{noun}.{count_form(number)}", lang, n=shown)
