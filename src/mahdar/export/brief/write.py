"""A brief written from a record: every section from its view, then cut to its pages and numbered."""

from __future__ import annotations

from datetime import date

from mahdar.export.brief.desk import Desk
from mahdar.export.brief.figures import (
    count_single,
    load_base,
    write_coverage,
    write_doubts,
    write_headline,
)
from mahdar.export.brief.fit import fit_sections, number_notes
from mahdar.export.brief.harm import write_detainees, write_humanitarian, write_incidents
from mahdar.export.brief.model import Brief, Request, Section
from mahdar.export.brief.said import write_commitments, write_positions
from mahdar.export.brief.scope import find_scope
from mahdar.export.brief.talks import write_agreements, write_contacts, write_truces
from mahdar.export.brief.words import name_span, put_digits
from mahdar.i18n import tr
from mahdar.store import Record

_WRITERS = (
    write_contacts,
    write_truces,
    write_agreements,
    write_incidents,
    write_humanitarian,
    write_detainees,
    write_positions,
    write_commitments,
)
EVERYTHING = Request()


def write_brief(record: Record, request: Request = EVERYTHING) -> Brief:
    """Return a brief on what a record tells of a process in a period.

    Each sentence is made from one entry by a pattern of ``i18n/brief.tsv``. What reviewers rejected is left
    out, what they edited shown as edited, and what is marked above ``request.tlp`` kept back.

    Args:
        record: an open record.
        request: process, period, language, digits, circle of readers, pages.
    Raises:
        SettingError: no such process, a date that is none, a period that ends before it begins.
        RecordError: the record cannot be read, or has no dates and the request none.
    """
    scope = find_scope(record, request)
    desk = Desk(record, scope, request)
    base = load_base(desk)
    sections = [write_headline(desk, base)]
    sections += [section for write in _WRITERS if (section := write(desk)).sentences]
    doubts = write_doubts(desk, base)
    sections += [doubts] if doubts.sentences else []
    sections.append(write_coverage(desk, base))
    fitted = number_notes(fit_sections(sections, request.pages, request.lang))
    fitted = [_with_single(desk, section, fitted) for section in fitted]
    first, last = date.fromisoformat(scope.first), date.fromisoformat(scope.last)
    lang = request.lang
    return Brief(
        request=request,
        title=scope.title.get(lang) or tr("brief.everything", lang),
        period=put_digits(name_span(first, last, lang), request.digits),
        names=tuple(dict.fromkeys(names[lang] for names in scope.names)),
        first=scope.first,
        last=scope.last,
        sections=tuple(fitted),
        left_out=sum(section.left_out for section in fitted),
        hidden=len(desk.hidden),
    )


def _with_single(desk: Desk, section: Section, all_: list[Section]) -> Section:
    """Return the coverage with how many sentences shown rest on one article alone."""
    if section.key != "coverage":
        return section
    shown = [sentence for other in all_ for sentence in other.sentences if sentence.note]
    if not shown:
        return section
    return Section(section.key, (*section.sentences, count_single(desk, shown)), section.left_out)
