"""What pages rank in short and open in part is what the whole lists give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from made_files import file_readings
from views_record import readings
from workbench import make_record

from mahdar.store import Record
from mahdar.views import (
    Filters,
    list_agreements,
    list_contacts,
    list_detainees,
    list_naming,
    list_positions,
)
from mahdar.views.agreements import AgreementRow, Show, browse_agreements
from mahdar.views.contacts import name_contacts, rank_contacts
from mahdar.views.detainees import open_detainees, rank_detainees
from mahdar.views.naming import name_naming, rank_naming
from mahdar.views.positions import open_stands
from mahdar.views.stances import list_stands

EVERY = Filters()


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    with make_record(record_url, [*readings(), *file_readings()]) as made:
        yield made


def test_short_lists_open_to_the_whole_ones(record: Record) -> None:
    contacts = list_contacts(record)
    assert contacts
    assert name_contacts(record, rank_contacts(record)) == contacts
    positions = list_positions(record)
    assert positions
    assert open_stands(record, list_stands(record)) == positions
    short = rank_detainees(record)
    whole = list_detainees(record)
    assert whole
    assert [(row.id, row.state, row.tlp) for row in short] == [
        (row.entry.id, row.state, row.tlp) for row in whole
    ]
    assert open_detainees(record, [row.id for row in short]) == whole
    assert list_naming(record)
    naming = [replace(row, claims=row.claims[:1]) for row in list_naming(record)]
    assert name_naming(record, rank_naming(record)) == naming


def test_pages_of_agreements_are_the_list(record: Record) -> None:
    whole = list_agreements(record)
    pages = [browse_agreements(record, EVERY, limit=2, offset=at) for at in range(0, 20, 2)]
    assert [row for rows, _ in pages for row in rows] == whole
    assert {total for _, total in pages} == {len(whole)}
    shows: dict[Show, list[AgreementRow]] = {
        "told": [row for row in whole if row.entry],
        "named": [row for row in whole if not row.entry],
        "breached": [row for row in whole if row.breaches],
    }
    for show, kept in shows.items():
        assert browse_agreements(record, EVERY, show=show) == (kept, len(kept))
        assert kept or show == "named", show
