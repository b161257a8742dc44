"""The date against which an article's relative dates are resolved."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.annotation.document import ensure_article
from mahdar.model import Anchor


def find_anchor(doc: Doc) -> Anchor:
    """Return the article's anchor date with its basis and certainty."""
    published = ensure_article(doc).published
    return Anchor(published[:10], "metadata") if published else Anchor(None, "none", 0.0)
