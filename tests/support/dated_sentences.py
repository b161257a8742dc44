"""The dates of a sentence, resolved against a given day."""

from mahdar.annotation.components import blank_pipeline
from mahdar.annotation.dates import find_anchor, find_dates
from mahdar.model import Article, Quotation, TimeExpression

NLP = blank_pipeline()
THURSDAY = "2016-03-17"


def dates_of(
    text: str, published: str | None = THURSDAY, quotations: tuple[Quotation, ...] = ()
) -> tuple[TimeExpression, ...]:
    doc = NLP(text)
    doc._.article = Article(id="t", text=text, sha256="", published=published)
    doc._.quotations = quotations
    doc._.anchor = find_anchor(doc)
    return find_dates(doc)


def values_of(text: str, published: str | None = THURSDAY) -> list[str]:
    return [found.value for found in dates_of(text, published)]
