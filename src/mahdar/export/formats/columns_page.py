"""The reference page of the exported columns, made from the dictionary.

python -m mahdar.export.formats.columns_page > docs/reference/export-columns.md
"""

from __future__ import annotations

import sys

from mahdar.export.formats.columns import Table, load_tables
from mahdar.i18n import tr

_HEAD = """\
# Columns of the exports

Made from `src/mahdar/export/formats/columns.tsv` by `python -m mahdar.export.formats.columns_page`;
do not edit it here. [How to export](../how-to/export.md).

An empty cell means unknown, never zero. `text` is text as it stands; `whole` and `number` are numbers;
`day` is a day, `YYYY-MM-DD`; `date` is EDTF and may be a month, a year or an interval; `flag` is 0 or 1
in CSV, true or false elsewhere; a `list` is joined with `; ` in CSV and a list elsewhere. In CSV a text
that begins like a formula has an apostrophe in front.
"""


def render_columns_page() -> str:
    """Return the page as Markdown, its lines ended."""
    return _HEAD + "".join(map(_section, load_tables().values()))


def _section(table: Table) -> str:
    tagged = any(column.hxl for column in table.columns)
    heads = ["column", "type", "unit", "meaning", "المعنى", *(["HXL"] if tagged else [])]
    lines = [
        f"\n## `{table.name}`\n",
        f"{tr(f'export.table.{table.name}', 'en')} · {tr(f'export.table.{table.name}', 'ar')}\n",
        "| " + " | ".join(heads) + " |",
        "| " + " | ".join("---" for _ in heads) + " |",
    ]
    for c in table.columns:
        cells = [f"`{c.name}`", c.type, c.unit, c.en, c.ar, *([f"`{c.hxl}`"] if tagged else [])]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render_columns_page())
