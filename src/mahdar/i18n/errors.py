"""Errors in the reader's language: each clause of ``mahdar.errors`` is found again in ``errors.tsv``.

Errors carry English clauses with values in them, and so do the files in which a worker notes what it
could not read. The English clause is therefore the name of a message, as in gettext: the row whose
pattern fits a clause gives its other language, with the same values in their places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mahdar.errors import InputError, MahdarError, QueryError
from mahdar.i18n import load_messages, tr, tr_code

_CLAUSE = "clause."
_PLACE = re.compile(r"\{([a-z]+)\}")
_MEND = re.compile(r"\.? Mend: ")
_NEAR_CHARS = 20
_CODES = {"action": "action", "state": "review", "kind": "subject", "field": "field"}
"""Places whose values are codes, and the kind of code."""
_ISOLATE, _END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A clause: its message key, and what recognises it."""

    key: str
    form: re.Pattern[str]


def word_error(error: MahdarError, lang: str, *, on_page: bool = False) -> str:
    """Return what an error says in ``ar`` or ``en``.

    Args:
        error: what was raised.
        lang: language of the reader.
        on_page: values are kept apart from what is around them in either direction of writing, and
            options of commands are called as the fields of the page.
    Returns:
        The whole message with its mend; in English where a clause stands in no table.
    """
    if lang == "en" and not on_page:
        return str(error)
    if isinstance(error, InputError):
        where = _apart(error.file, on_page)
        if error.place:
            place = word_clause(error.place, lang, on_page=on_page)
            where = tr("error.placed", lang, file=where, place=place)
        return _put_together(where, error.problem, error.mend, lang, on_page)
    if isinstance(error, QueryError):
        near = error.query[error.at : error.at + _NEAR_CHARS]
        told = tr("error.near", lang, text=_apart(near, on_page))
        return tr(
            "error.query",
            lang,
            number=error.at + 1,
            near=told if near.strip() else tr("error.at_end", lang),
            what=word_clause(error.problem, lang, on_page=on_page),
            mend=word_clause(error.mend, lang, on_page=on_page),
        )
    return word_text(str(error), lang, on_page=on_page)


def word_text(text: str, lang: str, *, on_page: bool = False) -> str:
    """Return a whole message, ``WHAT. Mend: HOW.``, in ``ar`` or ``en``; as it stands where no table has it."""
    stop = "." if text.endswith(".") else ""
    cut = list(_MEND.finditer(text))
    if not cut:
        return word_clause(text.removesuffix("."), lang, on_page=on_page) + stop
    what, mend = text[: cut[-1].start()], text[cut[-1].end() :].removesuffix(".")
    told = tr(
        "error.full",
        lang,
        what=word_clause(what.removesuffix(":"), lang, on_page=on_page),
        mend=word_clause(mend, lang, on_page=on_page),
    )
    return told.replace("؟.", "؟").replace("?.", "?")


def word_clause(text: str, lang: str, *, on_page: bool = False) -> str:
    """Return one clause in ``ar`` or ``en``; as it stands where no table has it."""
    for pattern in _patterns():
        found = pattern.form.fullmatch(text)
        if found:
            values = {
                name: _word_value(name, value, lang, on_page)
                for name, value in found.groupdict().items()
            }
            return tr(pattern.key, lang, **values)
    return text


def _put_together(where: str, problem: str, mend: str, lang: str, on_page: bool) -> str:
    return tr(
        "error.input",
        lang,
        where=where,
        what=word_clause(problem, lang, on_page=on_page),
        mend=word_clause(mend, lang, on_page=on_page),
    )


def _word_value(name: str, value: str, lang: str, on_page: bool) -> str:
    """Return a value as it is read: codes by their names, the rest as it is."""
    known = load_messages()
    if name == "option" and on_page and (key := f"option.{value.lstrip('-')}") in known:
        return tr(key, lang)
    if lang == "ar" and name in _CODES and f"{_CODES[name]}.{value}" in known:
        return tr_code(_CODES[name], value, lang)
    if lang == "ar" and name == "what":
        return word_clause(value, lang, on_page=on_page)
    if lang == "ar" and name == "about":
        return _word_about(value, on_page)
    return _apart(value, on_page)


def _word_about(value: str, on_page: bool) -> str:
    """Return what a judgement is about (``accept claim ID``, ``claim ID``) in Arabic."""
    first, *rest = value.split(" ", 2)
    if len(rest) == 2 and f"action.{first}" in load_messages():
        action, kind = tr_code("action", first, "ar"), tr_code("subject", rest[0], "ar")
        return f"{action} {kind} {_apart(rest[1], on_page)}"
    return f"{tr_code('subject', first, 'ar')} {_apart(' '.join(rest), on_page)}".strip()


def _apart(value: str, on_page: bool) -> str:
    return f"{_ISOLATE}{value}{_END}" if on_page and value else value


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Return the clauses, those with the most words of their own first."""
    rows = [(key, row["en"]) for key, row in load_messages().items() if key.startswith(_CLAUSE)]
    rows.sort(key=lambda row: (-len(_PLACE.sub("", row[1])), row[0]))
    return tuple(_Pattern(key, re.compile(_form_of(english), re.DOTALL)) for key, english in rows)


def _form_of(english: str) -> str:
    """Return a regular expression for a clause; each place takes any text."""
    parts = _PLACE.split(english)
    return "".join(
        f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
