"""What is asked of an export, and what was left out of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from mahdar.errors import SettingError
from mahdar.i18n import Language, load_messages, tr
from mahdar.views.filters import Filters

TLP = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""Markings of TLP 2.0, the widest circle first."""
DEFAULT_TLP = "AMBER+STRICT"
"""What is marked RED is for the eyes of named people: it goes into a file only when asked for."""
EVERY = Filters()


@dataclass(frozen=True, slots=True)
class Request:
    """What to export. ``tlp`` is the circle of the readers: what is marked above it is left out."""

    filters: Filters = EVERY
    lang: Language = "en"
    tlp: str = DEFAULT_TLP

    def may_show(self, marking: str | None) -> bool:
        """Tell whether something with this marking goes out; without one it does."""
        return marking is None or TLP.index(marking) <= TLP.index(self.tlp)


def parse_tlp(text: str) -> str:
    """Return a marking, given in any case and with or without ``TLP:``.

    Raises:
        SettingError: no marking of TLP 2.0.
    """
    name = text.strip().upper().removeprefix("TLP:").strip()
    if name not in TLP:
        raise SettingError(
            f"--tlp {text}: no marking of TLP 2.0. Mend: give one of {', '.join(TLP)}."
        )
    return name


_KINDS = ("event", "modality", "act", "kind")
"""Kinds of codes that a detail may be made of."""


def _words(detail: str, lang: str) -> str:
    """Return a detail with its codes in words: «planned visit» for ``VISIT planned``."""
    told = load_messages()
    words = []
    for code in detail.split():
        found = next((told[f"{k}.{code}"] for k in _KINDS if f"{k}.{code}" in told), None)
        words.append(found[lang] if found else code)
    return " ".join(words if lang == "ar" else reversed(words))


@dataclass(slots=True)
class LeftOut:
    """Counts what an export leaves out, by reason. A reason is a message key and one detail."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, reason: str, detail: str = "", count: int = 1) -> None:
        """Count something left out; ``reason`` is the end of a message key ``left_out.*``."""
        if count:
            self.counts[reason, detail] += count

    def lines(self, lang: str) -> list[str]:
        """Return a line per reason, in words, the details of a reason side by side."""
        told: dict[str, list[tuple[str, int]]] = {}
        for (reason, detail), count in sorted(self.counts.items()):
            told.setdefault(reason, []).append((detail, count))
        comma = "، " if lang == "ar" else ", "
        lines = []
        for reason, parts in told.items():
            line = tr(f"left_out.{reason}", lang, count=sum(count for _, count in parts))
            named = comma.join(
                f"{_words(detail, lang)} {count}" for detail, count in parts if detail
            )
            lines.append(f"{line} ({named})" if named else line)
        return lines

    def rows(self) -> list[dict[str, object]]:
        """Return the counts for a manifest, sorted."""
        return [
            {
                "reason": reason,
                "detail": detail or None,
                "count": count,
                "ar": tr(f"left_out.{reason}", "ar", count=count),
                "en": tr(f"left_out.{reason}", "en", count=count),
            }
            for (reason, detail), count in sorted(self.counts.items())
        ]
