"""What ``mahdar show --format csv`` writes is safe to open."""

from __future__ import annotations

import io

from mahdar.cli.output import Column, RowFormat, print_rows


def test_text_that_begins_like_a_formula_is_disarmed() -> None:
    out = io.StringIO()
    column: Column[str] = Column("column.text", lambda row, _: row)
    print_rows(['=HYPERLINK("x")', "قال"], [column], RowFormat.csv, "ar", target=out)
    assert out.getvalue().splitlines()[1:] == ['"\'=HYPERLINK(""x"")"', "قال"]
