"""What can go wrong, as one tree.

MahdarError
├── InputError            a file or record that cannot be read: names file, place and mend
│   ├── UnreadableBytes   no known encoding fits
│   ├── MalformedRecord   JSON, XML or HTML that does not parse, or a field of the wrong kind
│   └── UnsupportedInput  a kind of file that Mahdar does not read
├── KnowledgeError        a knowledge pack or lexicon table that breaks its schema
├── MissingAnnotation     a stage was called on a document that an earlier stage has not seen
├── RecordError           the record's database: not there, not a record, locked, wrong version
├── JudgementError        a judgement that cannot be made: no such subject, not in this state
└── SettingError          a setting with an unknown name or a value of the wrong kind
    └── QueryError        a search that cannot be understood: names the place in it and mend
"""

from __future__ import annotations


class MahdarError(Exception):
    """Base of every error that Mahdar raises on purpose."""


class InputError(MahdarError):
    """Input that cannot be read.

    Args:
        file: the path or name under which the user knows the input.
        problem: what is wrong, one clause.
        mend: what the user can do about it, one clause.
        place: where in the file, for instance ``line 12`` or ``entry 2015.json``.
    """

    def __init__(self, file: str, problem: str, mend: str, place: str | None = None) -> None:
        self.file = file
        self.problem = problem
        self.mend = mend
        self.place = place
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {problem}. Mend: {mend}.")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str, str | None]]:
        return type(self), (self.file, self.problem, self.mend, self.place)


class UnreadableBytes(InputError):
    """No known encoding fits the bytes."""


class MalformedRecord(InputError):
    """A record that does not parse or has a field of the wrong kind."""


class UnsupportedInput(InputError):
    """A kind of file that Mahdar does not read."""


class KnowledgeError(MahdarError):
    """A knowledge pack or lexicon table that breaks its schema."""


class MissingAnnotation(MahdarError):
    """A stage was called on a document that an earlier stage has not seen."""


class RecordError(MahdarError):
    """The record's database is not there, not a record, locked or of another version."""


class JudgementError(MahdarError):
    """A judgement that cannot be made: no such subject, not possible in this state, a detail missing."""


class SettingError(MahdarError):
    """A setting with an unknown name or a value of the wrong kind."""


class QueryError(SettingError):
    """A search that cannot be understood.

    Args:
        query: what was typed.
        at: the character it went wrong at, counted from 0.
        problem: what is wrong, one clause.
        mend: what the user can do about it, one clause.
    """

    def __init__(self, query: str, at: int, problem: str, mend: str) -> None:
        self.query = query
        self.at = at
        self.problem = problem
        self.mend = mend
        near = query[at : at + 20]
        where = f"at «{near}»" if near.strip() else "at the end"
        super().__init__(f"query, character {at + 1}, {where}: {problem}. Mend: {mend}.")

    def __reduce__(self) -> tuple[type[QueryError], tuple[str, int, str, str]]:
        return type(self), (self.query, self.at, self.problem, self.mend)
