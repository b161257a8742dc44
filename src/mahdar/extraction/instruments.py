"""Named agreements, resolutions, communiqués and initiatives."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.knowledge.load import Knowledge
from mahdar.model import Instrument


def find_instruments(doc: Doc, knowledge: Knowledge) -> tuple[Instrument, ...]:
    """Return each occurrence of a named instrument in reading order."""
    return ()
