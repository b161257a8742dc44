"""From «the record has none of this name» to a page that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mahdar.errors import RecordError
from mahdar.web.errors import WebError


@contextmanager
def or_missing(what: str) -> Iterator[None]:
    """Turn a question for something the record lacks into a 404; a broken record stays an error.

    Args:
        what: ``article``, ``entry`` or ``actor``.
    Raises:
        WebError: 404.
    """
    try:
        yield
    except RecordError as error:
        if error.__cause__ is not None:  # the database itself failed
            raise
        raise WebError(404, f"no_{what}") from error
