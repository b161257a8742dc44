"""Issues by their ids and names."""

from __future__ import annotations

from mahdar.consolidation.flatten import normalize_words
from mahdar.errors import SettingError
from mahdar.i18n import load_messages


def find_issue(name: str) -> str:
    """Return the id of an issue given by its id or its name in Arabic or English.

    Raises:
        SettingError: no such issue; the message lists them.
    """
    labels = {k[6:]: row for k, row in load_messages().items() if k.startswith("issue.")}
    wanted = normalize_words(name)
    for issue, row in labels.items():
        if name.strip().lower() == issue or wanted in map(normalize_words, row.values()):
            return issue
    raise SettingError(
        f"--issue {name}: no such issue. Mend: give one of {', '.join(sorted(labels))}."
    )
