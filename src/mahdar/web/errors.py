"""What a page answers when it cannot show what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from mahdar.errors import JudgementError, MahdarError, RecordError, SettingError
from mahdar.i18n import load_messages, tr
from mahdar.i18n.errors import word_error


class WebError(MahdarError):
    """An answer other than the page asked for.

    Args:
        status: HTTP status.
        key: message key under ``web.error``; ``KEY.what`` and ``KEY.mend`` exist in both languages.
        detail: more words, as they are.
    """

    def __init__(self, status: int, key: str, detail: str = "") -> None:
        self.status = status
        self.key = key
        self.detail = detail
        super().__init__(f"{status} {key} {detail}".strip())

    def __reduce__(self) -> tuple[type[WebError], tuple[int, str, str]]:
        return type(self), (self.status, self.key, self.detail)


_ANSWERS: tuple[tuple[type[MahdarError], int, str], ...] = (
    (JudgementError, 409, "judgement"),
    (SettingError, 400, "bad_question"),
    (RecordError, 503, "record"),
    (MahdarError, 500, "failed"),
)
"""Kind of error, HTTP status and message key; the first that fits holds."""
_OF_STATUS = {404: "missing", 405: "missing", 413: "too_large"}


def as_web_error(error: Exception, lang: str, *, on_page: bool) -> WebError:
    """Return an error as the answer it becomes, its detail in ``ar`` or ``en``."""
    if isinstance(error, WebError):
        return WebError(error.status, error.key, error.detail)
    if isinstance(error, RequestValidationError):
        return WebError(400, "bad_question", _word_invalid(error.errors()[0], lang))
    if isinstance(error, HTTPException):
        key = _OF_STATUS.get(error.status_code, "failed")
        return WebError(error.status_code, key, "" if key == "missing" else error.detail)
    for kind, status, key in _ANSWERS:
        if isinstance(error, kind):
            return WebError(status, key, word_error(error, lang, on_page=on_page))
    return WebError(500, "failed", str(error))


def _word_invalid(first: Mapping[str, Any], lang: str) -> str:
    """Return what is wrong with a field of a question or form (an error of pydantic) in words."""
    field = ".".join(str(part) for part in first["loc"][1:])
    key = f"web.invalid.{first['type']}"
    if key not in load_messages():
        key = "web.invalid.other"
    return tr(key, lang, field=field, **{"limit": "", **_limit(first.get("ctx") or {})})


def _limit(context: Mapping[str, Any]) -> dict[str, object]:
    """Return what a value was measured by: a bound, a length or the choices there are."""
    for name in ("max_length", "min_length", "ge", "le", "gt", "lt", "expected", "max_bytes"):
        if name in context:
            return {"limit": context[name]}
    return {}
