"""Quotation marks and what stands between them."""

from __future__ import annotations

from spacy.tokens import Doc

from mahdar.model import Quotation


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Return the quotations of an article in reading order; nested ones follow their outer one."""
    return ()
