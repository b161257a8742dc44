"""Every row of every lexicon table: unique, stable under NFKC, sourced, of the head's width."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import mahdar.lexicon
from mahdar.errors import KnowledgeError
from mahdar.lexicon import tables
from mahdar.lexicon.tables import load_table

FOLDER = Path(mahdar.lexicon.__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.tsv"))
# ``press`` (seen there), ``press:N`` (counted), ``grammar``, or words that name an open data file.
SOURCE = re.compile(r"press(?::\d+)?|grammar|[\w()\[\].,:;/ &'’+-]{3,}")


def test_there_are_tables() -> None:
    assert len(NAMES) > 20


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_unique_and_sourced(name: str) -> None:
    rows = load_table(name)
    assert rows, "an empty table"
    assert all(SOURCE.fullmatch(row["source"]) for row in rows), [
        row for row in rows if not SOURCE.fullmatch(row["source"])
    ][:3]
    counted = Counter(tuple(v for k, v in row.items() if k != "source") for row in rows)
    assert [row for row, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_text_is_stable_under_nfkc(name: str) -> None:
    for row in load_table(name):
        for key, cell in row.items():
            if key != "pattern":  # regular expressions name characters as they are printed
                assert unicodedata.normalize("NFKC", cell) == cell, (key, cell)


def test_broken_tables_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "files", lambda _: tmp_path)
    (tmp_path / "odd_widths.tsv").write_text("a\tsource\nx\tpress\ty\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"odd_widths\.tsv, line 2"):
        load_table("odd_widths")
    with pytest.raises(KnowledgeError, match="no table not_there"):
        load_table("not_there")
