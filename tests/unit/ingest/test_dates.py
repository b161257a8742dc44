from __future__ import annotations

import pytest

from mahdar.ingest.dates import iso_date


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("2015-08-03", "2015-08-03"),
        ("2015-08-03 20:54:51", "2015-08-03T20:54:51"),
        ("2015-08-03 00:00:00", "2015-08-03"),
        ("2017-08-22T09:00:00+03:00", "2017-08-22T09:00:00+03:00"),
        ("2016-04", "2016-04"),
        ("2016", "2016"),
        ("2016/4/9", "2016-04-09"),
        ("20160409", "2016-04-09"),
        ("Tue, 22 Aug 2017 10:00:00 GMT", "2017-08-22T10:00:00+00:00"),
        ("2016-13", None),
        ("2016-02-30", None),
        ("أمس", None),
        ("", None),
        (None, None),
    ],
)
def test_metadata_dates(stated: str | None, read: str | None) -> None:
    assert iso_date(stated) == read
