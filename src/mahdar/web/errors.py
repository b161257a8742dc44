"""What a page answers when it cannot show what was asked for."""

from __future__ import annotations

from mahdar.errors import MahdarError


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
