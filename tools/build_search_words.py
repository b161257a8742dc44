"""Write the names of the shipped packs into ``lexicon/search_words.tsv``: words that search never cuts.

Rows of other kinds are kept as they stand. Run it when packs have changed; records are indexed anew then.
"""

from __future__ import annotations

import json
from pathlib import Path

from mahdar.lexicon.tables import load_table
from mahdar.text.stems import fold_word, without_article

ROOT = Path(__file__).resolve().parents[1] / "src" / "mahdar"
MAX_WORDS = 4
"""A longer «name» is a title: «مساعد الأمين العام لشؤون ...»."""
TABLE = ROOT / "lexicon" / "search_words.tsv"


def pack_names() -> dict[str, str]:
    """Return the words of persons' names and the places of one word, each with its first pack."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "knowledge" / "packs").glob("*/*.jsonl")):
        if path.stem not in ("places", "actors"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.strip() else {}
            if path.stem == "actors" and row.get("type") != "PER":
                continue
            for name in row.get("names", {}).get("ar", ()):
                words = name.split()
                if path.stem == "places" and len(words) > 1:
                    continue
                if len(words) > MAX_WORDS:
                    continue
                for word in map(fold_word, words):
                    if len(word) > 2:
                        found.setdefault(without_article(word), f"pack {path.parent.name}")
    return found


def main() -> None:
    """Rewrite the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("name\t")]
    known = {row["form"] for row in load_table("names_given") + load_table("names_family")}
    known |= {line.split("\t")[1] for line in kept if "\t" in line}
    rows = [
        f"name\t{form}\t\t{source}"
        for form, source in sorted(pack_names().items())
        if form not in known
    ]
    TABLE.write_text("\n".join(kept + rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
