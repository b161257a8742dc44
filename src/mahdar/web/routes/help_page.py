"""Help: keys, layers, and what the words of the record mean."""

# No postponed annotations here: FastAPI reads them.
from dataclasses import dataclass

KEYS = (
    ("page", (("?", "help"), ("/", "search"), ("g", "go"), ("Esc", "leave"))),
    ("list", (("j", "next"), ("k", "previous"), ("Enter", "open"))),
    (
        "desk",
        (
            ("a", "accept"),
            ("e", "edit"),
            ("x", "reject"),
            ("n", "next_open"),
            ("u", "undo"),
            ("m", "span"),
            ("1–8", "layers"),
            ("[", "earlier"),
            ("]", "later"),
        ),
    ),
)
"""Keys by where they work; the second of each is the message ``web.key.NAME``."""


@dataclass(frozen=True, slots=True)
class HelpData:
    """What the help page shows."""

    keys: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def load_help() -> HelpData:
    """Keys, layers and terms."""
    return HelpData(KEYS)
